// Goal: what the router knows of an order's clocks is what the watcher would say of them, to the
// microsecond; and where it knows nothing, nothing is refused for it.
#include "daemons/router/order_times.h"

#include "tests/support/clock_limits.h"
#include "tests/unit/daemons/router/walks.h"

namespace jieban {
namespace {

using enum ClockKind;
using std::chrono::hours;
using std::chrono::minutes;

constexpr Duration kTick(1);

ClassRules usual() {
  ClassRules rules;
  rules.sign = limit_of(minutes(30));
  rules.forward = limit_of(minutes(60));
  rules.return_window = limit_of(hours(2));
  rules.contact = limit_of(hours(2));
  rules.internal = before_due(hours(8));
  rules.audit = limit_of(hours(1));
  rules.due = limit_of(hours(24));
  rules.redo = limit_of(hours(4));
  rules.pauses = {PauseReason::court};
  return rules;
}

// A heating order is of class utility.
RouterRules timed_rules(const ClassRules& utility = usual()) {
  RouterRules rules = desk_rules();
  rules.classes = ClassTable{{"utility", utility}, {"general", usual()}, {"emergency", usual()}};
  rules.classes->at("emergency").pauses.clear();
  rules.calendar = office_calendar();
  return rules;
}

class TimedRouter : public RouterFixture {
 public:
  explicit TimedRouter(const RouterRules& rules = timed_rules()) : RouterFixture(rules) {}

