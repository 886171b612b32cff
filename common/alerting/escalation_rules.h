// EscalationRules: the ladders, and by which means each person is told, as data.
//
// What fails and how: check_escalation returns `invalid` or `limit`, naming policy and step.
// Thread rule: plain values, pure functions.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/clock.h"
#include "common/base/result.h"
#include "common/domain/fields.h"

namespace jieban {

enum class TargetKind : uint8_t { person, rota, unit, role };

std::string_view to_string(TargetKind kind);
bool from_string(std::string_view text, TargetKind& out);

// Who that is at an instant, the caller knows. The unit "lead" is the one that leads the order.
struct EscalationTarget {
  TargetKind kind = TargetKind::person;
  std::string name;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("kind", &EscalationTarget::kind);
    visit("name", &EscalationTarget::name);
  }
  bool operator==(const EscalationTarget&) const = default;
};

struct EscalationStep {
  std::vector<EscalationTarget> targets;  // none: the step only waits
  uint64_t wait_micros = 0;               // for an acknowledgement, before the next step
  bool working_time = false;              // how `wait` counts
  uint64_t acknowledgers = 1;             // how many of those told have to acknowledge
  std::optional<std::string> within;      // a time interval: the step runs when it holds
  // Told by the means for this severity, whatever that of the alert is.
  std::optional<std::string> means_of{};

  Duration wait() const { return Duration(int64_t(wait_micros)); }

  template <class Visit>
  static void fields(Visit& visit) {
    visit("targets", &EscalationStep::targets);
    visit("wait_micros", &EscalationStep::wait_micros);
    visit("working_time", &EscalationStep::working_time);
    visit("acknowledgers", &EscalationStep::acknowledgers);
    visit("within", &EscalationStep::within);
    visit("means_of", &EscalationStep::means_of);
  }
  bool operator==(const EscalationStep&) const = default;
};

struct EscalationPolicy {
  std::vector<EscalationStep> steps;
  uint64_t repeats = 0;  // after the first climb
  bool repeats_for_ever = false;
  std::optional<uint64_t> lapse_micros;  // an acknowledgement without resolution ends
  uint64_t late_micros = 60'000'000;     // more than this behind its time is late

  template <class Visit>
  static void fields(Visit& visit) {
    visit("steps", &EscalationPolicy::steps);
    visit("repeats", &EscalationPolicy::repeats);
    visit("repeats_for_ever", &EscalationPolicy::repeats_for_ever);
    visit("lapse_micros", &EscalationPolicy::lapse_micros);
    visit("late_micros", &EscalationPolicy::late_micros);
  }
  bool operator==(const EscalationPolicy&) const = default;
};

// "SMS now, call at +5".
struct CallRule {
  std::string method;
  uint64_t after_micros = 0;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("method", &CallRule::method);
    visit("after_micros", &CallRule::after_micros);
  }
  bool operator==(const CallRule&) const = default;
};

using SeverityCalls = std::map<std::string, std::vector<CallRule>>;

struct PersonCalls {
  SeverityCalls by_severity;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("by_severity", &PersonCalls::by_severity);
  }
  bool operator==(const PersonCalls&) const = default;
};

struct EscalationRules {
  std::map<std::string, EscalationPolicy> policies;
  PersonCalls everybody;                      // who has no rules of their own
  std::map<std::string, PersonCalls> people;  // by person

  template <class Visit>
  static void fields(Visit& visit) {
    visit("policies", &EscalationRules::policies);
    visit("everybody", &EscalationRules::everybody);
    visit("people", &EscalationRules::people);
  }
  bool operator==(const EscalationRules&) const = default;
};

// The severity that stands for all that have no rules of their own.
constexpr std::string_view kAnySeverity = "default";

constexpr size_t kPoliciesMax = 64;
constexpr size_t kStepsMax = 16;
constexpr size_t kTargetsMax = 16;
constexpr size_t kCallRulesMax = 8;
constexpr uint64_t kAcknowledgersMax = 10;
constexpr Duration kWaitMax = std::chrono::hours(24 * 30);
// A ladder that repeats for ever may not spin.
constexpr Duration kCycleMin = std::chrono::minutes(1);

Result<void> check_escalation(const EscalationRules& rules);

// A person's own rules for the severity, else their default, else everybody's. REQUIRES:
// check_escalation.
const std::vector<CallRule>& calls_of(const EscalationRules& rules, const std::string& person,
                                      const std::string& severity);

}  // namespace jieban
