// Goal: no destination is written to more often than its vendor and a person's patience allow, and
// what has to wait is told together, with the right count and nothing lost (DOMAIN §15.9).
#include "daemons/notifier/pacing.h"

#include <set>

#include "tests/unit/daemons/notifier/callout_fixture.h"

namespace jieban {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

// A robot's group: 20 in any minute; more than 10 in a minute become a digest (DOMAIN §15.2).
class RobotFixture : public NotifierFixture {
 public:
  explicit RobotFixture(const std::string& digest = "{count: 10, window: 60s, collect: 15s}") {
    NotifierRules rules = test_rules();
    rules.channels = {channel_rule("robot", {"deadline.warned"})};
    load(rules);
    std::string text = kLadders;
    const std::string old = "spool: {limits: [{count: 1000, per: 1s}]}";
    text.replace(text.find(old), old.size(),
                 "spool: {limits: [{count: 20, per: 60s}], digest: " + digest + "}");
    auto ladders = parse_alerting_rules(text, "ladders");
    EXPECT_TRUE(ladders.ok()) << ladders.error().message;
    input(rules_input(Callouts::kRulesName, *ladders));
  }

  void warn_of(uint64_t order_id) {
    DeadlineAlert alert = alert_of("A-" + std::to_string(order_id), 75);
    event(kAlertStream, topics::kDeadlineWarned, alert, order_id);
  }
  // As the channel's thread would: what is due is announced, and what may go is sent.
  void turn() {
    for (const NoticeRow& row : due("robot").rows) {
      if (begin(row.notice_id, row.attempts + 1) != "go") continue;
      sent_at.push_back(now);
      orders += this->row(row.notice_id).orders.value_or(1);
      end(row.notice_id, row.attempts + 1, DeliveryOutcome::accepted);
    }
  }
  size_t most_within(Duration span) const {
    size_t most = 0;
    for (size_t i = 0; i < sent_at.size(); ++i) {
      size_t count = 0;
      for (size_t j = i; j < sent_at.size() && sent_at[j] - sent_at[i] < span; ++j) ++count;
      most = std::max(most, count);
    }
    return most;
  }
  void run_until_quiet() {
    for (int i = 0; i < 600; ++i) {
      turn();
      now += seconds(1);
    }
    EXPECT_TRUE(due("robot").rows.empty());
  }