  std::string pause(const std::string& which, const std::string& why = "court") {
    return as("h", "hard_case")
        .refusal(1, "pause_clock", {{"clock", which}, {"reason", why}, {"evidence", "e"}});
  }
  std::string resume(const std::string& which) {
    return as("h", "hard_case").refusal(1, "resume_clock", {{"clock", which}});
  }
  std::string extend_to(Timestamp due) {
    return as("u", "unit")
        .refusal(1, "extend_request", {{"reason_code", "COMPLEX"}, {"due_at", format_local(due)}});
  }
  std::string request_return() { return give(*this, 1, good_command("request_return")); }
  std::string reclassify(const std::string& command, const std::string& order_class) {
    return as("t", "team_leader")
        .refusal(1, command, {{"order_class", order_class}, {"reason_code", "X"}});
  }
  // Names, in the order of ClockKind.
  std::string running() {
    std::string names;
    const auto clocks = order(1)->clocks;
    for (ClockKind kind : kClockKinds) {
      if (clocks && ClockSet::of_bits(*clocks).has(kind))
        names += std::string(to_string(kind)) + " ";
    }
    return names;
  }
};

TEST(OrderTimes, ClocksRunAsTheTableSays) {
  TimedRouter router;
  router.receive(1);
  const std::vector<std::pair<const char*, const char*>> kWay = {
      {"sign", "forward return contact due "},
      {"dispatch", "return contact internal due "},
      {"contact", "return internal due "},
      {"hand_in", "return audit due "},
      {"audit_pass", "return due "},
      {"submit", ""},
      {"reject", "redo "},
      {"redo", "redo "},
  };
  EXPECT_EQ(router.running(), "sign due ");
  for (const auto& [command, clocks] : kWay) {
    take(router, 1, command);
    EXPECT_EQ(router.running(), clocks) << command;
  }
}

TEST(OrderTimes, OnlyAClockThatRunsIsPausedAndItsPauseEndsWithIt) {
  TimedRouter router;
  bring(router, 1, OrderState::handling);
  EXPECT_EQ(router.pause("sign"), "clock_to_pause");
  EXPECT_NE(router.reason.find("“签收”时限没有在计时"), std::string::npos) << router.reason;
  EXPECT_EQ(router.pause("review"), "clock_to_pause");
  EXPECT_EQ(router.pause("internal"), "");
  EXPECT_EQ(router.course(1).paused_clocks, std::vector<std::string>{"internal"});
  take(router, 1, "hand_in");
  EXPECT_TRUE(router.course(1).paused_clocks.empty());
  EXPECT_EQ(router.resume("internal"), "clock_to_resume");
}

TEST(OrderTimes, APauseHasAReasonThatTheClassPermits) {
  TimedRouter router;
  bring(router, 1, OrderState::handling);
  EXPECT_EQ(router.pause("due", "awaiting_caller"), "clock_to_pause");
  EXPECT_NE(router.reason.find("“水电气热”类工单的时限只能因 court 司法程序 暂停"),
            std::string::npos)
      << router.reason;
  EXPECT_NE(router.reason.find("config/clocks.yaml 中 classes.utility.pauses"), std::string::npos);
  EXPECT_EQ(router.reclassify("raise_class", "emergency"), "");
  EXPECT_EQ(router.pause("due"), "clock_to_pause");
  EXPECT_NE(router.reason.find("不得因任何原因暂停"), std::string::npos) << router.reason;
  EXPECT_NE(router.reason.find("classes.emergency.pauses"), std::string::npos);
  EXPECT_EQ(router.reclassify("lower_class", "general"), "");
  EXPECT_EQ(router.pause("due"), "");
}

TEST(OrderTimes, TheReturnWindowEndsToTheMicrosecond) {
  for (const Duration late : {Duration(0), kTick}) {
    TimedRouter router;
    bring(router, 1, OrderState::signed_in, "draft_return");
    router.now += hours(2) + late;
    EXPECT_EQ(router.request_return(), late == kTick ? "return_window" : "");
  }
}

TEST(OrderTimes, APauseOfTheReturnWindowIsNoTime) {
  for (const Duration late : {Duration(0), kTick}) {
    TimedRouter router;
    bring(router, 1, OrderState::signed_in, "draft_return");
    router.now += hours(1);
    ASSERT_EQ(router.pause("return"), "");
    router.now += hours(5);
    ASSERT_EQ(router.resume("return"), "");
    router.now += hours(1) + late;
    EXPECT_EQ(router.request_return(), late == kTick ? "return_window" : "");
  }
  TimedRouter router;
  bring(router, 1, OrderState::signed_in, "draft_return");
  ASSERT_EQ(router.pause("return"), "");
  router.now += hours(100);
  EXPECT_EQ(router.request_return(), "") << "it stands still";
}

TEST(OrderTimes, AWindowThatHasPassedIsNotPausedAnyMore) {
  for (const Duration late : {Duration(0), kTick}) {
    TimedRouter router;
    bring(router, 1, OrderState::signed_in);
    router.now += hours(2) + late;
    EXPECT_EQ(router.pause("return"), late == kTick ? "clock_to_pause" : "");
  }
}

TEST(OrderTimes, TheReturnWindowCountsByTheCalendarOfItsRule) {
  ClassRules rules = usual();
  rules.return_window = limit_by(CalendarKind::worktime, hours(4));
  for (const Duration late : {Duration(0), kTick}) {
    TimedRouter router(timed_rules(rules));
    router.now = local_time("2026-03-10 11:00:00");
    bring(router, 1, OrderState::signed_in, "draft_return");
    router.now = local_time("2026-03-10 16:30:00") + late;
    EXPECT_EQ(router.request_return(), late == kTick ? "return_window" : "");
  }
  rules.return_window.reset();
  TimedRouter router(timed_rules(rules));
  bring(router, 1, OrderState::signed_in, "draft_return");
  router.now += hours(1000);
  EXPECT_EQ(router.request_return(), "") << "a class without a window has no end of it";
}

TEST(OrderTimes, ADueTimeByRuleIsPutOffFromWhereItStands) {
  TimedRouter router;
  const Timestamp due = router.now + hours(24);
  bring(router, 1, OrderState::handling);
  EXPECT_EQ(router.extend_to(due), "extension_fields");
  EXPECT_EQ(router.extend_to(due + hours(24) + minutes(1)), "extension_fields");
  EXPECT_NE(router.reason.find("最迟到 2026-03-12 08:00:00"), std::string::npos) << router.reason;
  router.now = due + kTick;
  EXPECT_EQ(router.extend_to(due + hours(24)), "extension_fields");
  EXPECT_NE(router.reason.find("已过"), std::string::npos) << router.reason;
  TimedRouter at_the_due_time;
  bring(at_the_due_time, 1, OrderState::handling);
  at_the_due_time.now = due;
  EXPECT_EQ(at_the_due_time.extend_to(due + hours(24)), "");
}

TEST(OrderTimes, APauseMovesTheDueTimeThatExtensionsCountFrom) {
  TimedRouter router;
  const Timestamp due = router.now + hours(24);
  bring(router, 1, OrderState::handling);
  ASSERT_EQ(router.pause("due"), "");
  router.now += hours(30);
  EXPECT_EQ(router.extend_to(due + hours(24)), "") << "while it stands still nothing is late";
  EXPECT_EQ(give(router, 1, good_command("extend_refused")), "");
  ASSERT_EQ(router.resume("due"), "");
  EXPECT_EQ(router.order(1)->rule_due, due + hours(30));
  EXPECT_EQ(router.extend_to(due + hours(30)), "extension_fields");
  EXPECT_EQ(router.extend_to(due + hours(54)), "");
}

TEST(OrderTimes, AClassWithoutTimeLimitsIsGivenToNoOrder) {
  TimedRouter router;
  bring(router, 1, OrderState::handling);
  EXPECT_EQ(router.reclassify("lower_class", "complex"), "class_lowered");
  EXPECT_NE(router.reason.find("config/clocks.yaml 的 classes 没有 complex"), std::string::npos)
      << router.reason;
  EXPECT_EQ(router.reclassify("lower_class", "general"), "");
}

// A store from before, and an order that was opened by its rules.
TEST(OrderTimes, OfAnOrderFromBeforeTheClassTableNothingIsKnownUntilItsNextRound) {
  TimedRouter router(desk_rules());
  bring(router, 1, OrderState::handling);
  EXPECT_FALSE(router.order(1)->clocks.has_value());
  RouterRules rules = timed_rules();
  rules.version = "8";
  router.load(rules);
  router.reopen();
  EXPECT_EQ(router.pause("sign"), "") << "as before";
  EXPECT_EQ(router.pause("due", "awaiting_caller"), "clock_to_pause") << "the reason is known";
  for (const char* word : {"hand_in", "submit", "accept_completion", "visit_result", "again"}) {
    take(router, 1, word);
  }
  EXPECT_EQ(router.running(), "sign due ");
  EXPECT_EQ(router.pause("audit"), "clock_to_pause");
}

}  // namespace
}  // namespace jieban
