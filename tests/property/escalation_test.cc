// Goal: what must hold of a ladder whatever happens to it. Method: random policies, people and
// duties; a walk of random downtimes, acknowledgements, resolutions, failures and pushes by hand,
// looked over after each step; and the same ladder with and without downtimes.
#include "common/alerting/escalation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "common/base/random.h"

namespace jieban {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

const Timestamp kStart = from_micros(1'772'409'600'000'000);
constexpr uint64_t kPeople = 5;

std::string person(uint64_t n) { return "p" + std::to_string(n % kPeople); }

std::vector<CallRule> random_calls(Random& random) {
  std::vector<CallRule> calls = {{"sms", 0}};
  if (random.below(2) == 0) calls.push_back({"robot", 0});
  if (random.below(2) == 0) calls.push_back({"voice", 60'000'000 * (1 + random.below(20))});
  return calls;
}

EscalationStep random_step(Random& random) {
  EscalationStep step;
  for (uint64_t n = random.below(3); n > 0; --n) {
    step.targets.push_back({TargetKind::rota, "r" + std::to_string(random.below(4))});
  }
  step.wait_micros = 60'000'000 * (1 + random.below(30));
  step.working_time = random.below(4) == 0;
  step.acknowledgers = 1 + random.below(3);
  if (random.below(4) == 0) step.within = "day";
  return step;
}

EscalationRules random_rules(Random& random) {
  EscalationRules rules;
  rules.everybody.by_severity[std::string(kAnySeverity)] = random_calls(random);
  rules.people["p1"].by_severity[std::string(kAnySeverity)] = random_calls(random);
  EscalationPolicy& policy = rules.policies["it"];
  for (uint64_t n = 1 + random.below(4); n > 0; --n) policy.steps.push_back(random_step(random));
  policy.repeats = random.below(4);
  policy.repeats_for_ever = random.below(3) == 0;
  if (random.below(2) == 0) policy.lapse_micros = 60'000'000 * (1 + random.below(100));
  EXPECT_TRUE(check_escalation(rules).ok());
  return rules;
}

// Who is on duty changes by the hour; some hours have nobody. The day is every second hour.
EscalationWorld world_of(uint64_t seed) {
  EscalationWorld world;
  world.who_is_on = [seed](const EscalationTarget& target, Timestamp at) {
    const auto hour = uint64_t(std::chrono::floor<std::chrono::hours>(at - kStart).count());
    SeededRandom random(seed * 1'000'003 + hour * 31 + uint64_t(target.name.back()));
    std::vector<std::string> on;
    for (uint64_t n = random.below(3); n > 0; --n) on.push_back(person(random.next()));
    return on;
  };
  world.add_work = [](Timestamp from, Duration span) { return from + 2 * span; };
  world.opening = [](const std::string&, Timestamp at) {
    const auto hour = std::chrono::floor<std::chrono::hours>(at - kStart);
    return hour.count() % 2 == 0 ? at : kStart + hour + std::chrono::hours(1);
  };
  return world;
}

class Walk {
 public:
  explicit Walk(uint64_t seed)
      : random_(seed),
        rules_(random_rules(random_)),
        world_(world_of(seed)),
        state_(start_escalation("it", "red", kStart)) {}

  void step() {
    const uint64_t pick = random_.below(20);
    // Mostly in time, now and then after a downtime.
    now_ = pick == 0 ? now_ + minutes(random_.below(10'000)) : std::max(now_, soon());
    if (pick < 14) return climb();
    if (pick < 16) return acknowledge();
    if (pick == 16) return resolve();
    if (pick == 17) return push();
    call_failed(state_, person(random_.next()), random_.next() % 2 == 0, now_);
    reset_order();
  }
  uint64_t calls() const { return calls_; }
  uint64_t stopped() const { return stopped_; }

 private:
  Timestamp soon() {
    const Timestamp due = next_due(state_);
    return (due == kTimestampMax ? now_ : due) + seconds(random_.below(90));
  }

  void climb() {
    const Timestamp due = next_due(state_);
    const auto phase = state_.phase;
    const auto actions = advance(state_, rules_, now_, world_);
    ASSERT_GT(next_due(state_), now_) << "something that was due was left";
    if (due > now_) {
      ASSERT_TRUE(actions.empty()) << "before its time";
    }
    if (phase == EscalationPhase::resolved) {
      ASSERT_TRUE(actions.empty()) << "after a resolution";
    }
    if (phase == EscalationPhase::acknowledged) reset_order();  // it lapsed
    look_over(actions);
    look_over_order();
  }

  void look_over(const std::vector<EscalationAction>& actions) {
    std::set<std::pair<std::string, std::string>> said;
    std::set<std::string> late;
    Timestamp before = Timestamp::min();
    for (const EscalationAction& each : actions) {
      ASSERT_LE(each.due_at, now_) << "before its time";
      ASSERT_GE(each.due_at, before) << "out of order";
      before = each.due_at;
      ASSERT_EQ(each.late, now_ - each.due_at > minutes(1));
      if (each.kind != EscalationKind::call) continue;
      ++calls_;
      ASSERT_TRUE(said.insert({each.person, each.method}).second) << "twice by one means";
      if (each.late) {
        ASSERT_TRUE(late.insert(each.person).second) << "a storm";
      }
      ASSERT_EQ(std::ranges::count(state_.acknowledged_by, each.person), 0) << "has acknowledged";
    }
    ASSERT_LE(said.size(), kPeople * 3);
  }

  // The ladder goes on, or starts again with the next cycle; it never turns back.
  void look_over_order() {
    const std::pair<uint64_t, uint64_t> place{state_.cycle, state_.step};
    ASSERT_GE(place, place_);
    place_ = place;
  }
  void reset_order() { place_ = {0, 0}; }

  void acknowledge() {
    const std::string who = person(random_.next());
    const auto result = jieban::acknowledge(state_, rules_, who, now_);
    for (const PendingCall& call : state_.calls) ASSERT_NE(call.person, who);
    if (result != AcknowledgeResult::stopped) return;
    ++stopped_;
    ASSERT_TRUE(state_.calls.empty());
    const bool lapses = rules_.policies["it"].lapse_micros.has_value();
    ASSERT_EQ(next_due(state_) == kTimestampMax, !lapses);
    if (lapses) return;
    ASSERT_TRUE(advance(state_, rules_, now_ + minutes(100'000), world_).empty());
  }
  void resolve() {
    jieban::resolve(state_);
    ASSERT_EQ(next_due(state_), kTimestampMax);
    ASSERT_TRUE(advance(state_, rules_, now_ + minutes(100'000), world_).empty());
    if (random_.below(2) == 0) return;
    state_ = start_escalation("it", "red", now_);
    reset_order();
  }
  void push() {
    ASSERT_EQ(escalate_now(state_, rules_, now_), state_.phase != EscalationPhase::resolved);
    reset_order();
  }

  SeededRandom random_;
  EscalationRules rules_;
  EscalationWorld world_;
  EscalationState state_;
  Timestamp now_ = kStart;
  std::pair<uint64_t, uint64_t> place_{0, 0};
  uint64_t calls_ = 0;
  uint64_t stopped_ = 0;
};

TEST(EscalationProperty, ARandomWalkTellsNobodyTooEarlyTooOftenOrAfterTheEnd) {
  uint64_t calls = 0;
  uint64_t stopped = 0;
  for (uint64_t seed = 1; seed <= 2000; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Walk walk(seed);
    for (int step = 0; step < 50; ++step) {
      walk.step();
      if (::testing::Test::HasFatalFailure()) FAIL() << "at step " << step;
    }
    calls += walk.calls();
    stopped += walk.stopped();
  }
  EXPECT_GT(calls, 10'000U);
  EXPECT_GT(stopped, 500U);
}

struct Course {
  std::map<std::pair<uint64_t, uint64_t>, Timestamp> told;  // each step, when first
  std::vector<std::pair<uint64_t, uint64_t>> order;
  size_t messages = 0;
  size_t turns = 0;

  void take(const std::vector<EscalationAction>& actions, Timestamp now) {
    ++turns;
    for (const EscalationAction& each : actions) {
      if (each.kind != EscalationKind::call) continue;
      ++messages;
      if (each.method != "sms") continue;  // the first means, which goes with the step
      if (told.emplace(std::pair(each.cycle, each.step), now).second) {
        order.emplace_back(each.cycle, each.step);
      }
    }
  }
};

// Everybody is always on, nobody acknowledges: only the clock differs.
Course climb(const EscalationRules& rules, uint64_t seed, bool downtimes) {
  SeededRandom random(seed);
  EscalationWorld world = world_of(seed);
  world.who_is_on = [](const EscalationTarget& target, Timestamp) {
    return std::vector<std::string>{target.name};
  };
  EscalationState state = start_escalation("it", "red", kStart);
  Course run;
  for (Timestamp now = kStart; run.turns < 60 && next_due(state) != kTimestampMax;) {
    now = std::max(now, next_due(state));
    if (downtimes && random.below(3) == 0) now += minutes(random.below(200));
    run.take(advance(state, rules, now, world), now);
  }
  return run;
}

TEST(EscalationProperty, DowntimesBringNoStepForwardChangeNoOrderAndAddNoMessages) {
  for (uint64_t seed = 1; seed <= 2000; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    SeededRandom random(seed);
    const EscalationRules rules = random_rules(random);
    const Course ideal = climb(rules, seed, false);
    const Course late = climb(rules, seed, true);
    ASSERT_TRUE(std::ranges::is_sorted(late.order));
    for (const auto& [step, at] : late.told) {
      const auto planned = ideal.told.find(step);
      if (planned != ideal.told.end()) {
        ASSERT_GE(at, planned->second);
      }
    }
    // 4 rotas, each told once a turn by each of three means.
    ASSERT_LE(late.messages, late.turns * 4 * 3);
    if (!rules.policies.at("it").repeats_for_ever) {
      ASSERT_LE(late.messages, ideal.messages);
    }
  }
}

}  // namespace
}  // namespace jieban
