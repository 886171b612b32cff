#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "common/domain/topics.h"
#include "common/wire/payload.h"
#include "tests/simulation/checkers.h"
#include "tests/simulation/sim_rules.h"

namespace jieban {
namespace {

// What was told of an alert since its ladder began; an alert is called by its id.
struct Climb {
  bool of_ladder = false;  // of kSimLadder
  Timestamp began_at;
  bool answered = false;  // acknowledged, or its cause is over
  std::set<uint64_t> steps;
};

struct Call {
  uint64_t begun = 0;
  bool ended = false;
  bool queued = false;
};

struct Ladders {
  std::map<std::string, Climb> climbs;  // by alert
  std::map<std::string, Call> calls;    // by notice
  Findings found;
};

std::string place_of(const Event& event) {
  return event.stream + " " + std::to_string(event.sequence) + " " + event.topic;
}

// "a0123456789abcde.<climb>.<cycle>.<step>:person:method".
std::optional<uint64_t> step_in(const std::string& notice_id) {
  const size_t end = notice_id.find(':');
  const size_t dot = notice_id.rfind('.', end);
  if (end == std::string::npos || dot == std::string::npos) return std::nullopt;
  return std::strtoull(notice_id.c_str() + dot + 1, nullptr, 10);
}

// However long nobody was there to do so. Of one that was answered while the notifier was down
// nobody asks for the rest.
void check_steps(const std::string& alert, const Climb& climb, Timestamp end, Findings& found) {
  const size_t count = climb.of_ladder ? kSimSteps.size() : 1;
  for (size_t step = 0; step < count; ++step) {
    if (climb.began_at + kSimSteps.at(step) >= end || climb.steps.contains(step)) continue;
    found.push_back(alert + ": step " + std::to_string(step) + " was due and never told");
  }
}

void take_alert(const Event& event, Ladders& ladders) {
  auto told = decode_payload<AlertStep>(event.payload);
  if (!told.ok()) {
    ladders.found.push_back(place_of(event) + ": " + told.error().message);
    return;
  }
  const auto known = ladders.climbs.find(told->alert);
  if (event.topic == topics::kAlertOpened) {
    ladders.climbs[told->alert] = {told->policy == kSimLadder, event.occurred_at, false, {}};
    return;
  }
  if (known == ladders.climbs.end()) {
    ladders.found.push_back(place_of(event) + ": of an alert that was never opened");
    return;
  }
  Climb& climb = known->second;
  const bool last = told->target == kSimGap;
  if (event.topic == topics::kAlertGap && last) climb.steps.insert(kSimSteps.size() - 1);
  const bool stopped = event.topic == topics::kAlertAcknowledged && told->reason == "stopped";
  climb.answered = climb.answered || stopped || event.topic == topics::kAlertResolved;
}

void take_call(const Event& event, const NoticeStep& told, Ladders& ladders) {
  Call& call = ladders.calls[told.notice_id];
  Climb& climb = ladders.climbs[told.alert.value_or("")];
  const bool queued = event.topic == topics::kNoticeQueued;
  const bool begun = event.topic == topics::kNoticeAttempted;
  if (call.ended) ladders.found.push_back(place_of(event) + ": after its end");
  if (queued && call.queued) ladders.found.push_back(place_of(event) + ": told twice");
  if ((queued || begun) && climb.answered) {
    ladders.found.push_back(place_of(event) + ": after an answer, or the end of its cause");
  }
  if (queued) {
    call.queued = true;
    const auto step = step_in(told.notice_id);
    if (step) climb.steps.insert(*step);
  }
  if (begun) call.begun = told.attempt;
  call.ended = event.topic == topics::kNoticeSent || event.topic == topics::kNoticeAbandoned ||
               event.topic == topics::kNoticeCancelled;
}

// A message that may be one more of its kind says so; none goes out before its attempt is on disk.
void check_messages(const History& history, Ladders& ladders) {
  std::set<std::string> out;
  for (const WentOut& message : history.went_out) {
    const bool again = !out.insert(message.notice_id).second;
    if (again && !message.marked) {
      ladders.found.push_back(message.notice_id + " went out twice, and does not say so");
    }
    if (message.alert.empty()) continue;
    const auto call = ladders.calls.find(message.notice_id);
    if (call == ladders.calls.end() || message.attempt > call->second.begun) {
      ladders.found.push_back(message.notice_id + " went out before its attempt was committed");
    }
  }
}

// Whatever is missed has a ladder of its own, at once.
void check_breaches(const History& history, Ladders& ladders) {
  std::set<std::string> opened;
  for (const Event& event : history.events("notifier")) {
    if (event.topic != topics::kAlertOpened) continue;
    auto told = decode_payload<AlertStep>(event.payload);
    if (told.ok() && told->policy == kSimLadder) opened.insert(told->labels);
  }
  for (const Event& event : history.events("sla-watcher")) {
    if (event.topic != topics::kDeadlineBreached) continue;
    auto alert = decode_payload<DeadlineAlert>(event.payload);
    if (!alert.ok()) continue;
    const std::string order = "order=\"" + alert->order_no + "\"";
    const std::string clock = "clock=\"" + alert->clock + "\"";
    const bool told = std::ranges::any_of(opened, [&](const std::string& labels) {
      return labels.find(order) != std::string::npos && labels.find(clock) != std::string::npos;
    });
    if (!told) ladders.found.push_back(place_of(event) + ": nobody was called for it");
  }
}

}  // namespace

Findings check_ladders(const History& history) {
  Ladders ladders;
  for (const Event& event : history.events("notifier")) {
    if (event.topic.starts_with("alert.")) take_alert(event, ladders);
    if (!event.topic.starts_with("notice.")) continue;
    auto told = decode_payload<NoticeStep>(event.payload);
    if (told.ok() && told->person) take_call(event, *told, ladders);
  }
  for (const auto& [alert, climb] : ladders.climbs) {
    if (!climb.answered) check_steps(alert, climb, history.ended_at, ladders.found);
  }
  for (const auto& [id, call] : ladders.calls) {
    if (!call.ended) ladders.found.push_back(id + " was neither sent nor given up");
  }
  check_messages(history, ladders);
  if (history.calls_out) check_breaches(history, ladders);
  return ladders.found;
}

}  // namespace jieban
