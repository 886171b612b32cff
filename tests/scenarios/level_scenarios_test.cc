// DOMAIN §4.4 from the door to the phones: half of a clock is the seat's, three quarters the team
// leader's, the breach the street leader's, each at its instant, whatever became of the level
// before. By the shipped clocks, ladders and rota.
#include <set>

#include "common/duty/roster.h"
#include "tests/scenarios/desk.h"
#include "tests/support/core_harness.h"

namespace jieban {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using Names = std::set<std::string>;

class Levels : public ::testing::Test {
 protected:
  std::string on(const std::string& rota) const {
    const Rota* found = rules_.rota.find_rota(rota);
    return on_duty(*found, rules_.rota.changes, start_).at(0);
  }
  // Whom the ladders of that topic called from `first` to `last`, in seconds since the start.
  Names called(const std::string& topic, int64_t first, int64_t last,
               const std::string& method) const {
    Names alerts;
    for (const Event& event : desk_.told("notifier", topics::kAlertOpened)) {
      const auto step = payload_of<AlertStep>(event);
      if (step.topic == topic) alerts.insert(step.alert);
    }
    Names persons;
    for (const Event& event : desk_.told("notifier", topics::kNoticeQueued)) {
      const int64_t second = (event.occurred_at - start_) / seconds(1);
      if (second < first || second > last) continue;
      const auto step = payload_of<NoticeStep>(event);
      const bool ours = step.person && alerts.contains(*step.alert);
      if (ours && step.method == method) persons.insert(*step.person);
    }
    return persons;
  }
  Names called_at(const std::string& topic, int64_t second, const std::string& method) const {
    return called(topic, second, second, method);
  }
  // By whatever means.
  Names called_before(const std::string& topic, int64_t second) const {
    Names persons = called(topic, 0, second - 1, "sms");
    persons.merge(called(topic, 0, second - 1, "robot"));
    return persons;
  }
  void acknowledge_all(const std::string& person) {
    for (const Event& event : desk_.told("notifier", topics::kAlertOpened)) {
      AlertAcknowledge ack;
      ack.person = person;
      ack.via = "cli";
      ack.alert = payload_of<AlertStep>(event).alert;
      Input made;
      made.topic = topics::kAlertAcknowledge;
      made.payload = encode_payload(ack);
      // Those of levels that are over are refused.
      [[maybe_unused]] const auto answer = desk_.input("notifier", made);
    }
  }

  FiveRules rules_ = shipped_five_rules();
  Desk desk_{rules_, "2026-03-10 09:00:00"};  // after the change of shifts
  Timestamp start_ = desk_.now();
  Names seat_ = {on("seat")};
  Names late_ = {on("seat"), on("team_leader")};
  Names all_ = {on("seat"), on("team_leader"), on("duty_leader")};
};

// 120 minutes; the breach is told when it happens, also where a ladder was being climbed.
TEST_F(Levels, TheBreachOfAnEmergencyThatNobodyAnswersIsToldToAllAtItsInstant) {
  Submission order = Desk::leak("260310000001");
  order.urgency = "emergency";
  desk_.submit(order);
  desk_.advance(hours(2) + minutes(1));
  EXPECT_EQ(called_at("deadline", 3600, "sms"), seat_);
  EXPECT_EQ(called_at("deadline", 5400, "sms"), late_);
  EXPECT_EQ(called_at("deadline", 7200, "sms"), all_);
  EXPECT_EQ(desk_.set_aside(), std::vector<std::string>());
}

TEST_F(Levels, WhatTheSeatHasAcknowledgedIsToldToTheNextOnesByTheNextLevel) {
  Submission order = Desk::leak("260310000001");
  order.urgency = "emergency";
  desk_.submit(order);
  for (const int64_t level : {3600, 5400, 7200}) {
    desk_.advance_to(start_ + seconds(level) + minutes(1));
    acknowledge_all(on("seat"));
  }
  EXPECT_EQ(called_before("deadline", 5400), seat_) << "he knows, and nobody else is called";
  EXPECT_EQ(called_at("deadline", 5400, "sms"), late_);
  EXPECT_FALSE(called_before("deadline", 7200).contains(on("duty_leader")));
  EXPECT_EQ(called_at("deadline", 7200, "sms"), all_);
}

// 30 minutes; the first level waits half a minute for company.
TEST_F(Levels, AnOrderThatNobodySignsCallsTheSeatThenTheLeaderThenTheStreet) {
  const Submission order = Desk::leak("260310000001");
  desk_.submit(order);
  ASSERT_EQ(desk_.summary(order.order_no).order_class, "general");
  for (int i = 0; i < 61; ++i) {
    desk_.advance(seconds(30));
    desk_.restart("notifier");
  }
  const std::string topic = "order.unsigned";
  EXPECT_EQ(called_at(topic, 930, "robot"), seat_);
  EXPECT_EQ(called_before(topic, 1350), seat_);
  EXPECT_EQ(called_at(topic, 1350, "sms"), late_);
  EXPECT_FALSE(called_before(topic, 1800).contains(on("duty_leader")));
  EXPECT_EQ(called_at(topic, 1800, "sms"), all_);
  desk_.take(order.order_no, {"sign", "seat"});
  const size_t before = desk_.told("notifier", topics::kAlertOpened).size();
  desk_.advance(minutes(20));
  EXPECT_EQ(desk_.told("notifier", topics::kAlertOpened).size(), before) << "signed: no more";
  EXPECT_EQ(desk_.set_aside(), std::vector<std::string>());
}

// The second one of a group is no less late than the first.
TEST_F(Levels, ASecondOrderThatIsNotSignedIsToldAtItsBreachWhenTheFirstIsKnown) {
  desk_.submit(Desk::leak("260310000001"));
  desk_.advance(minutes(10));
  Submission second = Desk::leak("260310000002");
  second.community = "汽南社区";
  desk_.submit(second);
  desk_.advance_to(start_ + minutes(31));
  acknowledge_all(on("team_leader"));
  desk_.advance_to(start_ + minutes(46));
  const Names told = called("order.unsigned", 2400, 2700, "sms");
  EXPECT_EQ(told, all_) << "within the interval of its group";
}

}  // namespace
}  // namespace jieban
