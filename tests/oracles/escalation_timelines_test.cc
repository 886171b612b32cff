// The ladders of GoAlert (every row) and of Grafana OnCall (the rows that are about ladders; those
// about shifts are the rota's).
#include <algorithm>

#include "common/alerting/escalation.h"
#include "common/alerting/heartbeat.h"
#include "common/alerting/time_interval.h"
#include "common/json/json.h"
#include "tests/oracles/alertmanager.h"

namespace jieban::oracles {
namespace {

using std::chrono::minutes;

const Timestamp kStart = from_micros(1'772'409'600'000'000);

uint64_t micros_of_minutes(const Value& row, std::string_view key) {
  return is_given(row, key) ? uint64_t(integer_at(row, key)) * 60'000'000U : 0;
}

PersonCalls calls_of_rules(const Value& list) {
  PersonCalls calls;
  for (const Value& said : *list.array()) {
    calls.by_severity[std::string(kAnySeverity)].push_back(
        {text_at(said, "method"), micros_of_minutes(said, "delay_min")});
  }
  return calls;
}

EscalationRules rules_of(const Value& row) {
  EscalationRules rules;
  rules.everybody.by_severity[std::string(kAnySeverity)] = {{"sms", 0}};
  if (is_given(row, "notification_rules")) {
    for (const auto& [person, list] : *member(row, "notification_rules").object()) {
      rules.people[person] = calls_of_rules(list);
    }
  }
  EscalationPolicy& policy = rules.policies["it"];
  if (is_given(row, "steps")) {
    for (const Value& said : *member(row, "steps").array()) {
      EscalationStep& step = policy.steps.emplace_back();
      step.wait_micros = micros_of_minutes(said, "delay_min");
      for (const Value& target : *member(said, "targets").array()) {
        step.targets.push_back({TargetKind::person, *target.string()});
      }
    }
  } else {
    policy.steps.push_back({{{TargetKind::person, "u1"}}, 3'600'000'000, false, 1, std::nullopt});
  }
  policy.repeats_for_ever = is_given(row, "repeat");
  EXPECT_TRUE(check_escalation(rules).ok());
  return rules;
}

struct Heard {
  int64_t minute;
  std::string to;
  std::string by;
  auto operator<=>(const Heard&) const = default;
};

const EscalationWorld kEverybodyIsOn{[](const EscalationTarget& target, Timestamp) {
  return std::vector<std::string>{target.name};
}};

// A ladder on a clock that goes from one due time to the next.
class Climb {
 public:
  Climb(const EscalationRules& rules, Timestamp now)
      : rules_(rules), state_(start_escalation("it", "", now)) {}

  void until(Timestamp end) {
    while (next_due(state_) <= end) step(next_due(state_));
  }
  void step(Timestamp now) {
    for (const EscalationAction& each : advance(state_, rules_, now, kEverybodyIsOn)) {
      if (each.kind != EscalationKind::call) continue;
      heard_.push_back(
          {std::chrono::floor<minutes>(now - kStart).count(), each.person, each.method});
    }
  }
  EscalationState& state() { return state_; }
  std::vector<Heard> heard() const {
    std::vector<Heard> sorted = heard_;
    std::ranges::sort(sorted);
    return sorted;
  }

 private:
  const EscalationRules& rules_;
  EscalationState state_;
  std::vector<Heard> heard_;
};

std::vector<Heard> expected_of(const Value& row) {
  std::vector<Heard> expected;
  for (const Value& said : *member(row, "expected").array()) {
    expected.push_back({integer_at(said, "at_min"), text_at(said, "to"), text_at(said, "by")});
  }
  std::ranges::sort(expected);
  return expected;
}

void check_ladder(const Value& row) {
  const EscalationRules rules = rules_of(row);
  Climb climb(rules, kStart);
  if (is_given(row, "initial_state")) acknowledge(climb.state(), rules, "u9", kStart);
  for (const Value& event : *member(row, "events").array()) {
    const Timestamp at = kStart + minutes(integer_at(event, "at_min"));
    climb.until(at);
    if (!text_at(event, "what").starts_with("manual")) continue;
    EXPECT_TRUE(escalate_now(climb.state(), rules, at));
    climb.until(at);
  }
  // Half an hour after the last telling that is expected, but before the ladder starts again.
  const auto expected = expected_of(row);
  climb.until(kStart + minutes(expected.back().minute + 29));
  EXPECT_EQ(climb.heard(), expected);
}

// Two monitors; the one that is muted never alerts, a beat closes the other's alert.
void check_heartbeat_row(const Value& row) {
  const EscalationRules rules = rules_of(row);
  std::vector<Heard> heard;
  for (const Value& said : *member(row, "heartbeats").array()) {
    HeartbeatRow monitor{kStart, false, is_given(said, "muted")};
    const minutes timeout(integer_at(said, "timeout_min"));
    const Timestamp silent = silent_at(monitor, timeout);
    if (silent == kTimestampMax) {
      EXPECT_EQ(text_at(said, "name"), "testtwo");
      continue;
    }
    ASSERT_EQ(check_heartbeat(monitor, timeout, silent), HeartbeatChange::fell_silent);
    Climb climb(rules, silent);
    climb.until(silent);
    ASSERT_EQ(beat(monitor, kStart + minutes(60)), HeartbeatChange::came_back);
    EXPECT_TRUE(resolve(climb.state()));
    climb.until(silent + minutes(60));
    for (const Heard& each : climb.heard()) heard.push_back(each);
  }
  EXPECT_EQ(heard, expected_of(row));
}

TEST(GoAlertEscalation, EveryRowAgrees) {
  TABLE_OR_SKIP(rows) = rows_of("goalert_escalation_timelines.json");
  for (const Value& row : rows) {
    SCOPED_TRACE(text_at(row, "id"));
    is_given(row, "heartbeats") ? check_heartbeat_row(row) : check_ladder(row);
  }
  EXPECT_EQ(rows.size(), 6U);
}

// A ladder of one person after a first step that is given.
EscalationRules rules_with(EscalationStep first) {
  EscalationRules rules;
  rules.everybody.by_severity[std::string(kAnySeverity)] = {{"sms", 0}};
  rules.policies["it"].steps = {std::move(first),
                                {{{TargetKind::person, "next"}}, 60'000'000, false, 1, {}}};
  return rules;
}

void a_step_only_waits() {
  const EscalationRules rules = rules_with({{}, 900'000'000, false, 1, {}});
  Climb climb(rules, kStart);
  climb.until(kStart + minutes(16));
  EXPECT_EQ(climb.heard(), (std::vector<Heard>{{15, "next", "sms"}}));
}

// "In a time range, or at its start": 08:00 on a Monday in UTC, the range from 09:00.
void check_range(const char* range, int64_t minute) {
  EscalationRules rules = rules_with({{{TargetKind::person, "first"}}, 60'000'000, false, 1, "it"});
  TimeInterval interval;
  interval.zone = "UTC";
  interval.minutes = {*parse_time_range(range)};
  auto times = TimeIntervals::make({{"it", {interval}}});
  ASSERT_TRUE(times.ok());
  EscalationWorld world = kEverybodyIsOn;
  world.opening = [&](const std::string& name, Timestamp at) { return times->opening(name, at); };
  EscalationState state = start_escalation("it", "", kStart);
  std::vector<EscalationAction> actions = advance(state, rules, kStart, world);
  if (minute > 0) {
    EXPECT_TRUE(actions.empty());
    EXPECT_EQ(next_due(state), kStart + minutes(minute));
    actions = advance(state, rules, next_due(state), world);
  }
  ASSERT_EQ(actions.size(), 1U);
  EXPECT_EQ(actions[0].person, "first");
}
void a_step_waits_for_its_time() { check_range("01:00-02:00", 60); }
void a_step_within_its_time_runs_at_once() { check_range("00:00-02:00", 0); }

void a_ladder_is_climbed_again() {
  EscalationRules rules = rules_with({{{TargetKind::person, "first"}}, 60'000'000, false, 1, {}});
  rules.policies["it"].repeats = 7;  // OnCall stops after 5
  Climb climb(rules, kStart);
  climb.until(kStart + minutes(60));
  EXPECT_EQ(climb.heard().size(), 16U);
  EXPECT_EQ(climb.state().cycle, 7U);
  EXPECT_EQ(climb.state().phase, EscalationPhase::exhausted);
}

void a_resolution_stops_the_ladder() {
  const EscalationRules rules =
      rules_with({{{TargetKind::person, "first"}}, 60'000'000, false, 1, {}});
  Climb climb(rules, kStart);
  climb.until(kStart);
  resolve(climb.state());
  EXPECT_EQ(next_due(climb.state()), kTimestampMax);
}

const std::map<std::string, void (*)(), std::less<>> kLadderRows = {
    {"oc-step-wait", a_step_only_waits},
    {"oc-step-time-out", a_step_waits_for_its_time},
    {"oc-step-time-in", a_step_within_its_time_runs_at_once},
    {"oc-step-repeat", a_ladder_is_climbed_again},
    {"oc-step-resolve", a_resolution_stops_the_ladder},
};

const std::map<std::string, std::string, std::less<>> kNotOurs = {
    {"oc-step-queue", "who is next of a queue is the rota's to say: it outlives one escalation"},
    {"oc-step-count-no",
     "no step of ours counts: neither a ladder nor any rule asks how many alerts came in a "
     "time. A group counts those that fire, and is told again when they are more"},
    {"oc-step-count-yes",
     "no step of ours counts: neither a ladder nor any rule asks how many alerts came in a "
     "time. A group counts those that fire, and is told again when they are more"},
};

TEST(OnCallEscalation, EveryRowAgreesOrSaysWhyNot) {
  TABLE_OR_SKIP(rows) = rows_of("grafana_oncall_rota_escalation.json");
  Unapplied unapplied;
  size_t passed = 0;
  for (const Value& row : rows) {
    const std::string id = text_at(row, "id");
    SCOPED_TRACE(id);
    const auto ladder = kLadderRows.find(id);
    if (ladder != kLadderRows.end()) {
      ladder->second();
      ++passed;
    } else {
      const auto reason = kNotOurs.find(id);
      unapplied.add(id, reason == kNotOurs.end() ? "shifts are the rota's" : reason->second);
    }
  }
  EXPECT_EQ(passed, 5U);
  EXPECT_EQ(unapplied.size(), 10U);
}

}  // namespace
}  // namespace jieban::oracles
