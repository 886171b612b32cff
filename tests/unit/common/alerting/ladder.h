// A ladder for tests, of a seat, a leader and a chief, on a clock that goes from one due time to
// the next.
#pragma once

#include "common/alerting/escalation.h"
#include "tests/unit/common/alerting/payloads.h"

namespace jieban::ladder_test {

using std::chrono::minutes;

inline Timestamp minute(int64_t n) { return second(60 * n); }

inline EscalationStep step(std::vector<std::string> roles, int64_t wait_minutes) {
  EscalationStep made;
  for (std::string& role : roles) made.targets.push_back({TargetKind::role, std::move(role)});
  made.wait_micros = uint64_t(wait_minutes) * 60'000'000;
  return made;
}

// One ladder, on a clock that goes from one due time to the next.
struct Ladder {
  EscalationRules rules;
  std::map<std::string, std::vector<std::string>> on;  // by target
  EscalationState state = start_escalation("it", "red", minute(0));
  EscalationWorld world;
  std::vector<EscalationAction> last;

  explicit Ladder(std::vector<EscalationStep> steps) {
    rules.everybody.by_severity = {{"default", {{"sms", 0}}}};
    rules.policies["it"].steps = std::move(steps);
    for (const char* name : {"seat", "leader", "chief"}) on[name] = {name};
    world.who_is_on = [this](const EscalationTarget& target, Timestamp) { return on[target.name]; };
  }
  EscalationPolicy& policy() { return rules.policies["it"]; }
  // "0 seat sms; 5 leader sms": what is told up to and with this minute.
  std::string until(int64_t end) {
    std::string heard;
    while (next_due(state) <= minute(end)) heard += at(next_due(state));
    return heard;
  }
  // All at one instant, as after a downtime.
  std::string at(Timestamp now) {
    std::string heard;
    last = advance(state, rules, now, world);
    for (const EscalationAction& each : last) {
      heard += std::to_string((now - minute(0)) / minutes(1)) + " ";
      heard += each.kind == EscalationKind::call
                   ? each.person + " " + each.method
                   : std::string(to_string(each.kind)) + " " + each.target.name;
      heard += each.late ? " late; " : "; ";
    }
    return heard;
  }
  AcknowledgeResult acknowledge(const char* who, int64_t at_minute) {
    return jieban::acknowledge(state, rules, who, minute(at_minute));
  }
};

inline std::vector<EscalationStep> night() {
  return {step({"seat"}, 5), step({"leader"}, 10), step({"chief"}, 10)};
}

}  // namespace jieban::ladder_test
