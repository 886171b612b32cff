// The checkers that follow something through time: orders, clocks and notices.
#include <algorithm>
#include <array>
#include <set>

#include "common/domain/topics.h"
#include "common/wire/payload.h"
#include "daemons/sla-watcher/rungs.h"
#include "tests/simulation/checkers.h"
#include "tests/simulation/sim_rules.h"

namespace jieban {
namespace {

std::string at(const Event& event) {
  return event.stream + " " + std::to_string(event.sequence) + " " + event.topic;
}

// One order, as its events tell it.
struct Life {
  std::string order_no;
  OrderState state = OrderState::new_order;
};

// Where a command leads to several states, the event says to which.
std::string_view choice_of(const OrderMove& move) {
  return move.command == "redo" ? to_string(move.to) : std::string_view();
}

std::string take_move(const Event& event, Life& life) {
  auto move = decode_payload<OrderMove>(event.payload);
  if (!move.ok()) return move.error().message;
  if (move->from != life.state) return "does not start where the order stands";
  if (event.topic == topics::kOrderUnrouted) {
    return move->to == life.state ? "" : "moved without a row of the life cycle";
  }
  const Transition* row = find_transition(life.state, move->command, choice_of(*move));
  if (row == nullptr || (row->to && row->to != move->to) || row->topic != event.topic) {
    return "is no row of the life cycle";
  }
  if (has_guard(*row->rule, Guard::needs_unit) && !move->lead_unit) return "names no unit";
  life.state = move->to;
  return "";
}

std::string take_order_event(const Event& event, std::map<uint64_t, Life>& lives) {
  bool opened = event.topic == topics::kOrderOpened;
  if (opened || event.topic == topics::kOrderAmended) {
    auto opening = decode_payload<OrderOpening>(event.payload);
    if (!opening.ok()) return opening.error().message;
    bool fresh = lives.try_emplace(event.order_id, Life{opening->order_no, {}}).second;
    return fresh == opened ? "" : "opened twice, or amended before it was opened";
  }
  auto life = lives.find(event.order_id);
  if (life == lives.end()) return "before the order was opened";
  return take_move(event, life->second);
}

struct WatchedClock {
  bool running = false;
  Timestamp started_at;
  Timestamp deadline;
  Timestamp seen_at;
  std::set<std::pair<uint64_t, uint64_t>> told;  // percent, repeat
  bool was_missed = false;                       // as was the one that it superseded: that was told
};
using ClockKey = std::pair<uint64_t, std::string>;

void take_changes(const Event& event, std::map<ClockKey, WatchedClock>& clocks, Findings& found) {
  auto changes = decode_payload<ClockChanges>(event.payload);
  if (!changes.ok()) {
    found.push_back(at(event) + ": " + changes.error().message);
    return;
  }
  for (const ClockChange& change : changes->changes) {
    WatchedClock& clock = clocks[{event.order_id, change.clock}];
    bool starts = change.change == "started";
    if (starts == clock.running) found.push_back(at(event) + ": " + change.clock + " cannot");
    const bool told = clock.was_missed || clock.told.contains({kBreachPercent, 0});
    const bool missed = told && change.deadline < event.occurred_at;
    clock = {starts,
             change.started_at.value_or(clock.started_at),
             change.deadline,
             event.occurred_at,
             {},
             missed};
  }
}

void take_alert(const Event& event, std::map<ClockKey, WatchedClock>& clocks, Findings& found) {
  auto alert = decode_payload<DeadlineAlert>(event.payload);
  if (!alert.ok()) {
    found.push_back(at(event) + ": " + alert.error().message);
    return;
  }
  WatchedClock& clock = clocks[{event.order_id, alert->clock}];
  bool breach = event.topic == topics::kDeadlineBreached;
  if (!clock.running) found.push_back(at(event) + ": the clock does not run");
  if (breach != (alert->percent == kBreachPercent)) found.push_back(at(event) + ": wrong topic");
  const ClockSpan span{clock.started_at, clock.deadline};
  if (rung_time(span, alert->percent, nullptr) > event.occurred_at) {
    found.push_back(at(event) + ": before it is due");
  }
  const bool fresh = clock.told.emplace(alert->percent, alert->repeat.value_or(0)).second;
  if (!fresh) found.push_back(at(event) + ": told twice");
}

// Rungs that lay in the past when the clock was first seen are not told.
void check_told(const ClockKey& key, const WatchedClock& clock, Timestamp now, Findings& found) {
  if (clock.was_missed) return;
  const ClockRules rules = sim_clock_rules(1);
  ClockKind kind{};
  CHECK(from_string(key.second, kind));
  // No class of the simulation has a ladder of its own.
  const LadderQuestion question{rules.ladder, kind, "", nullptr};
  const ClockSpan span{clock.started_at, clock.deadline};
  const auto look = [&](Armed rung, uint64_t repeat) {
    const bool due = rung.percent != 0 && rung.fires_at <= now;
    if (!due || clock.told.contains({rung.percent, repeat})) return;
    found.push_back("order " + std::to_string(key.first) + " " + key.second + " " +
                    std::to_string(rung.percent) + "% was never told");
  };
  if (kWindows.has(kind)) {
    if (clock.deadline < now) found.push_back("a window that did not lapse");
    return;
  }
  for (Armed rung = next_rung(question, span, 0, clock.seen_at); rung.percent != 0;
       rung = next_rung(question, span, rung.percent, std::nullopt)) {
    look(rung, 0);
  }
  for (uint64_t told = 1; told <= rules.ladder.repeats_max; ++told) {
    const Armed again = next_repeat(rules.ladder, clock.deadline, told);
    // Of a clock that was late when it was first seen, the repeats of the past are not told.
    if (again.fires_at <= clock.seen_at) continue;
    look(again, told);
  }
}

struct NoticeLife {
  uint64_t begun = 0;
  bool ended = false;
};

}  // namespace

Findings check_life_cycles(const History& history) {
  Findings found;
  std::map<uint64_t, Life> lives;
  for (const Event& event : history.events("router")) {
    if (!event.topic.starts_with("order.")) continue;
    std::string wrong = take_order_event(event, lives);
    if (!wrong.empty()) found.push_back(at(event) + ": " + wrong);
  }
  std::set<uint64_t> received;
  for (const Event& event : history.events("receiver")) {
    if (event.topic == topics::kOrderReceived) received.insert(event.order_id);
  }
  for (uint64_t order_id : received) {
    std::string order = "order " + std::to_string(order_id);
    auto life = lives.find(order_id);
    auto summary = history.summaries.find(order_id);
    if (life == lives.end()) {
      found.push_back(order + " was never opened");
    } else if (summary == history.summaries.end()) {
      found.push_back(order + " is not in the archive");
    } else if (summary->second.order_no != life->second.order_no ||
               summary->second.state != life->second.state) {
      found.push_back(order + " stands elsewhere in the archive");
    }
  }
  if (lives.size() != received.size() || history.summaries.size() != received.size()) {
    found.push_back("there are more orders than were received");
  }
  return found;
}

Findings check_alerts(const History& history) {
  Findings found;
  std::map<ClockKey, WatchedClock> clocks;
  for (const Event& event : history.events("sla-watcher")) {
    if (event.topic == topics::kClockChanged) take_changes(event, clocks, found);
    bool alert = event.topic == topics::kDeadlineWarned || event.topic == topics::kDeadlineBreached;
    if (alert) take_alert(event, clocks, found);
  }
  for (const auto& [key, clock] : clocks) {
    if (clock.running) check_told(key, clock, history.ended_at, found);
  }
  return found;
}

Findings check_notices(const History& history) {
  Findings found;
  std::map<std::string, std::string> ids;  // by cause and channel
  std::map<std::string, NoticeLife> notices;
  for (const Event& event : history.events("notifier")) {
    if (!event.topic.starts_with("notice.")) continue;
    auto step = decode_payload<NoticeStep>(event.payload);
    if (!step.ok()) {
      found.push_back(at(event) + ": " + step.error().message);
      continue;
    }
    if (step->person) continue;  // of a ladder: check_ladders
    std::string cause =
        event.cause.stream + ":" + std::to_string(event.cause.sequence) + ":" + step->channel;
    auto [known, fresh] = ids.try_emplace(cause, step->notice_id);
    if (known->second != step->notice_id) found.push_back(cause + " has two ids");
    bool queued = event.topic == topics::kNoticeQueued;
    if (queued != fresh) found.push_back(at(event) + ": queued twice, or never");
    NoticeLife& life = notices[step->notice_id];
    if (life.ended) found.push_back(at(event) + ": after its end");
    if (event.topic == topics::kNoticeAttempted) life.begun = step->attempt;
    life.ended = event.topic == topics::kNoticeSent || event.topic == topics::kNoticeAbandoned;
  }
  if (ids.size() != notices.size()) found.push_back("two causes share a notice id");
  for (const auto& [id, life] : notices) {
    if (!life.ended) found.push_back(id + " was neither sent nor abandoned");
  }
  std::set<std::pair<std::string, uint64_t>> out;
  for (const WentOut& message : history.went_out) {
    auto life = notices.find(message.notice_id);
    bool begun = life != notices.end() && message.attempt <= life->second.begun;
    if (!message.alert.empty()) continue;
    if (!begun) found.push_back(message.notice_id + " went out before its attempt was committed");
    if (!out.insert({message.notice_id, message.attempt}).second) {
      found.push_back(message.notice_id + " went out twice in one attempt");
    }
  }
  for (const char* source : {"router", "sla-watcher"}) {
    for (const Event& event : history.events(source)) {
      bool told =
          event.topic == topics::kDeadlineBreached || event.topic == topics::kDeadlineWarned;
      if (!told && event.topic != topics::kOrderUnrouted) continue;
      std::string cause = event.stream + ":" + std::to_string(event.sequence) + ":desk";
      if (!ids.contains(cause)) found.push_back(at(event) + " was told to nobody");
    }
  }
  return found;
}

}  // namespace jieban
