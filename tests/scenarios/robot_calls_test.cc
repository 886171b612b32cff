// DOMAIN §15.9 and §19 scenario 13 for the main way of calling people: the shipped ladders, whose
// calls go over one WeCom robot and over text messages. A group is one reader, whoever of it is
// called; a phone is one, whatever it is called for.
//
// The shipped escalation.yaml, rota.yaml and the words of notices.yaml; the clock is stepped.
#include <gtest/gtest.h>

#include <map>
#include <regex>
#include <set>

#include "common/alerting/escalation_file.h"
#include "common/duty/roster.h"
#include "common/duty/rota_file.h"
#include "daemons/notifier/notice_rules_file.h"
#include "tests/unit/daemons/notifier/notifier_fixture.h"

namespace jieban {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

struct RobotCall {
  Timestamp at;
  NoticeRow row;
};

class RobotStreet : public NotifierFixture {
 public:
  RobotStreet() {
    const std::string config = JIEBAN_SOURCE_DIR "/config/";
    auto shipped_rules = load_notice_rules(config + "notices.yaml", "/nowhere");
    auto ladders = load_alerting_rules(config + "escalation.yaml");
    auto rota = load_rota_book(config + "rota.yaml");
    CHECK(shipped_rules.ok() && ladders.ok() && rota.ok());
    NotifierRules rules = *shipped_rules;
    rules.channels = {
        gateway("wecom", ChannelKind::wecom_robot, "https://localhost/send", "robot"),
        gateway("kannel", ChannelKind::kannel_sms, "http://localhost/cgi-bin/sendsms", "sms")};
    load(rules);
    input(rules_input(Callouts::kRulesName, *ladders));
    input(rules_input(Callouts::kRotaName, *rota));
    seat = on_duty(*rota->find_rota("seat"), rota->changes, now).at(0);
  }

  static std::string order_of(uint64_t id) { return std::to_string(260310000000 + id); }

  // Each of a unit of its own: an alert by itself, which calls the unit, the seat, the team leader
  // and the street's leader, each over the robot and by text message.
  void breach(uint64_t id) {
    DeadlineAlert alert = alert_of(order_of(id), 100);
    alert.level = "red";
    alert.lead_unit = "unit_" + std::to_string(id);
    event(kAlertStream, topics::kDeadlineBreached, alert, id);
  }
  void emergency(uint64_t id) {
    OrderOpening opening;
    opening.order_no = order_of(id);
    opening.order_class = "emergency";
    opening.category = "市政设施>燃气";
    opening.community = "真武庙社区";
    event(kRouterStream, topics::kOrderOpened, opening, id);
  }
  // As the channels' threads: one after the other, what may go.
  void run_for(Duration span) {
    const Timestamp until = now + span;
    while (now < until) {
      for (const char* channel : {"wecom", "kannel"}) {
        while (turn(channel)) {
        }
      }
      now += seconds(1);
      run({now, {BatchPart{}}});
    }
  }
  std::vector<RobotCall> to_person(const std::string& person) const {
    std::vector<RobotCall> calls;
    for (const RobotCall& each : sent.at("kannel")) {
      if (each.row.person == person) calls.push_back(each);
    }
    return calls;
  }

  std::map<std::string, std::vector<RobotCall>> sent;
  std::string seat;

 private:
  static ChannelRule gateway(const char* name, ChannelKind kind, const char* target,
                             const char* method) {
    ChannelRule channel = channel_rule(name, {});
    channel.kind = kind;
    channel.target = target;
    channel.account_file = "/nowhere/account.yaml";
    channel.method = method;
    return channel;
  }
  bool turn(const char* channel) {
    bool some = false;
    for (const NoticeRow& each : due(channel).rows) {
      // What it says when it goes.
      const NoticeRow now_row = row(each.notice_id);
      const uint64_t attempt = now_row.attempts + 1;
      if (!is_open(now_row.state) || begin(now_row.notice_id, attempt) != "go") continue;
      some = true;
      sent[channel].push_back({now, now_row});
      end(now_row.notice_id, attempt, DeliveryOutcome::accepted);
    }
    return some;
  }
};

size_t most_calls_within(const std::vector<RobotCall>& calls, Duration per) {
  size_t most = 0;
  for (size_t first = 0, last = 0; last < calls.size(); ++last) {
    while (calls[last].at - calls[first].at >= per) ++first;
    most = std::max(most, last - first + 1);
  }
  return most;
}

bool is_list(const RobotCall& call) { return call.row.notice_id.ends_with("+"); }

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
