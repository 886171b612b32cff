// The rules of the simulated street: short clocks, every kind of route, and one class that the
// watcher does not know, so that something is quarantined too.
#pragma once

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

}  // namespace jieban
