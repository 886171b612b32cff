#include "daemons/notifier/callout/callout.h"

#include <algorithm>
#include <cstdlib>

#include "common/base/bytes.h"
#include "common/crypto/hashes.h"

namespace jieban {
namespace {

// Of which nothing is told any more in this turn, or ever: the rules have it no longer.
bool is_on_last_step(const EscalationState& ladder, const EscalationRules& rules) {
  const auto policy = rules.policies.find(ladder.policy);
  if (policy == rules.policies.end()) return true;
  return ladder.ran && ladder.step >= policy->second.steps.size();
}

// Old rows have none.
UrgencyCounts& firing_of(Callout& callout, Timestamp now) {
  if (callout.firing) return *callout.firing;
  UrgencyCounts& counts = callout.firing.emplace();
  for (const AlertEpisode& episode : callout.group.episodes) {
    if (!episode.ended(now)) count_in(counts, episode.labels);
  }
  return counts;
}

// What has ended is not what calls tell of, nor whose unit they go to.
void show_another(Callout& callout, Timestamp now) {
  const auto& episodes = callout.group.episodes;
  const auto other = std::find_if(episodes.rbegin(), episodes.rend(),
                                  [&](const AlertEpisode& each) { return !each.ended(now); });
  if (other == episodes.rend()) return;
  callout.shown = other->labels;
  callout.shown_annotations = other->annotations;
}

// What stands for the topic of what the monitoring tells, which has labels of its own choosing.
constexpr const char* kMonitoringTopic = "monitoring";

// "channel.down": as the names of our own topics are.
bool is_topic_name(const std::string& text) {
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz0123456789._-";
  return !text.empty() && text.find_first_not_of(kLetters) == std::string::npos;
}

}  // namespace

std::string callout_id(const std::string& group_key) {
  constexpr size_t kDigits = 15;
  return "a" + to_hex(blake2b(group_key)).substr(0, kDigits);
}

std::string code_of(const std::string& callout_id) {
  constexpr size_t kDigits = 4;
  return callout_id.substr(1, kDigits);
}

uint64_t sole_order(const Callout& callout) {
  const auto order_id = callout.shown_annotations.find(kOrderIdNote);
  if (!callout.common.contains(kOrderLabel) || order_id == callout.shown_annotations.end()) {
    return 0;
  }
  return std::strtoull(order_id->second.c_str(), nullptr, 10);
}

Callout make_callout(const RouteChoice& choice, const LabelSet& labels) {
  Callout callout;
  callout.group_key = group_key(choice, labels);
  callout.id = callout_id(callout.group_key);
  const std::string& topic = label_of(labels, kTopicLabel);
  callout.topic = is_topic_name(topic) ? topic : kMonitoringTopic;
  callout.severity = label_of(labels, kSeverityLabel);
  callout.common = labels_among(labels, choice.group_by);
  follow_route(callout, choice);
  return callout;
}

void follow_route(Callout& callout, const RouteChoice& choice) {
  callout.policy = choice.receiver;
  callout.group_wait = static_cast<uint64_t>(choice.group_wait.count());
  callout.group_interval = static_cast<uint64_t>(choice.group_interval.count());
  callout.repeat_interval = static_cast<uint64_t>(choice.repeat_interval.count());
  callout.mute_times = choice.mute_times;
}

GroupTiming timing_of(const Callout& callout) {
  GroupTiming timing;
  timing.wait = Duration(static_cast<int64_t>(callout.group_wait));
  timing.interval = Duration(static_cast<int64_t>(callout.group_interval));
  timing.repeat = Duration(static_cast<int64_t>(callout.repeat_interval));
  return timing;
}

void show(Callout& callout, const Alert& alert) {
  callout.shown = alert.labels;
  callout.shown_annotations = alert.annotations;
}

bool take_in(Callout& callout, const Alert& alert, bool another_order, Timestamp now) {
  if (another_order) ++callout.orders;
  count_in(firing_of(callout, now), alert.labels);
  return refresh(callout, alert, now);
}

bool refresh(Callout& callout, const Alert& alert, Timestamp now) {
  show(callout, alert);
  return push(callout.group, alert, timing_of(callout), now);
}

void let_go(Callout& callout, const Alert& ended, bool whole_order, Timestamp now) {
  if (whole_order && callout.orders > 0) --callout.orders;
  count_out(firing_of(callout, now), ended.labels);
  const std::string key = label_text(ended.labels);
  // What the group never held it need not be told the end of.
  if (std::ranges::find(callout.group.episodes, key, &AlertEpisode::key) !=
      callout.group.episodes.end()) {
    push(callout.group, ended, timing_of(callout), now);
  }
  if (label_text(callout.shown) == key) show_another(callout, now);
}

bool replace(Callout& callout, const Alert& ended, const Alert& alert, Timestamp now) {
  let_go(callout, ended, false, now);
  return take_in(callout, alert, false, now);
}

Urgency worst_of(const Callout& callout) {
  return callout.firing ? worst_of(*callout.firing) : Urgency();
}

void settle_urgency(Callout& callout, bool fired, const Urgency& before, Timestamp now) {
  if (!callout.firing) return;
  const std::string severity = worst_severity(*callout.firing);
  if (!severity.empty()) callout.severity = severity;
  const bool rises = fired && before < worst_of(*callout.firing);
  if (rises && callout.group.told) callout.group.tick_at = std::min(callout.group.tick_at, now);
}

bool is_over(const Callout& callout) { return callout.orders == 0 && is_over(callout.group); }

Timestamp next_due(const Callout& callout) {
  Timestamp due = next_due(callout.group, timing_of(callout));
  if (callout.ladder && !callout.held_since) due = std::min(due, next_due(*callout.ladder));
  return std::min(due, callout.look_at.value_or(kTimestampMax));
}

// The row goes with its last alert and the notices stay for ever: a mere count would begin again,
// and calls would have the ids of earlier ones. A group is over an interval after it was told at
// the earliest, so that the next one begins in another millisecond.
void count_climb(Callout& callout, Timestamp now) {
  const auto of_clock = std::chrono::floor<std::chrono::milliseconds>(now.time_since_epoch());
  callout.climbs = std::max(callout.climbs + 1, static_cast<uint64_t>(of_clock.count()));
}

bool starts_ladder(const Callout& callout, UpdateReason reason, const EscalationRules& rules) {
  if (!callout.ladder) return true;
  const bool news = reason == UpdateReason::more_firing || reason == UpdateReason::first;
  switch (callout.ladder->phase) {
    case EscalationPhase::climbing:
      return news && is_on_last_step(*callout.ladder, rules);
    case EscalationPhase::acknowledged:
      return news;
    case EscalationPhase::exhausted:
    case EscalationPhase::resolved:
      return true;
  }
  return false;
}

}  // namespace jieban
