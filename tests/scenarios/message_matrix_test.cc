// DOMAIN §15.9 from the door to the phones, row by row: who is told of which event, by which means,
// and who next. By the shipped clocks, ladders, rota and channels. The rows of orders that nobody
// signs are in call_scenarios_test.cc and level_scenarios_test.cc, that of more than ten messages
// in robot_calls_test.cc. No channel takes anything here: a call that still waits says what there
// is to say when it goes, so that the same person is not called twice by the same means.
#include <algorithm>
#include <set>

#include "common/duty/roster.h"
#include "daemons/notifier/delivery.h"
#include "tests/scenarios/desk.h"
#include "tests/support/core_harness.h"

namespace jieban {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
// "person/means"
using MatrixCalls = std::set<std::string>;

const std::string kUnit = "housing_station";
const std::string kHardCase = "hard_case_a";

class MessageMatrix : public ::testing::Test {
 protected:
  std::string on(const std::string& rota, Duration at = {}) const {
    const Rota* found = rules_.rota.find_rota(rota);
    return on_duty(*found, rules_.rota.changes, start_ + at).at(0);
  }
  // The calls of alerts of that topic from `first` to `last` since the start.
  MatrixCalls called(const std::string& topic, Duration first, Duration last) const {
    return called_in(desk_, topic, first, last);
  }
  MatrixCalls called_in(const Desk& desk, const std::string& topic, Duration first,
                        Duration last) const {
    std::set<std::string> alerts;
    for (const Event& event : desk.told("notifier", topics::kAlertOpened)) {
      const auto step = payload_of<AlertStep>(event);
      if (step.topic == topic) alerts.insert(step.alert);
    }
    MatrixCalls calls;
    for (const Event& event : desk.told("notifier", topics::kNoticeQueued)) {
      const Duration since = event.occurred_at - start_;
      if (since < first || since > last) continue;
      const auto step = payload_of<NoticeStep>(event);
      if (!step.person || !alerts.contains(*step.alert)) continue;
      calls.insert(*step.person + "/" + *step.method);
    }
    return calls;
  }
  MatrixCalls called_at(const std::string& topic, Duration at) const {
    return called(topic, at, at + seconds(1));  // a breach is told just after its deadline
  }
  static MatrixCalls both(const std::vector<std::string>& persons) {
    MatrixCalls calls;
    for (const std::string& person : persons) {
      calls.insert(person + "/robot");
      calls.insert(person + "/sms");
    }
    return calls;
  }
  std::string dispatched(const std::string& urgency = "") {
    Submission order = Desk::leak("260310000001");
    order.urgency = urgency;
    desk_.submit(order);
    desk_.take(order.order_no, {"sign", "seat"});
    return order.order_no;
  }
  Duration since_start() const { return desk_.now() - start_; }
  void nothing_was_set_aside() const { EXPECT_EQ(desk_.set_aside(), std::vector<std::string>()); }

