// Goal: a list stands for each of its members: what is acknowledged, given up, taken back or has
// ended holds for their alerts, and each of them can be read in it.
#include <map>
#include <set>

#include "daemons/notifier/notice_rules_file.h"
#include "daemons/notifier/notifier.h"
#include "tests/unit/daemons/notifier/callout_fixture.h"

namespace jieban {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using Calls = std::vector<std::string>;

std::string unit_of(uint64_t number) { return "unit_" + std::to_string(number); }
std::string order_of_unit(uint64_t number) { return "A-10" + std::to_string(number); }

bool is_told_in(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// Eight units with an order each: eight alerts of li, of which three are told singly (the rule of
// alert_sms in kLadders) and five in a list.
class ListDesk : public CalloutFixture {
 public:
  static constexpr uint64_t kUnits = 8;
  static constexpr uint64_t kSingly = 3;

  void eight_alerts() {
    for (uint64_t unit = 1; unit <= kUnits; ++unit) {
      late(unit);
      if (unit != kSingly && unit != kUnits) continue;
      advance(seconds(30));
      ring();
    }
    advance(seconds(30));
    ring();
  }
  // An order of the unit is late; it is told half a minute later.
  void late(uint64_t unit, const std::string& another = "") {
    DeadlineAlert alert = alert_of(another.empty() ? order_of_unit(unit) : another, 90);
    alert.level = "orange";
    alert.lead_unit = unit_of(unit);
    event(kAlertStream, topics::kDeadlineWarned, alert, another.empty() ? unit : 200);
  }
  // As the channel's thread would. A list that was just made is left for the next turn.
  void ring(DeliveryOutcome outcome = DeliveryOutcome::accepted) {
    for (const NoticeRow& row : due("phone").rows) {
      if (begin(row.notice_id, row.attempts + 1) != "go") continue;
      sent.push_back(row);
      end(row.notice_id, row.attempts + 1, outcome);
    }
  }
  // The list that waits.
  NoticeRow list() {
    for (const NoticeRow& row : due("phone").rows) {
      if (row.notice_id.ends_with("+")) return row;
    }
    ADD_FAILURE() << "no list waits";
    return {};
  }
  // Of all alerts, what is called within the time.
  Calls called_within(Duration span) { return calls_in(advance(span)); }
  std::string acknowledge(AlertAcknowledge ack) { return answer(topics::kAlertAcknowledge, ack); }

  std::vector<NoticeRow> sent;
};

TEST(NotifierDigest, AListNamesEachOfItsOrdersAndCountsThem) {
  ListDesk desk;
  desk.eight_alerts();
  const NoticeRow list = desk.list();
  EXPECT_EQ(desk.sent.size(), ListDesk::kSingly);
  EXPECT_EQ(list.orders, 5U);
  EXPECT_TRUE(is_told_in(list.text, "5件工单")) << list.text;
  std::set<std::string> singly;
  for (const NoticeRow& row : desk.sent) singly.insert(row.order_no);
  for (uint64_t unit = 1; unit <= ListDesk::kUnits; ++unit) {
    const std::string order = order_of_unit(unit);
    EXPECT_NE(is_told_in(list.text, order), singly.contains(order)) << order << "\n" << list.text;
  }
}

TEST(NotifierDigest, AnAnswerToAListStopsTheLaddersOfAllItsAlerts) {
  ListDesk desk;
  desk.eight_alerts();
  const std::string id = desk.list().notice_id;
  desk.ring();
  EXPECT_EQ(desk.row(id).state, NoticeState::sent);
  EXPECT_EQ(desk.acknowledge({"li", "link", "", id, ""}), "taken");
  EXPECT_EQ(desk.acknowledge({"li", "link", "", id, ""}), "repeated");
  const Calls later = desk.called_within(minutes(9));
  EXPECT_EQ(later.size(), ListDesk::kSingly) << "the next step calls for those told singly alone";
}

TEST(NotifierDigest, TheReplyOneToAListIsTheSame) {
  ListDesk desk;
  desk.eight_alerts();
  desk.ring();
  ASSERT_TRUE(desk.sent.back().notice_id.ends_with("+"));
  EXPECT_EQ(desk.acknowledge({"li", "reply", "1", "", ""}), "taken");
  EXPECT_EQ(desk.called_within(minutes(9)).size(), ListDesk::kSingly);
}

// The phone of the desk hangs on a gateway.
class GatewayListDesk : public ListDesk {
 public:
  GatewayListDesk(ChannelKind kind, const std::string& target) {
    NotifierRules rules = test_rules();
    rules.channels = {channel_rule("phone", {})};
    rules.channels[0].kind = kind;
    rules.channels[0].target = target;
    rules.channels[0].account_file = "/nowhere";
    rules.channels[0].method = "sms";
    const auto answer = load(rules).answers.at(0);
    EXPECT_TRUE(answer.ok()) << answer.error().message;
  }
};

TEST(NotifierDigest, AListSaysACodeThatAnswersAllOfIt) {
  GatewayListDesk desk(ChannelKind::kannel_sms, "http://127.0.0.1:13013/cgi-bin/sendsms");
  desk.eight_alerts();
  const NoticeRow list = desk.list();
  const std::string code = digest_code(list.notice_id);
  EXPECT_TRUE(is_told_in(list.text, "回复1或" + code + "确认")) << list.text;
  desk.ring();
  desk.late(9);
  desk.advance(seconds(30));
  EXPECT_EQ(desk.acknowledge({"zhou", "reply", code, "", ""}), "not_found")
      << "it went to somebody else";
  EXPECT_EQ(desk.acknowledge({"li", "reply", "0" + code.substr(1) + "0", "", ""}), "not_found");
  std::string loud = code;
  for (char& c : loud) c = static_cast<char>(c >= 'a' && c <= 'f' ? c - 'a' + 'A' : c);
  EXPECT_EQ(desk.acknowledge({"li", "reply", loud, "", ""}), "taken");
  EXPECT_EQ(desk.acknowledge({"li", "reply", code, "", ""}), "repeated");
  EXPECT_EQ(desk.called_within(minutes(7)).size(), ListDesk::kSingly)
      << "the next step calls for those told singly alone";
}

TEST(NotifierDigest, NobodyIsToldToReplyWhereNoReplyComesBack) {
  GatewayListDesk desk(ChannelKind::ums_sms, "http://127.0.0.1:8899/sms/Api/Send.do");
  desk.eight_alerts();
  EXPECT_FALSE(is_told_in(desk.list().text, "回复")) << desk.list().text;
  for (const NoticeRow& row : desk.sent) EXPECT_FALSE(is_told_in(row.text, "回复")) << row.text;
}

TEST(NotifierDigest, AListThatIsRefusedGoesOnByTheNextMeansOfEachAlert) {
  ListDesk desk;
  desk.eight_alerts();
  desk.ring(DeliveryOutcome::rejected);
  EXPECT_EQ(desk.called_within(Duration(0)), Calls(5, "zhou/sms"))
      << "li has no other means: the next step, for each of the five";
}

TEST(NotifierDigest, AListThatWasNotDeliveredGoesOnForEachAlertToo) {
  ListDesk desk;
  desk.eight_alerts();
  const std::string id = desk.list().notice_id;
  desk.ring();
  const DeliveryReceipt failed{"phone", id, "", "failed"};
  EXPECT_EQ(desk.answer(topics::kDeliveryReceipt, failed), "taken");
  EXPECT_EQ(desk.called_within(Duration(0)), Calls(5, "zhou/sms"));
}

TEST(NotifierDigest, WhatHasEndedBeforeTheListGoesIsNotInIt) {
  ListDesk desk;
  desk.eight_alerts();
  std::set<std::string> singly;
  for (const NoticeRow& row : desk.sent) singly.insert(row.order_no);
  uint64_t left = desk.list().orders.value_or(1);
  for (uint64_t unit = 1; unit <= ListDesk::kUnits; ++unit) {
    if (singly.contains(order_of_unit(unit))) continue;
    const std::string id = desk.list().notice_id;
    desk.met(unit, "due");
    if (--left == 0) {
      EXPECT_EQ(desk.row(id).state, NoticeState::cancelled) << "nothing is left to tell";
      break;
    }
    const NoticeRow list = desk.list();
    EXPECT_EQ(list.orders, left);
    EXPECT_TRUE(is_told_in(list.text, std::to_string(left) + "件")) << list.text;
    EXPECT_FALSE(is_told_in(list.text, order_of_unit(unit))) << list.text;
  }
  EXPECT_TRUE(desk.due("phone").rows.empty());
}

TEST(NotifierDigest, AnAcknowledgementTakesItsAlertOutOfTheListThatWaits) {
  ListDesk desk;
  desk.eight_alerts();
  const NoticeRow list = desk.list();
  const std::string first = list.notice_id.substr(0, list.notice_id.size() - 1);
  const NoticeRow member = desk.row(first);
  ASSERT_EQ(member.state, NoticeState::merged);
  EXPECT_EQ(desk.acknowledge({"li", "cli", "", "", *member.alert}), "taken");
  EXPECT_EQ(desk.row(first).state, NoticeState::cancelled);
  EXPECT_EQ(desk.row(list.notice_id).orders, 4U);
  EXPECT_FALSE(is_told_in(desk.row(list.notice_id).text, member.order_no));
}

// It waits again under its own id, and the list that it left has gone out.
TEST(NotifierDigest, ACallThatLeftAListIsToldByALaterOneOfWhichItIsTheFirst) {
  ListDesk desk;
  desk.eight_alerts();
  const NoticeRow list = desk.list();
  const std::string first = list.notice_id.substr(0, list.notice_id.size() - 1);
  const std::string order = desk.row(first).order_no;
  const std::string unit = "unit=unit_" + order.substr(order.size() - 1);
  const SilenceAdd quiet{"s1", unit, desk.now, desk.now + minutes(10), "zhou", "管网抢修"};
  ASSERT_EQ(desk.answer(topics::kSilenceAdd, quiet), "taken");
  desk.advance(seconds(0));
  EXPECT_EQ(desk.row(first).state, NoticeState::cancelled);
  desk.advance(seconds(30));
  desk.ring();
  EXPECT_EQ(desk.row(list.notice_id).state, NoticeState::sent);
  ASSERT_EQ(desk.answer(topics::kSilenceLift, SilenceLift{"s1", "zhou"}), "taken");
  desk.advance(seconds(0));
  EXPECT_EQ(desk.row(first).state, NoticeState::queued);
  desk.late(9);
  desk.late(11);
  for (int turn = 0; turn < 3; ++turn) {
    desk.advance(seconds(30));
    desk.ring();
  }
  ASSERT_EQ(desk.row(first).state, NoticeState::merged);
  const NoticeRow later = desk.row(*desk.row(first).digest);
  EXPECT_EQ(later.state, NoticeState::sent);
  EXPECT_NE(later.notice_id, list.notice_id);
  EXPECT_TRUE(is_told_in(later.text, order)) << later.text;
}

TEST(NotifierDigest, ACallThatHasGrownWhileItWaitsInAListSaysSoThereAndIsNotQueuedTwice) {
  ListDesk desk;
  std::string text = kLadders;
  const std::string next = "      - {tell: [{role: team_leader}], wait: 30m}\neverybody:";
  text.replace(text.find(next), next.size(),
               "      - {tell: [{rota: seat}], wait: 30m}\neverybody:");
  auto ladders = parse_alerting_rules(text, "ladders");
  ASSERT_TRUE(ladders.ok()) << ladders.error().message;
  desk.input(rules_input(Callouts::kRulesName, *ladders));
  desk.eight_alerts();
  const NoticeRow list = desk.list();
  const NoticeRow member = desk.row(list.notice_id.substr(0, list.notice_id.size() - 1));
  for (uint64_t unit = 1; unit <= ListDesk::kUnits; ++unit) {
    if (order_of_unit(unit) == member.order_no) desk.late(unit, "A-200");
  }
  EXPECT_EQ(desk.called_within(minutes(9)), Calls(ListDesk::kSingly, "li/sms"))
      << "the next step calls li again, of those in the list by the list";
  const NoticeRow renewed = desk.row(list.notice_id);
  EXPECT_EQ(renewed.state, NoticeState::queued);
  EXPECT_EQ(renewed.orders, 6U);
  EXPECT_TRUE(is_told_in(renewed.text, "6件工单")) << renewed.text;
  EXPECT_TRUE(is_told_in(renewed.text, "A-200等2件")) << renewed.text;
}

// A robot's group has the calls of its method and the board of its topics.
class RobotListDesk : public CalloutFixture {
 public:
  explicit RobotListDesk(std::vector<std::string> topics) {
    std::string text = kLadders;
    const std::string spool = "  spool: {limits: [{count: 1000, per: 1s}]}\n";
    text.replace(text.find(spool), spool.size(),
                 "  dingtalk_robot:\n    limits: [{count: 1, per: 1m}]\n"
                 "    digest: {count: 1, window: 1m, collect: 0s}\n");
    text.replace(text.find("default: [{sms: 0s}]"), 20, "default: [{robot: 0s}]");
    auto ladders = parse_alerting_rules(text, "ladders");
    EXPECT_TRUE(ladders.ok()) << ladders.error().message;
    input(rules_input(Callouts::kRulesName, *ladders));
    NotifierRules rules = test_rules();
    rules.channels = {channel_rule("group", std::move(topics))};
    rules.channels[0].kind = ChannelKind::dingtalk_robot;
    rules.channels[0].target = "https://oapi.dingtalk.com/robot/send";
    rules.channels[0].account_file = "/nowhere";
    rules.channels[0].method = "robot";
    load(rules);
  }
};

TEST(NotifierDigest, CallsAndWhatABoardShowsAreTwoLists) {
  RobotListDesk desk({"deadline.breached"});
  constexpr uint64_t kOrders = 6;
  for (uint64_t order = 1; order <= kOrders; ++order) {
    DeadlineAlert alert = alert_of("A-" + std::to_string(order), 100);
    alert.level = "orange";
    alert.lead_unit = unit_of(order);
    desk.event(kAlertStream, topics::kDeadlineBreached, alert, order);
  }
  std::map<bool, uint64_t> told;
  for (int turn = 0; turn < 12; ++turn) {
    desk.advance(seconds(30));
    for (const NoticeRow& row : desk.due("group").rows) {
      if (desk.begin(row.notice_id, row.attempts + 1) != "go") continue;
      desk.end(row.notice_id, row.attempts + 1, DeliveryOutcome::accepted);
      told[is_call(row)] += row.orders.value_or(1);
      if (!is_digest(row.notice_id)) continue;
      EXPECT_EQ(row.text.starts_with("【汇总提醒】"), is_call(row)) << row.text;
      EXPECT_EQ(row.alert.has_value() || row.person.has_value(), is_call(row)) << row.text;
    }
  }
  EXPECT_EQ(told[false], kOrders) << "the board shows each once";
  EXPECT_EQ(told[true], kOrders) << "each is called once";
}

// Several of a group are called by one list: the robot mentions each of them.
TEST(NotifierDigest, AListInAGroupKnowsEachPersonWhomItCalls) {
  RobotListDesk desk({});
  for (uint64_t order = 1; order <= 3; ++order) {
    desk.deadline(order, "A-" + std::to_string(order), "red", 100);
  }
  std::optional<NoticeRow> list;
  for (int turn = 0; turn < 6 && !list; ++turn) {
    desk.advance(seconds(30));
    for (const NoticeRow& row : desk.due("group").rows) {
      if (is_digest(row.notice_id)) list = row;
      if (list || desk.begin(row.notice_id, row.attempts + 1) != "go") continue;
      desk.end(row.notice_id, row.attempts + 1, DeliveryOutcome::accepted);
    }
  }
  ASSERT_TRUE(list.has_value());
  EXPECT_FALSE(list->person.has_value());
  EXPECT_EQ(list->persons, (Calls{"li", "zhou"}));
  EXPECT_FALSE(is_told_in(list->text, "回复")) << "nobody answers in a group: " << list->text;
}

// Alarms of the monitoring have no order: what they say is all there is of them.
class AlarmDesk : public CalloutFixture {
 public:
  AlarmDesk() {
    auto shipped = load_alerting_rules(JIEBAN_SOURCE_DIR "/config/escalation.yaml");
    EXPECT_TRUE(shipped.ok()) << shipped.error().message;
    input(rules_input(Callouts::kRulesName, *shipped));
    auto words = load_notice_rules(JIEBAN_SOURCE_DIR "/config/notices.yaml", "/nowhere");
    EXPECT_TRUE(words.ok()) << words.error().message;
    words->channels = {channel_rule("phone", {}), channel_rule("group", {})};
    words->channels[0].method = "sms";
    words->channels[1].method = "robot";
    load(*words);
  }
  void alarm(const std::string& name, const std::string& severity, const std::string& summary) {
    AlertRaised raised{"alertmanager",
                       {{"alertname", name}, {"severity", severity}, {"daemon", name}},
                       {{"summary", summary}}};
    EXPECT_EQ(answer(topics::kAlertRaised, raised), "taken");
  }
  // What goes to the person's phone within the time, with the second at which it goes.
  std::vector<std::pair<int64_t, NoticeRow>> phoned(const std::string& person, Duration span) {
    std::vector<std::pair<int64_t, NoticeRow>> went;
    const Timestamp start = now;
    while (now < start + span) {
      for (int turn = 0; turn < 2; ++turn) {
        for (const NoticeRow& row : due("phone").rows) {
          if (begin(row.notice_id, row.attempts + 1) != "go") continue;
          end(row.notice_id, row.attempts + 1, DeliveryOutcome::accepted);
          if (row.person == person) went.emplace_back((now - start) / seconds(1), row);
        }
      }
      advance(seconds(1));
    }
    return went;
  }
};

TEST(NotifierDigest, CriticalAlarmsAreToldWithinAMinuteAndEachInItsOwnWords) {
  AlarmDesk desk;
  const std::vector<std::string> daemons = {"receiver", "router", "watcher", "archiver"};
  for (const std::string& each : daemons) desk.alarm(each, "critical", each + "停了");
  const auto went = desk.phoned("li", minutes(2));
  std::set<std::string> told;
  uint64_t counted = 0;
  for (const auto& [second, row] : went) {
    EXPECT_LE(second, 60) << row.text;
    counted += row.orders.value_or(1);
    for (const std::string& each : daemons) {
      if (is_told_in(row.text, each + "停了")) told.insert(each);
    }
    EXPECT_FALSE(is_told_in(row.text, "件工单")) << "no order is meant: " << row.text;
  }
  EXPECT_EQ(told.size(), daemons.size());
  EXPECT_EQ(counted, daemons.size());
  EXPECT_LE(went.size(), 2U) << "one message a minute";
}

TEST(NotifierDigest, EmergenciesThatCannotAllGoAtOnceAreAListThatNamesEach) {
  AlarmDesk desk;
  for (int i = 0; i < 6; ++i) {
    desk.alarm("later" + std::to_string(i), "critical", "告警" + std::to_string(i));
    desk.phoned("li", minutes(4));
  }
  desk.emergency(1, "A-1");
  desk.emergency(2, "A-2");
  const auto went = desk.phoned("li", minutes(10));
  ASSERT_FALSE(went.empty());
  EXPECT_TRUE(is_told_in(went.front().second.text, "A-1") &&
              is_told_in(went.front().second.text, "A-2"))
      << went.front().second.text;
}

}  // namespace
}  // namespace jieban
