// A notifier whose alerts call people: small ladders, a rota of two seats, channels for sms and
// robot.
#pragma once

#include "common/alerting/escalation_file.h"
#include "common/duty/rota.h"
#include "daemons/notifier/inputs.h"
#include "tests/unit/daemons/notifier/notifier_fixture.h"

namespace jieban {

inline const std::string kLadders = R"(
version: "1"
routes:
  receiver: others
  group_by: [topic, unit]
  group_wait: 30s
  group_interval: 5m
  repeat_interval: 4h
  routes:
    - {matchers: [topic=emergency.unsigned], receiver: emergency, group_by: ["..."], group_wait: 0s}
    - {matchers: [topic=deadline, level=red], receiver: red, group_wait: 0s, repeat_interval: 2h}
    - {matchers: [topic=deadline, level=blue], receiver: others, mute_times: [night]}
times:
  night: [{times: ["22:00-07:00"]}]
  day: [{times: ["07:00-22:00"]}]
inhibitions:
  - {source: [topic=unit.down], target: [topic=deadline, level=~"blue|yellow"], equal: [unit]}
silences: {length_max: 24h, reason_characters_min: 4, never: [class=emergency]}
policies:
  emergency:
    steps:
      - {tell: [{rota: seat}], wait: 5m}
      - {tell: [{role: team_leader}], wait: 10m}
      - {tell: [{role: street_leader}], wait: 10m}
    repeat: for_ever
    lapse: 2h
  red:
    steps:
      - {tell: [{rota: seat}, {role: team_leader}], wait: 2h}
    repeat: for_ever
  others:
    steps:
      - {tell: [{rota: seat}], wait: 8m}
      - {tell: [{role: team_leader}], wait: 30m}
everybody:
  default: [{sms: 0s}]
  emergency: [{sms: 0s}, {robot: 1m}]
destinations:
  spool: {limits: [{count: 1000, per: 1s}]}
  alert_sms:
    limits: [{count: 5, per: 15m}]
    digest: {count: 3, window: 15m, collect: 30s}
)";

inline RotaBook two_seats() {
  RotaBook book;
  book.version = "1";
  book.persons = {{"li", "李", {"seat"}},
                  {"zhao", "赵", {"seat"}},
                  {"zhou", "周", {"team_leader"}},
                  {"wu", "吴", {"street_leader"}}};
  Rota seat;
  seat.id = "seat";
  seat.name = "坐席";
  DutyRule day;
  day.id = "day";
  day.persons = {"li"};
  day.window.begin = 8 * 3600;
  day.window.end = 20 * 3600;
  seat.rules = {day};
  seat.cover = {day.window};
  book.rotas = {seat};
  return book;
}

class CalloutFixture : public NotifierFixture {
 public:
  CalloutFixture() {
    NotifierRules rules = test_rules();
    rules.channels = {channel_rule("phone", {}), channel_rule("group", {})};
    rules.channels[0].method = "sms";
    rules.channels[0].receipt_within_micros = 120'000'000;
    rules.channels[1].method = "robot";
    load(rules);
    auto ladders = parse_alerting_rules(kLadders, "ladders");
    EXPECT_TRUE(ladders.ok()) << ladders.error().message;
    input(rules_input(Callouts::kRulesName, *ladders));
    input(rules_input(Callouts::kRotaName, two_seats()));
  }

  // What was told since the last look.
  std::vector<Event> emergency(uint64_t order_id, const std::string& order_no) {
    OrderOpening opening;
    opening.order_no = order_no;
    opening.order_class = "emergency";
    opening.category = "市政设施>燃气";
    opening.community = "真武庙社区";
    return events_of(event(kRouterStream, topics::kOrderOpened, opening, order_id));
  }
  std::vector<Event> deadline(uint64_t order_id, const std::string& order_no,
                              const std::string& level, uint64_t percent = 75) {
    DeadlineAlert alert = alert_of(order_no, percent);
    alert.level = level;
    const std::string_view topic =
        percent >= 100 ? topics::kDeadlineBreached : topics::kDeadlineWarned;
    return events_of(event(kAlertStream, topic, alert, order_id));
  }
  std::vector<Event> met(uint64_t order_id, const std::string& clock) {
    ClockChanges changes;
    ClockChange& change = changes.changes.emplace_back();
    change.clock = clock;
    change.change = "met";
    return events_of(event(kAlertStream, topics::kClockChanged, changes, order_id));
  }
  std::vector<Event> moved(uint64_t order_id, const std::string& topic, OrderState from,
                           OrderState to) {
    OrderMove move;
    move.order_no = "A-1";
    move.from = from;
    move.to = to;
    return events_of(event(kRouterStream, topic, move, order_id));
  }
  // Timers fire in their own time.
  std::vector<Event> advance(Duration by) {
    std::vector<Event> told;
    const Timestamp until = now + by;
    while (true) {
      const Timestamp due = next_due();
      if (due > until) break;
      now = std::max(now, due);
      for (Event& each : events_of(run({now, {BatchPart{}}}))) told.push_back(std::move(each));
    }
    now = until;
    return told;
  }
  Timestamp next_due() {
    auto txn = fold().environment().read();
    return *core().next_due(*txn);
  }
  template <class Payload>
  std::string answer(std::string_view topic, const Payload& payload) {
    auto answer = input(topic, payload).answers.at(0);
    return answer.ok() ? *answer : std::string(to_string(answer.error().code));
  }
};

// "li/sms" of each notice that was queued for a person.
inline std::vector<std::string> calls_in(const std::vector<Event>& told) {
  std::vector<std::string> calls;
  for (const Event& event : told) {
    if (event.topic != topics::kNoticeQueued) continue;
    const NoticeStep step = notice_of(event);
    if (step.person) calls.push_back(*step.person + "/" + *step.method);
  }
  return calls;
}

inline size_t count_of(const std::vector<Event>& told, std::string_view topic) {
  size_t count = 0;
  for (const Event& event : told) count += event.topic == topic ? 1 : 0;
  return count;
}

inline AlertStep alert_in(const std::vector<Event>& told, std::string_view topic) {
  for (const Event& event : told) {
    if (event.topic == topic) return *decode_payload<AlertStep>(event.payload);
  }
  ADD_FAILURE() << "nothing was told as " << topic;
  return {};
}

inline NoticeStep queued_in(const std::vector<Event>& told) {
  for (const Event& event : told) {
    if (event.topic == topics::kNoticeQueued) return notice_of(event);
  }
  ADD_FAILURE() << "nothing was queued";
  return {};
}

}  // namespace jieban
