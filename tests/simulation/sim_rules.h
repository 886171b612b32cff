// The rules of the simulated street: short clocks, every kind of route, one class that the watcher
// does not know, so that something is quarantined too, and ladders with a place where nobody is.
#pragma once

#include <array>
#include <chrono>

#include "common/alerting/escalation_file.h"
#include "common/duty/rota.h"
#include "common/routing/routing_rules.h"
#include "daemons/notifier/notice_rules.h"
#include "daemons/sla-watcher/clock_rules.h"

namespace jieban {

inline constexpr char kRoutedCategory[] = "城市管理>违法建设";
inline constexpr char kUnroutedCategory[] = "其他";
// An order of this category gets a class without time limits: the watcher refuses its events.
inline constexpr char kOddCategory[] = "无时限";

// Another `edition` is another content: an operator changed the file.
RouterRules sim_router_rules(uint64_t edition, bool sign_automatically);
ClockRules sim_clock_rules(uint64_t edition);
NotifierRules sim_notifier_rules(uint64_t edition);
// A breach and an emergency climb kSimLadder, each by itself; all else is told once, by group.
AlertingRules sim_alerting_rules(uint64_t edition);
RotaBook sim_rota(uint64_t edition);

inline constexpr char kSimLadder[] = "ladder";
// When each step of it falls due at the latest, after its beginning; its gap is a step as well.
inline constexpr std::array<std::chrono::minutes, 3> kSimSteps = {
    std::chrono::minutes(0), std::chrono::minutes(3), std::chrono::minutes(8)};
// Whom the last one calls: on duty for an hour and a half of the day.
inline constexpr char kSimGap[] = "rota chief";

}  // namespace jieban