  std::vector<Timestamp> sent_at;
  uint64_t orders = 0;
};

TEST(Pacing, TwentyFiveMessagesInTenSecondsAreAtMostTwentyAMinuteAndTheRestADigest) {
  RobotFixture robot;
  for (uint64_t id = 1; id <= 25; ++id) {
    robot.warn_of(id);
    if (id % 5 == 0) robot.turn();
    if (id % 5 == 0) robot.now += seconds(2);
  }
  robot.run_until_quiet();
  EXPECT_LE(robot.most_within(minutes(1)), 20U);
  EXPECT_EQ(robot.orders, 25U) << "each order was told of, singly or in the digest";
  EXPECT_EQ(robot.sent_at.size(), 11U) << "ten singly, one digest of fifteen";
}

TEST(Pacing, AHoldKeepsTheWholeChannelQuietOverARestart) {
  RobotFixture robot;
  robot.warn_of(1);
  robot.warn_of(2);
  const NoticeRow first = robot.due("robot").rows.at(0);
  ASSERT_EQ(robot.begin(first.notice_id, 1), "go");
  DeliveryEnd end{first.notice_id, 1, DeliveryOutcome::failed, "45009"};
  end.hold_micros = 60'000'000;
  robot.input(topics::kDeliveryEnd, end);
  robot.reopen();
  robot.turn();
  EXPECT_TRUE(robot.sent_at.empty());
  robot.now += seconds(59);
  robot.turn();
  EXPECT_TRUE(robot.sent_at.empty());
  robot.now += seconds(1);
  robot.turn();
  robot.turn();
  EXPECT_EQ(robot.orders, 2U) << "both, when the minute is over";
}

// The vendor counts what arrives, and that is no later than its answer.
TEST(Pacing, AMessageCountsFromTheEndOfItsAttempt) {
  RobotFixture robot;
  for (uint64_t id = 1; id <= 9; ++id) robot.warn_of(id);
  const auto rows = robot.due("robot").rows;
  for (const NoticeRow& row : rows) ASSERT_EQ(robot.begin(row.notice_id, 1), "go");
  const Timestamp begun = robot.now;
  for (size_t i = 0; i < rows.size(); ++i) {
    DeliveryEnd end{rows[i].notice_id, 1, DeliveryOutcome::accepted, std::nullopt};
    end.ended_at = begun + seconds(5) * int64_t(i + 1);
    robot.now = begun + seconds(45);
    robot.input(topics::kDeliveryEnd, end);
  }
  // 5, 10, .. 45 s: with ten in any minute singly, the second goes when that of 5 s is out of it.
  robot.now = begun + seconds(65) - Duration(1);
  robot.warn_of(10);
  robot.warn_of(11);
  const auto more = robot.due("robot").rows;
  EXPECT_EQ(robot.begin(more.at(0).notice_id, 1), "skip") << "it waits for company";
  robot.now = begun + seconds(65);
  EXPECT_EQ(robot.begin(more.at(1).notice_id, 1), "go");
}

TEST(Pacing, AMemberOfADigestIsMergedAndNamesIt) {
  RobotFixture robot("{count: 1, window: 60s, collect: 1s}");
  for (uint64_t id = 1; id <= 4; ++id) robot.warn_of(id);
  std::vector<std::string> ids;
  for (const NoticeRow& row : robot.due("robot").rows) ids.push_back(row.notice_id);
  robot.run_until_quiet();
  std::set<std::string> digests;
  size_t merged = 0;
  for (const std::string& id : ids) {
    const NoticeRow row = robot.row(id);
    if (row.state != NoticeState::merged) continue;
    ++merged;
    digests.insert(*row.digest);
  }
  ASSERT_EQ(digests.size(), 1U);
  const NoticeRow digest = robot.row(*digests.begin());
  EXPECT_EQ(digest.state, NoticeState::sent);
  EXPECT_EQ(digest.orders, merged);
  EXPECT_NE(digest.text.find(std::to_string(merged) + "件"), std::string::npos) << digest.text;
}

// One message a minute to one phone: that nothing went out costs no minute, as the next means
// waits.
TEST(Pacing, AnAttemptThatReachedNobodyLeavesThePersonsLimitsAlone) {
  for (const auto& [outcome, again] :
       {std::pair(DeliveryOutcome::failed, "go"), std::pair(DeliveryOutcome::unknown, "skip")}) {
    CalloutFixture desk;
    std::string text = kLadders;
    const std::string old = "alert_sms:\n    limits: [{count: 5, per: 15m}]";
    text.replace(text.find(old), old.size(), "alert_sms:\n    limits: [{count: 1, per: 15m}]");
    auto ladders = parse_alerting_rules(text, "ladders");
    ASSERT_TRUE(ladders.ok()) << ladders.error().message;
    desk.input(rules_input(Callouts::kRulesName, *ladders));
    const NoticeStep call = queued_in(desk.emergency(1, "A-1"));
    ASSERT_EQ(desk.begin(call.notice_id, 1), "go");
    desk.end(call.notice_id, 1, outcome);
    desk.advance(minutes(1));
    EXPECT_EQ(desk.begin(call.notice_id, 2), again) << to_string(outcome);
  }
}

// Two gateways for text messages, one telephone: the first is down, or the street has another
// first.
TEST(Pacing, APhoneKeepsItsLimitsWhicheverChannelOfTheMeansReachesIt) {
  CalloutFixture desk;
  std::string text = kLadders;
  const std::string old = "alert_sms:\n    limits: [{count: 5, per: 15m}]";
  text.replace(text.find(old), old.size(), "alert_sms:\n    limits: [{count: 1, per: 15m}]");
  auto ladders = parse_alerting_rules(text, "ladders");
  ASSERT_TRUE(ladders.ok()) << ladders.error().message;
  desk.input(rules_input(Callouts::kRulesName, *ladders));
  const NoticeStep first = queued_in(desk.emergency(1, "A-1"));
  ASSERT_EQ(desk.begin(first.notice_id, 1), "go");
  desk.end(first.notice_id, 1, DeliveryOutcome::accepted);
  NotifierRules rules = test_rules();
  rules.channels = {channel_rule("modem", {}), channel_rule("phone", {}),
                    channel_rule("group", {})};
  for (size_t i = 0; i < 2; ++i) rules.channels[i].method = "sms";
  rules.channels[2].method = "robot";
  desk.load(rules);
  const NoticeStep second = queued_in(desk.emergency(2, "A-2"));
  ASSERT_EQ(desk.row(second.notice_id).channel, "modem");
  EXPECT_EQ(desk.begin(second.notice_id, 1), "skip") << "the same telephone, within the minute";
  desk.now += minutes(15);
  EXPECT_EQ(desk.begin(second.notice_id, 1), "go");
}

// A street's voice calls and text messages have each their own.
TEST(Pacing, AnotherMeansToThePersonHasItsOwnLimits) {
  NoticeRow row;
  row.channel = "modem";
  row.person = "li";
  row.method = "sms";
  NoticeRow other = row;
  other.channel = "gateway";
  EXPECT_EQ(reader_of(row), reader_of(other));
  other.method = "voice";
  EXPECT_NE(reader_of(row), reader_of(other));
  other = row;
  other.person = "zhou";
  EXPECT_NE(reader_of(row), reader_of(other));
}

// What is urgent by itself is no company, and waits for none.
TEST(Pacing, ADigestThatWaitsLetsNobodyPassSingly) {
  RobotFixture robot("{count: 2, window: 60s, collect: 1s}");
  for (uint64_t id = 1; id <= kDigestMessagesMax + 30; ++id) robot.warn_of(id);
  robot.run_until_quiet();
  EXPECT_EQ(robot.orders, kDigestMessagesMax + 30);
  EXPECT_LE(robot.sent_at.size(), 4U) << "two lists, and hardly one by itself";
}

TEST(Pacing, ADigestCountsEachOrderOfACallThatTellsOfMany) {
  CalloutFixture desk;
  const auto tell = [&](const std::string& community, uint64_t first) {
    DeadlineAlert alert = alert_of("", 75);
    alert.level = "orange";
    alert.lead_unit = community;
    for (uint64_t id = first; id < first + 10; ++id) {
      alert.order_no = "A-" + std::to_string(id);
      desk.event(kAlertStream, topics::kDeadlineWarned, alert, id);
    }
  };
  for (uint64_t unit = 0; unit < 5; ++unit) tell("unit_" + std::to_string(unit), 10 * unit + 1);
  desk.advance(minutes(1));
  uint64_t orders = 0;
  for (int i = 0; i < 40; ++i) {
    for (const NoticeRow& row : desk.due("phone").rows) {
      if (row.person != "li" || desk.begin(row.notice_id, row.attempts + 1) != "go") continue;
      desk.end(row.notice_id, row.attempts + 1, DeliveryOutcome::accepted);
      orders += row.orders.value_or(1);
    }
    desk.advance(seconds(10));
  }
  EXPECT_EQ(orders, 50U);
}

// A burst pipe: 500 orders on one cause in 10 minutes.
TEST(Pacing, AFloodRingsThePhoneAHandfulOfTimesWithTheRightCount) {
  CalloutFixture desk;
  size_t rung = 0;
  uint64_t last_count = 0;
  const auto ring = [&] {
    for (const NoticeRow& row : desk.due("phone").rows) {
      if (desk.begin(row.notice_id, row.attempts + 1) != "go") continue;
      desk.end(row.notice_id, row.attempts + 1, DeliveryOutcome::accepted);
      if (row.person != "zhou") continue;
      ++rung;
      last_count = std::max(last_count, row.orders.value_or(1));
    }
  };
  for (uint64_t id = 1; id <= 500; ++id) {
    desk.deadline(id, "A-" + std::to_string(id), "orange");
    desk.advance(Duration(std::chrono::milliseconds(1200)));
    ring();
  }
  for (int i = 0; i < 40; ++i) {
    desk.advance(minutes(1));
    ring();
  }
  EXPECT_GE(rung, 1U);
  EXPECT_LE(rung, 6U) << "a handful";
  EXPECT_EQ(last_count, 500U);
}

// Topics of a channel for text messages go to the one phone that its account names: a person's,
// whatever the kind of the gateway.
class BoardPhone : public NotifierFixture {
 public:
  explicit BoardPhone(const ChannelKindRow& kind) {
    NotifierRules rules = test_rules();
    ChannelRule phone = channel_rule("phone", {"deadline.breached"});
    phone.kind = kind.kind;
    phone.target = std::string(kind.beginnings[0]) + "localhost" + std::string(kind.ending);
    if (kind.kind == ChannelKind::sgip_sms) phone.target = "sgip://127.0.0.1:8801";
    phone.account_file = "/nowhere/account.yaml";
    rules.channels = {phone};
    load(rules);
    auto shipped = load_alerting_rules(JIEBAN_SOURCE_DIR "/config/escalation.yaml");
    EXPECT_TRUE(shipped.ok()) << shipped.error().message;
    input(rules_input(Callouts::kRulesName, *shipped));
  }
  void breach(uint64_t id) {
    event(kAlertStream, topics::kDeadlineBreached, alert_of("A-" + std::to_string(id), 100), id);
  }
  void ring() {
    for (const NoticeRow& row : due("phone").rows) {
      if (begin(row.notice_id, row.attempts + 1) != "go") continue;
      ++rung;
      orders += this->row(row.notice_id).orders.value_or(1);
      end(row.notice_id, row.attempts + 1, DeliveryOutcome::accepted);
    }
  }

