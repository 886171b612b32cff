// DOMAIN §19 scenario 4 and §13.4, from the door to the phones: who is called for an emergency that
// nobody signs, by the shipped ladders and the shipped rota, whatever is restarted in between.
#include <algorithm>
#include <map>
#include <set>

#include "common/duty/roster.h"
#include "daemons/notifier/callout/callout.h"
#include "daemons/notifier/delivery.h"
#include "tests/scenarios/desk.h"
#include "tests/support/core_harness.h"

namespace jieban {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

struct Call {
  std::string person;
  std::string method;
  int64_t second = 0;  // since the start
};

// About the missing signature; the clocks that start with it are another matter.
std::vector<Call> calls_of(const Desk& desk, Timestamp start) {
  std::set<std::string> alerts;
  for (const Event& event : desk.told("notifier", topics::kAlertOpened)) {
    const auto step = payload_of<AlertStep>(event);
    if (step.topic == "emergency.unsigned") alerts.insert(step.alert);
  }
  std::vector<Call> calls;
  for (const Event& event : desk.told("notifier", topics::kNoticeQueued)) {
    const auto step = payload_of<NoticeStep>(event);
    if (!step.person || !alerts.contains(*step.alert)) continue;
    calls.push_back({*step.person, *step.method, (event.occurred_at - start) / seconds(1)});
  }
  return calls;
}

// The second at which the person was first called by text message; -1: never.
int64_t first_call(const std::vector<Call>& calls, const std::string& person) {
  for (const Call& call : calls) {
    if (call.person == person && call.method == "sms") return call.second;
  }
  return -1;
}

std::string on_duty_by(const RotaBook& book, const std::string& rota, Timestamp at) {
  return on_duty(*book.find_rota(rota), book.changes, at).at(0);
}

TEST(Scenario04, TheSeatThenTheLeaderThenTheStreetAreCalledAndNobodyAfterTheSignature) {
  const FiveRules rules = shipped_five_rules();
  Desk desk(rules);
  const Timestamp start = desk.now();
  Submission order = Desk::leak("260310000001");
  order.urgency = "emergency";
  desk.submit(order);
  for (int i = 0; i < 31; ++i) {
    desk.advance(seconds(30));
    desk.restart("notifier");
  }
  const std::string seat = on_duty_by(rules.rota, "seat", start);
  const std::string leader = on_duty_by(rules.rota, "team_leader", start);
  const std::string chief = on_duty_by(rules.rota, "duty_leader", start);
  const auto calls = calls_of(desk, start);
  EXPECT_EQ(first_call(calls, seat), 0) << "an emergency is told at once";
  EXPECT_EQ(first_call(calls, leader), 300) << "not acknowledged within five minutes";
  EXPECT_EQ(first_call(calls, chief), 600) << "when the ten minutes are over";
  std::set<std::string> called;
  for (const Call& call : calls) called.insert(call.person);
  EXPECT_EQ(called, (std::set<std::string>{seat, leader, chief})) << "who is off duty sleeps";

  desk.take(order.order_no, {"sign", "seat"});
  const size_t before = calls_of(desk, start).size();
  for (const Event& event : desk.told("notifier", topics::kAlertOpened)) {
    EXPECT_EQ(payload_of<AlertStep>(event).orders, 1U);
  }
  desk.advance(minutes(60));
  EXPECT_EQ(calls_of(desk, start).size(), before) << "signed: no more";
  EXPECT_EQ(desk.set_aside(), std::vector<std::string>());
}

// One alarm that calls a person by one means, at a second since the start.
struct CallCount {
  std::string alarm;  // the level that its clock has reached; "" : it has just come in
  std::string person;
  std::string method;
  int64_t second = 0;
  auto operator<=>(const CallCount&) const = default;
};

void PrintTo(const CallCount& call, std::ostream* out) {
  *out << call.second << " s [" << call.alarm << "] " << call.person << " by " << call.method;
}

std::string level_in(const std::string& labels) {
  const std::string name = "level=\"";
  const size_t at = labels.find(name);
  if (at == std::string::npos) return "";
  return labels.substr(at + name.size(), labels.find('"', at + name.size()) - at - name.size());
}

// Every call about the missing signature, as often as it was made; sorted.
std::vector<CallCount> all_calls(const Desk& desk, Timestamp start) {
  std::map<std::string, std::string> levels;
  for (const Event& event : desk.told("notifier", topics::kAlertOpened)) {
    const auto step = payload_of<AlertStep>(event);
    if (step.topic == "emergency.unsigned") levels[step.alert] = level_in(step.labels);
  }
  std::vector<CallCount> calls;
  for (const Event& event : desk.told("notifier", topics::kNoticeQueued)) {
    const auto step = payload_of<NoticeStep>(event);
    if (!step.person || !levels.contains(*step.alert)) continue;
    calls.push_back({levels[*step.alert], *step.person, *step.method,
                     (event.occurred_at - start) / seconds(1)});
  }
  std::ranges::sort(calls);
  return calls;
}

// As gateways that take everything.
void send_all(Desk& desk, std::set<std::string>& sent) {
  for (const Event& event : desk.told("notifier", topics::kNoticeQueued)) {
    const std::string id = payload_of<NoticeStep>(event).notice_id;
    if (sent.contains(id)) continue;
    Input begin;
    begin.topic = topics::kDeliveryBegin;
    begin.payload = encode_payload(DeliveryBegin{id, 1});
    const auto said = desk.input("notifier", begin);
    if (!said.ok() || *said != "go") continue;
    sent.insert(id);
    Input end;
    end.topic = topics::kDeliveryEnd;
    end.payload = encode_payload(DeliveryEnd{id, 1, DeliveryOutcome::accepted, std::nullopt});
    (void)desk.input("notifier", end);
  }
}

// Both means of a person, at an alarm's second.
void expect_call(std::vector<CallCount>& calls, const std::string& alarm, const std::string& person,
                 int64_t second) {
  for (const char* method : {"robot", "sms"}) calls.push_back({alarm, person, method, second});
}

TEST(Scenario04, EachAlarmCallsEachOfItsPersonsOnceByEachMeansAndOfThemRedRepeats) {
  const FiveRules rules = shipped_five_rules();
  Desk desk(rules);
  const Timestamp start = desk.now();
  Submission order = Desk::leak("260310000001");
  order.urgency = "emergency";
  desk.submit(order);
  std::set<std::string> sent;
  // Every half minute: between any two alarms there are restarts of all who have a part in them.
  const auto live_until = [&](Duration end) {
    while (desk.now() < start + end) {
      desk.advance(seconds(30));
      send_all(desk, sent);
      for (const char* daemon : {"router", "sla-watcher", "notifier"}) desk.restart(daemon);
    }
  };
  send_all(desk, sent);
  live_until(minutes(35));
  const auto on = [&](const char* rota, int64_t second) {
    return on_duty_by(rules.rota, rota, start + seconds(second));
  };
  std::vector<CallCount> expected;
  // When it comes in, and up its ladder while nobody says that he knows, until the breach.
  for (const auto& [rota, second] : {std::pair{"seat", 0}, std::pair{"team_leader", 300}}) {
    expect_call(expected, "", on(rota, second), second);
  }
  // Half, three quarters and all of the ten minutes.
  expect_call(expected, "blue", on("seat", 300), 300);
  for (const char* rota : {"seat", "team_leader"}) {
    expect_call(expected, "yellow", on(rota, 450), 450);
  }
  // Red comes again every ten minutes, to whoever is on duty then.
  for (const int64_t second : {600, 1200, 1800}) {
    for (const char* rota : {"seat", "team_leader", "duty_leader"}) {
      expect_call(expected, "red", on(rota, second), second);
    }
  }
  std::ranges::sort(expected);
  EXPECT_EQ(all_calls(desk, start), expected);

  desk.take(order.order_no, {"sign", "seat"});
  for (int i = 0; i < 6; ++i) {
    desk.advance(minutes(30));
    send_all(desk, sent);
    desk.restart("notifier");
  }
  EXPECT_EQ(all_calls(desk, start), expected) << "signed: no more";
  EXPECT_EQ(desk.set_aside(), std::vector<std::string>());
}

TEST(Scenario04, AnAcknowledgementOfTheSeatSparesTheLeader) {
  const FiveRules rules = shipped_five_rules();
  Desk desk(rules);
  const Timestamp start = desk.now();
  Submission order = Desk::leak("260310000001");
  order.urgency = "emergency";
  desk.submit(order);
  desk.advance(minutes(1));
  AlertAcknowledge ack;
  ack.person = on_duty_by(rules.rota, "seat", start);
  ack.via = "reply";
  // What the message carries; "1" would ask for a gateway that has taken it.
  const auto opened = desk.told("notifier", topics::kAlertOpened);
  ASSERT_FALSE(opened.empty());
  ack.code = code_of(payload_of<AlertStep>(opened.front()).alert);
  Input made;
  made.topic = topics::kAlertAcknowledge;
  made.payload = encode_payload(ack);
  auto answer = desk.input("notifier", made);
  ASSERT_TRUE(answer.ok()) << answer.error().message;
  EXPECT_EQ(*answer, "taken");
  desk.advance(minutes(6));
  const std::string leader = on_duty_by(rules.rota, "team_leader", start);
  // The rung at 7.5 minutes is another matter: then the leader is told, whatever the seat said.
  EXPECT_EQ(first_call(calls_of(desk, start), leader), -1);
}

// DOMAIN §4.4: red every two hours until stopped, whoever has said that he knows.
TEST(Scenario04, ARedOneIsToldAgainTwoHoursAfterItsAcknowledgement) {
  const FiveRules rules = shipped_five_rules();
  Desk desk(rules);
  Submission order = Desk::leak("260310000001");
  order.urgency = "emergency";
  desk.submit(order);
  desk.advance(minutes(12));
  std::string red;
  for (const Event& event : desk.told("notifier", topics::kAlertOpened)) {
    const auto step = payload_of<AlertStep>(event);
    if (step.policy == "emergency_red") red = step.alert;
  }
  ASSERT_NE(red, "");
  const auto called = [&] {
    std::set<std::string> persons;
    for (const Event& event : desk.told("notifier", topics::kNoticeQueued)) {
      const auto step = payload_of<NoticeStep>(event);
      if (step.alert == red && event.occurred_at > desk.now() - minutes(90)) {
        persons.insert(*step.person);
      }
    }
    return persons;
  };
  const auto at_first = called();
  ASSERT_EQ(at_first.size(), 3U) << "seat, team leader, leader of the street";
  for (int round = 0; round < 2; ++round) {
    AlertAcknowledge ack;
    ack.person = *at_first.begin();
    ack.via = "link";
    ack.alert = red;
    Input made;
    made.topic = topics::kAlertAcknowledge;
    made.payload = encode_payload(ack);
    auto answer = desk.input("notifier", made);
    ASSERT_TRUE(answer.ok()) << answer.error().message;
    ASSERT_EQ(*answer, "taken");
    desk.advance(hours(2) - minutes(1));
    EXPECT_EQ(called(), std::set<std::string>()) << "he knows";
    desk.advance(minutes(2));
    EXPECT_EQ(called().size(), 3U) << "and nothing has come of it";
  }
  desk.take(order.order_no, {"sign", "seat"});
  desk.advance(hours(5));
  EXPECT_EQ(called(), std::set<std::string>()) << "stopped";
}

}  // namespace
}  // namespace jieban