  FiveRules rules_ = shipped_five_rules();
  Desk desk_{rules_, "2026-03-10 09:00:00"};
  Timestamp start_ = desk_.now();
};

constexpr Duration kAtOnce{};
const std::string kUnaccepted = "order.unaccepted";

TEST_F(MessageMatrix, ADispatchIsARobotMessageAndATextMessageAtHalfOfTheTimeToAccept) {
  dispatched();
  desk_.advance(hours(3));
  EXPECT_EQ(called_at(kUnaccepted, kAtOnce), MatrixCalls{kUnit + "/robot"});
  EXPECT_EQ(called(kUnaccepted, seconds(1), minutes(30) - seconds(1)), MatrixCalls());
  EXPECT_EQ(called_at(kUnaccepted, minutes(30)), MatrixCalls{kUnit + "/sms"});
  EXPECT_EQ(called_at(kUnaccepted, minutes(60)), both({on("seat")}));
  nothing_was_set_aside();
}

TEST_F(MessageMatrix, WhatTheUnitHasAcceptedOrBegunOrGivenBackIsTakenFromIt) {
  const std::vector<Said> ways = {
      {"accept", "unit"},
      {"contact", "unit", {{"method", "phone"}, {"connected", "yes"}}},
      {"hand_in", "unit"},
      {"unit_bounce", "unit", {{"reason_code", "DUTY"}}},
  };
  for (const Said& way : ways) {
    Desk desk(rules_, "2026-03-10 09:00:00");
    desk.submit(Desk::leak("260310000001"));
    desk.take("260310000001", {"sign", "seat"});
    desk.advance(minutes(29));
    desk.take("260310000001", way);
    desk.advance(hours(1));
    EXPECT_EQ(called_in(desk, kUnaccepted, seconds(1), hours(2)), MatrixCalls()) << way.command;
  }
}

TEST_F(MessageMatrix, TheUnitToWhichAnOrderGoesInsteadIsToldAndTheFirstOneNoMore) {
  const std::string order_no = dispatched();
  desk_.advance(minutes(20));
  desk_.take(order_no,
             {"reassign", "team_leader", {{"lead_unit", "urban_office"}, {"reason_code", "DUTY"}}});
  desk_.advance(minutes(45));
  EXPECT_EQ(called_at(kUnaccepted, minutes(20)), MatrixCalls{"urban_office/robot"});
  EXPECT_EQ(called(kUnaccepted, minutes(21), minutes(65)), MatrixCalls{"urban_office/sms"});
}

// A return that was refused leaves the order where it was: with a unit that has not accepted it.
TEST_F(MessageMatrix, AUnitWhoseReturnWasRefusedIsAskedToAcceptAgain) {
  const std::string order_no = dispatched();
  desk_.take(order_no,
             {"draft_return",
              "seat",
              {{"reason_code", "DUTY"}, {"evidence", "doc-1"}, {"suggested_unit", "德胜街道"}},
              {{"basis", "依据"}}});
  desk_.take(order_no, {"request_return", "team_leader"});
  desk_.advance(minutes(40));
  EXPECT_EQ(called(kUnaccepted, seconds(1), minutes(40)), MatrixCalls());
  desk_.take(order_no, {"return_refused", "city", {{"reason_code", "DUTY"}}});
  desk_.advance(minutes(1));
  EXPECT_EQ(called_at(kUnaccepted, minutes(40)), MatrixCalls{kUnit + "/robot"});
}

TEST_F(MessageMatrix, AnEmergencyThatIsDispatchedRingsTheUnitAtOnceAndTheSeatWithIt) {
  dispatched("emergency");
  desk_.advance(minutes(12));
  EXPECT_EQ(called_at(kUnaccepted, kAtOnce), both({kUnit}));
  EXPECT_EQ(called_at(kUnaccepted, minutes(5)), both({on("seat")}));
  EXPECT_EQ(called_at(kUnaccepted, minutes(10)), both({on("team_leader")}));
}

TEST_F(MessageMatrix, ADispatchAtNightIsSeenInTheGroupAndRingsInTheMorning) {
  desk_.advance_to("2026-03-10 23:00:00");
  const Duration night = since_start();
  dispatched();
  desk_.advance(hours(9));
  EXPECT_EQ(called_at(kUnaccepted, night), MatrixCalls{kUnit + "/robot"});
  EXPECT_EQ(called(kUnaccepted, night + seconds(1), night + hours(8) - seconds(1)), MatrixCalls());
  EXPECT_EQ(called_at(kUnaccepted, night + hours(8)), MatrixCalls{kUnit + "/sms"});
}

const std::string kDeadline = "deadline";

TEST_F(MessageMatrix, AnEmergencyIsATextMessageAndARobotMessageToTheSeatAtOnce) {
  Submission order = Desk::leak("260310000001");
  order.urgency = "emergency";
  desk_.submit(order);
  EXPECT_EQ(called_at("emergency.unsigned", kAtOnce), both({on("seat")}));
}

// Seven days to the answer, of which the unit has six; the last half day is the street's.
TEST_F(MessageMatrix, DueWarningsAreRobotMessagesAndFromOrangeOnTextMessagesToo) {
  const std::string order_no = dispatched();
  desk_.take(order_no, {"contact", "unit", {{"method", "phone"}, {"connected", "yes"}}});
  const Duration unit_has = hours(24 * 6);
  desk_.advance(unit_has + minutes(10));
  const auto told = [&](Duration at) { return called(kDeadline, at, at + minutes(5)); };
  EXPECT_EQ(told(unit_has / 2), MatrixCalls{kUnit + "/robot"}) << "blue: whoever handles it";
  const Duration yellow = unit_has * 3 / 4;
  EXPECT_EQ(told(yellow), (MatrixCalls{kUnit + "/robot", on("seat", yellow) + "/robot"}));
  const Duration orange = unit_has * 9 / 10;
  EXPECT_EQ(told(orange), both({kUnit, on("seat", orange), on("team_leader", orange)}));
  EXPECT_EQ(told(unit_has), both({kUnit, on("seat", unit_has), on("team_leader", unit_has),
                                  on("duty_leader", unit_has)}));
  nothing_was_set_aside();
}

TEST_F(MessageMatrix, ALevelBelowRedIsToldOnceHoweverLongItLasts) {
  const std::string order_no = dispatched();
  desk_.take(order_no, {"contact", "unit", {{"method", "phone"}, {"connected", "yes"}}});
  const Duration unit_has = hours(24 * 6);
  desk_.advance(unit_has - minutes(1));
  for (const Duration at : {unit_has / 2, unit_has * 9 / 10}) {
    EXPECT_NE(called(kDeadline, at, at + minutes(5)), MatrixCalls());
    EXPECT_EQ(called(kDeadline, at + minutes(6), at + hours(11)), MatrixCalls())
        << "again only in red (DOMAIN 4.4)";
  }
}

// Nobody leads it: those who dispatch are asked.
TEST_F(MessageMatrix, ASignedOrderThatNobodyDispatchesCallsTheSeatThenTheLeaders) {
  Submission order = Desk::leak("260310000001");
  order.cat1 = "其他";
  order.cat2 = order.cat3 = "";
  desk_.submit(order);
  desk_.take(order.order_no, {"sign", "seat"});
  ASSERT_EQ(desk_.summary(order.order_no).state, OrderState::signed_in);
  desk_.advance(hours(4));
  EXPECT_EQ(called(kDeadline, kAtOnce, minutes(30) - seconds(1)), MatrixCalls());
  EXPECT_EQ(called(kDeadline, minutes(30), minutes(31)), MatrixCalls{on("seat") + "/robot"});
  EXPECT_EQ(called(kDeadline, minutes(54), minutes(59)), both({on("seat"), on("team_leader")}));
  const MatrixCalls all = both({on("seat"), on("team_leader"), on("duty_leader")});
  EXPECT_EQ(called_at(kDeadline, minutes(60)), all);
  desk_.take(order.order_no, {"dispatch", "seat", {{"lead_unit", "urban_office"}}});
  desk_.advance(hours(3));
  EXPECT_EQ(called(kDeadline, hours(4), hours(7)), MatrixCalls()) << "dispatched: no more";
  nothing_was_set_aside();
}

TEST_F(MessageMatrix, ARejectedOrderIsARobotMessageToTheHardCasesAndThenATextMessage) {
  const std::string order_no = dispatched();
  for (const Said& said : {Said{"accept", "unit"}, {"hand_in", "unit"}, {"submit", "audit"}}) {
    desk_.take(order_no, said);
  }
  desk_.take(order_no, {"reject", "city", {{"reason_code", "INCOMPLETE"}}});
  desk_.advance(minutes(59));
  EXPECT_EQ(called("order.rejected", kAtOnce, minutes(59)), MatrixCalls{kHardCase + "/robot"});
  desk_.advance(minutes(2));
  EXPECT_EQ(
      called("order.rejected", minutes(60), minutes(61)),
      (MatrixCalls{kHardCase + "/sms", on("team_leader") + "/robot", on("team_leader") + "/sms"}))
      << "an hour of the office";
  desk_.take(order_no, {"redo", "hard_case"});
  desk_.advance(hours(8));
  EXPECT_EQ(called("order.rejected", minutes(62), hours(10)), MatrixCalls());
}

TEST_F(MessageMatrix, WhatTheAuditSentBackIsARobotMessageToTheUnitAndNoMore) {
  const std::string order_no = dispatched();
  desk_.take(order_no, {"accept", "unit"});
  desk_.take(order_no, {"hand_in", "unit"});
  desk_.take(order_no, {"audit_fail", "audit", {{"failed_items", "has_site,has_basis"}}});
  desk_.advance(hours(24));
  EXPECT_EQ(called("order.audit_failed", kAtOnce, minutes(1)), MatrixCalls{kUnit + "/robot"});
  EXPECT_EQ(called("order.audit_failed", minutes(2), hours(24)), MatrixCalls());
}

TEST_F(MessageMatrix, AnUnsatisfiedCallerIsARobotMessageToTheHardCasesAndASatisfiedOneIsNone) {
  for (const std::string satisfied : {"UNSATISFIED", "SATISFIED"}) {
    Desk desk(rules_, "2026-03-10 09:00:00");
    desk.submit(Desk::leak("260310000001"));
    desk.bring("260310000001", "accept_completion");
    desk.take("260310000001", Desk::visit("SOLVED", satisfied));
    desk.advance(hours(24 * 3));
    const bool told = satisfied == "UNSATISFIED";
    EXPECT_EQ(called_in(desk, "order.unsatisfied", kAtOnce, minutes(1)),
              told ? MatrixCalls{kHardCase + "/robot"} : MatrixCalls());
    EXPECT_EQ(called_in(desk, "order.unsatisfied", minutes(2), hours(24 * 3)), MatrixCalls());
    EXPECT_EQ(desk.set_aside(), std::vector<std::string>());
  }
}

// The robot's key is wrong: whoever has to mend it hears of it by the telephone.
TEST_F(MessageMatrix, AChannelThatIsDownIsToldOverAnotherOne) {
  dispatched();
  const auto queued = desk_.told("notifier", topics::kNoticeQueued);
  const auto found = std::ranges::find_if(
      queued, [](const Event& event) { return payload_of<NoticeStep>(event).channel == "group"; });
  ASSERT_NE(found, queued.end());
  const std::string id = payload_of<NoticeStep>(*found).notice_id;
  const auto hand_in = [&](std::string_view topic, const std::string& payload) {
    Input made;
    made.topic = topic;
    made.payload = payload;
    ASSERT_TRUE(desk_.input("notifier", made).ok());
  };
  hand_in(topics::kDeliveryBegin, encode_payload(DeliveryBegin{id, 1}));
  hand_in(topics::kDeliveryEnd,
          encode_payload(DeliveryEnd{id, 1, DeliveryOutcome::denied, "wrong key"}));
  desk_.advance(minutes(11));
  EXPECT_EQ(called("channel.down", kAtOnce, minutes(1)), MatrixCalls{on("seat") + "/sms"});
  EXPECT_EQ(called("channel.down", minutes(2), minutes(11)),
            MatrixCalls{on("team_leader") + "/sms"});
}

}  // namespace
}  // namespace jieban
