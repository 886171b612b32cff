// A flood of emergencies (a burst pipe, 500 orders in ten minutes that nobody signs) by the shipped
// ladders: what has to wait for a phone is one list, which takes in whatever joins it and counts
// each order once, so that the phone rings a handful of times and one answer stands for all.
#include <set>

#include "tests/scenarios/robot_street.h"

namespace jieban {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr uint64_t kEmergencies = 500;
constexpr Duration kBetween = milliseconds(1200);

// The rungs of the clock of an emergency's signature (DOMAIN §19 scenario 4).
struct Rung {
  Duration after;
  uint64_t percent;
  const char* level;
};
constexpr Rung kRungs[] = {
    {minutes(5), 50, "blue"}, {seconds(450), 75, "yellow"}, {minutes(10), 100, "red"}};

class BurstPipe : public testing::Test {
 protected:
  void flood_for(Duration span) {
    const Timestamp until = start_ + span;
    while (street_.now < until) {
      for (; opened_ < kEmergencies && start_ + kBetween * opened_ <= street_.now; ++opened_) {
        street_.emergency(opened_ + 1);
      }
      for (size_t i = 0; i < std::size(kRungs); ++i) climb(kRungs[i], rung_[i]);
      street_.run_for(seconds(1));
    }
  }
  std::vector<RobotCall> to_leader() { return street_.to_person(leader_); }
  std::vector<RobotCall> lists_that_wait(const std::string& person) {
    std::vector<RobotCall> lists;
    auto txn = street_.fold().environment().read();
    const auto due = *street_.core().tables().due(*txn, "kannel", kTimestampMax - seconds(1), 5000);
    for (const NoticeRow& row : due.rows) {
      if (row.person == person) lists.push_back({street_.now, row});
    }
    std::erase_if(lists, [](const RobotCall& each) { return !is_list(each); });
    return lists;
  }

  RobotStreet street_;
  Timestamp start_ = street_.now;
  std::string leader_ = street_.on("team_leader");
  uint64_t opened_ = 0;

 private:
  void climb(const Rung& rung, uint64_t& told) {
    for (; told < opened_ && start_ + kBetween * told + rung.after <= street_.now; ++told) {
      DeadlineAlert alert = alert_of(RobotStreet::order_of(told + 1), rung.percent);
      alert.clock = "sign";
      alert.level = rung.level;
      alert.order_class = "emergency";
      alert.lead_unit.clear();
      street_.event(kAlertStream,
                    rung.percent < 100 ? topics::kDeadlineWarned : topics::kDeadlineBreached, alert,
                    told + 1);
    }
  }
  uint64_t rung_[std::size(kRungs)] = {};
};

TEST_F(BurstPipe, RingsTheLeadersPhoneAHandfulOfTimesAndThenSaysFiveHundred) {
  flood_for(minutes(10));
  EXPECT_LE(to_leader().size(), 5U) << "while it lasts";
  flood_for(minutes(30));
  const auto calls = to_leader();
  EXPECT_LE(most_calls_within(calls, minutes(15)), 5U);
  ASSERT_FALSE(calls.empty());
  for (const RobotCall& each : calls) {
    EXPECT_LE(each.row.orders.value_or(1), kEmergencies) << each.row.text;
  }
  const auto most = std::ranges::max_element(
      calls, {}, [](const RobotCall& each) { return each.row.orders.value_or(1); });
  EXPECT_EQ(most->row.orders, kEmergencies);
  EXPECT_NE(most->row.text.find("500件工单"), std::string::npos) << most->row.text;
}

TEST_F(BurstPipe, WhatWaitsForAPhoneIsOneList) {
  for (int minute = 1; minute <= 30; ++minute) {
    flood_for(minutes(minute));
    for (const std::string& person : {leader_, street_.seat}) {
      EXPECT_LE(lists_that_wait(person).size(), 1U) << "after " << minute << " min";
    }
  }
}

TEST_F(BurstPipe, OneAnswerToTheListOfAllStopsAllOfThem) {
  flood_for(minutes(20) + seconds(5));
  ASSERT_EQ(to_leader().back().row.orders, kEmergencies);
  AlertAcknowledge ack;
  ack.person = leader_;
  ack.via = "reply";
  ack.code = "1";
  EXPECT_EQ(*street_.input(topics::kAlertAcknowledge, ack).answers.at(0), "taken");
  const size_t before = to_leader().size();
  flood_for(minutes(90));
  EXPECT_EQ(to_leader().size(), before) << "asked again only when the acknowledgement lapses";
}

}  // namespace
}  // namespace jieban