  size_t rung = 0;
  uint64_t orders = 0;
};

TEST(Pacing, FiveHundredBreachesAreAHandfulOfTextMessagesOverEachKindOfGateway) {
  size_t kinds = 0;
  for (const ChannelKindRow& kind : channel_kinds()) {
    if (kind.means != "sms" || kind.own_reader.empty()) continue;
    ++kinds;
    BoardPhone phone(kind);
    for (uint64_t id = 1; id <= 500; ++id) {
      phone.breach(id);
      phone.now += Duration(std::chrono::milliseconds(1200));
      phone.ring();
    }
    const size_t in_ten_minutes = phone.rung;
    for (int i = 0; i < 120; ++i) {
      phone.now += seconds(30);
      phone.ring();
    }
    EXPECT_LE(in_ten_minutes, 5U) << kind.name;
    EXPECT_LE(phone.rung, 8U) << kind.name;
    EXPECT_EQ(phone.orders, 500U) << kind.name;
  }
  EXPECT_EQ(kinds, 3U) << "sgip_sms, kannel_sms, smstools_sms; topics of a ums_sms are refused";
}

TEST(Pacing, AGroupIsOneDestinationWhoeverOfItIsCalled) {
  for (const ChannelKind kind : {ChannelKind::wecom_robot, ChannelKind::dingtalk_robot,
                                 ChannelKind::feishu_robot, ChannelKind::spool}) {
    CalloutFixture desk;
    NotifierRules rules = test_rules();
    rules.channels = {channel_rule("group", {})};
    rules.channels[0].kind = kind;
    if (kind != ChannelKind::spool) {
      rules.channels[0].target =
          "https://localhost/" + std::string(kind == ChannelKind::feishu_robot ? "hook" : "send");
      rules.channels[0].account_file = "/nowhere/account.yaml";
    }
    rules.channels[0].method = "sms";
    desk.load(rules);
    desk.deadline(1, "A-1", "red", 100);
    const auto rows = desk.due("group").rows;
    ASSERT_EQ(rows.size(), 2U) << "li and zhou";
    const bool group = row_of(kind).group;
    EXPECT_EQ(destination_of(rows[0]) == destination_of(rows[1]), group) << to_string(kind);
    EXPECT_EQ(destination_of(rows[0]) == "group:", group) << to_string(kind);
  }
}

// DOMAIN §15.4: hold, and merge.
TEST(Pacing, WhatWaitedForTheEndOfAHoldGoesAsOneList) {
  RobotFixture robot;
  robot.warn_of(1);
  const NoticeRow first = robot.due("robot").rows.at(0);
  ASSERT_EQ(robot.begin(first.notice_id, 1), "go");
  DeliveryEnd end{first.notice_id, 1, DeliveryOutcome::failed, "130101"};
  end.hold_micros = 600'000'000;
  robot.input(topics::kDeliveryEnd, end);
  robot.warn_of(2);
  robot.warn_of(3);
  robot.now += minutes(10);
  robot.warn_of(4);
  robot.turn();
  robot.turn();
  EXPECT_EQ(robot.orders, 4U);
  EXPECT_EQ(robot.sent_at.size(), 2U) << "a list of three, and what came after the hold";
  robot.warn_of(5);
  robot.warn_of(6);
  robot.turn();
  EXPECT_EQ(robot.sent_at.size(), 4U) << "singly again";
}

TEST(Pacing, OneThatWaitedAloneForTheEndOfAHoldIsNoList) {
  RobotFixture robot;
  robot.warn_of(1);
  const NoticeRow first = robot.due("robot").rows.at(0);
  ASSERT_EQ(robot.begin(first.notice_id, 1), "go");
  DeliveryEnd end{first.notice_id, 1, DeliveryOutcome::failed, "130101"};
  end.hold_micros = 600'000'000;
  robot.input(topics::kDeliveryEnd, end);
  robot.now += minutes(10);
  robot.turn();
  EXPECT_EQ(robot.row(first.notice_id).state, NoticeState::sent);
}

}  // namespace
}  // namespace jieban
