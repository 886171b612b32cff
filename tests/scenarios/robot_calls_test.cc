// DOMAIN §15.9 and §19 scenario 13 for the main way of calling people: the shipped ladders, whose
// calls go over one WeCom robot and over text messages. A group is one reader, whoever of it is
// called; a phone is one, whatever it is called for.
//
// The shipped escalation.yaml, rota.yaml and the words of notices.yaml; the clock is stepped.
#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "tests/scenarios/robot_street.h"

namespace jieban {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

// The orders that a text names, and those that it says it has no room for.
uint64_t orders_named(const std::string& text) {
  static const std::regex kOrder("2603100000[0-9][0-9]");
  std::set<std::string> orders(std::sregex_token_iterator(text.begin(), text.end(), kOrder), {});
  static const std::regex kRest("…（余([0-9]+)条）");
  std::smatch rest;
  if (std::regex_search(text, rest, kRest)) return orders.size() + std::stoull(rest[1]);
  return orders.size();
}

constexpr uint64_t kBreaches = 40;

TEST(Scenario13, CallsOfLaddersOverOneRobotAreLimitedAndListedByTheRobotNotByThePerson) {
  RobotStreet street;
  for (uint64_t id = 1; id <= kBreaches; ++id) {
    street.breach(id);
    if (id % 4 == 0) street.run_for(seconds(1));
  }
  street.run_for(minutes(3));
  const auto& robot = street.sent["wecom"];
  EXPECT_LE(most_calls_within(robot, minutes(1)), 20U);
  size_t singly = 0;
  std::set<std::string> orders;
  for (const RobotCall& each : robot) {
    singly += is_list(each) ? 0 : 1;
    for (uint64_t id = 1; id <= kBreaches; ++id) {
      if (each.row.text.find(RobotStreet::order_of(id)) == std::string::npos) continue;
      orders.insert(RobotStreet::order_of(id));
    }
    EXPECT_LE(each.row.text.size(), 2048U);
    if (!is_list(each)) continue;
    EXPECT_EQ(orders_named(each.row.text), each.row.orders) << each.row.text;
    EXPECT_NE(each.row.text.find(std::to_string(*each.row.orders) + "件工单"), std::string::npos);
  }
  EXPECT_LE(singly, 10U) << "more than ten in a minute are one list (DOMAIN 15.9)";
  EXPECT_LE(robot.size(), 14U) << "160 calls";
  EXPECT_EQ(orders.size(), kBreaches) << "each can be read in the group";
}

TEST(Scenario13, AnEmergencyAmongThemIsToldByItselfAndAtOnce) {
  RobotStreet street;
  for (uint64_t id = 1; id <= kBreaches; ++id) street.breach(id);
  street.run_for(seconds(5));
  street.emergency(77);
  const Timestamp opened = street.now;
  street.run_for(seconds(2));
  const RobotCall& last = street.sent["wecom"].back();
  EXPECT_NE(last.row.text.find("紧急"), std::string::npos) << last.row.text;
  EXPECT_NE(last.row.text.find(RobotStreet::order_of(77)), std::string::npos);
  EXPECT_FALSE(is_list(last));
  EXPECT_LE(last.at - opened, seconds(1));
}

TEST(Scenario13, ThePhoneOfWhoIsCalledForAllRingsAHandfulOfTimesAndIsToldOfEach) {
  RobotStreet street;
  for (uint64_t id = 1; id <= kBreaches; ++id) street.breach(id);
  street.run_for(minutes(15));
  const auto calls = street.to_person(street.seat);
  EXPECT_LE(most_calls_within(calls, minutes(1)), 1U);
  EXPECT_LE(calls.size(), 4U);
  uint64_t orders = 0;
  for (const RobotCall& each : calls) {
    orders += each.row.orders.value_or(1);
    if (!is_list(each)) continue;
    EXPECT_EQ(orders_named(each.row.text), each.row.orders) << each.row.text;
    EXPECT_GT(orders_named(each.row.text.substr(0, each.row.text.find("…"))), 5U)
        << "a list, not the first order alone: " << each.row.text;
  }
  EXPECT_EQ(orders, kBreaches);
}

}  // namespace
}  // namespace jieban
