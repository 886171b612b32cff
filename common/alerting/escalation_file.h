// Reads config/escalation.yaml into AlertingRules, strictly.
//
// What fails and how: `invalid` with file:line:column and what is wrong; `not_found`, `limit` or
// `io` for the file itself. Rules that are returned have passed their checks, and name no time
// interval, receiver or policy that there is not. Thread rule: pure functions but for the file.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/alerting/escalation_rules.h"
#include "common/alerting/inhibition.h"
#include "common/alerting/route_tree.h"
#include "common/alerting/silence.h"
#include "common/alerting/throttle_file.h"
#include "common/alerting/time_interval.h"
#include "common/base/result.h"
#include "common/domain/fields.h"

namespace jieban {

// How long something that should come often may be silent; the first named time that holds says it.
struct FeedTimeout {
  std::string within;
  uint64_t timeout_micros = 0;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("within", &FeedTimeout::within);
    visit("timeout_micros", &FeedTimeout::timeout_micros);
  }
  bool operator==(const FeedTimeout&) const = default;
};

struct FeedRules {
  std::vector<FeedTimeout> timeouts;
  uint64_t otherwise_micros = 0;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("timeouts", &FeedRules::timeouts);
    visit("otherwise_micros", &FeedRules::otherwise_micros);
  }
  bool operator==(const FeedRules&) const = default;
};

// A signature that gives the watch over is awaited at each end of a shift on that rota.
struct HandoverRules {
  std::string rota;
  uint64_t after_micros = 0;  // so long after the end somebody is called
  uint64_t ahead_micros = 0;  // a signature so long before the end is for it

  template <class Visit>
  static void fields(Visit& visit) {
    visit("rota", &HandoverRules::rota);
    visit("after_micros", &HandoverRules::after_micros);
    visit("ahead_micros", &HandoverRules::ahead_micros);
  }
  bool operator==(const HandoverRules&) const = default;
};

struct AlertingRules {
  std::string version;
  NamedIntervals times;
  RouteTree routes;  // their receivers are policies
  std::vector<InhibitRule> inhibitions;
  SilenceRules silences;
  std::map<std::string, DestinationRules> destinations;
  EscalationRules escalation;
  std::optional<FeedRules> feed{};     // orders that are new
  std::optional<FeedRules> imports{};  // files and pushes, with news or without
  std::optional<HandoverRules> handover{};

  template <class Visit>
  static void fields(Visit& visit) {
    visit("version", &AlertingRules::version);
    visit("times", &AlertingRules::times);
    visit("routes", &AlertingRules::routes);
    visit("inhibitions", &AlertingRules::inhibitions);
    visit("silences", &AlertingRules::silences);
    visit("destinations", &AlertingRules::destinations);
    visit("escalation", &AlertingRules::escalation);
    visit("feed", &AlertingRules::feed);
    visit("imports", &AlertingRules::imports);
    visit("handover", &AlertingRules::handover);
  }
  bool operator==(const AlertingRules&) const = default;
};

// Of rules that came in an event as well as of a file.
Result<void> check_alerting(const AlertingRules& rules);

Result<AlertingRules> load_alerting_rules(const std::string& path);
// `name` stands for the file in messages.
Result<AlertingRules> parse_alerting_rules(std::string_view text, const std::string& name);

}  // namespace jieban
