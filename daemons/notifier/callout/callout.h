// Callout: alerts that are told together, the ladder that is climbed for them, and what is told.
//
// One row a group of common/alerting/group.h. What the group tells starts a ladder of its policy
// (common/alerting/escalation.h); further alerts of a group whose ladder is being climbed are told
// by its next steps, with the right count, and start no second one. Acknowledged, the ladder rests
// until something else happens in the group. When all alerts have ended, so has the ladder. While
// all that fires in the group is muted (callout/muting.h) the ladder stands still.
// A group is as severe as the worst alert that fires in it (callout/urgency.h), muted or not. What
// is worse than all that it has told waits for no interval: it is told at once.
// Fails: never. Thread rule: plain values, pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/alerting/escalation.h"
#include "common/alerting/group.h"
#include "common/alerting/route_tree.h"
#include "daemons/notifier/callout/urgency.h"

namespace jieban {

struct Callout {
  std::string id;
  std::string group_key;
  std::string policy;
  std::string topic;
  std::string severity;  // of the worst that fires; of the first, where none has a known one
  LabelSet common;       // what the group has in common
  uint64_t group_wait = 0;
  uint64_t group_interval = 0;
  uint64_t repeat_interval = 0;
  std::vector<std::string> mute_times;
  GroupRow group;
  std::optional<EscalationState> ladder;
  uint64_t climbs = 0;  // tells the ladders of a group apart, also of one that was over meanwhile
  Timestamp due_at = kTimestampMax;
  // The group itself holds a few alerts only: a flood would make its row grow with every order.
  uint64_t orders = 0;  // that have an open alert in it; each alert of no order counts as one
  LabelSet shown;       // the alert that calls tell of
  std::map<std::string, std::string> shown_annotations;
  std::optional<Timestamp> held_since{};  // the ladder stands still, or cannot begin
  std::optional<Timestamp> look_at{};     // when what is muted may be others
  // Since when the ladder is that of what fires now; none in rows from before an update.
  std::optional<Timestamp> ladder_since{};
  std::optional<UrgencyCounts> firing{};  // none in old rows: then from the group's own alerts

  template <class Visit>
  static void fields(Visit& visit) {
    visit("id", &Callout::id);
    visit("group_key", &Callout::group_key);
    visit("policy", &Callout::policy);
    visit("topic", &Callout::topic);
    visit("severity", &Callout::severity);
    visit("common", &Callout::common);
    visit("group_wait", &Callout::group_wait);
    visit("group_interval", &Callout::group_interval);
    visit("repeat_interval", &Callout::repeat_interval);
    visit("mute_times", &Callout::mute_times);
    visit("group", &Callout::group);
    visit("ladder", &Callout::ladder);
    visit("climbs", &Callout::climbs);
    visit("due_at", &Callout::due_at);
    visit("orders", &Callout::orders);
    visit("shown", &Callout::shown);
    visit("shown_annotations", &Callout::shown_annotations);
    visit("held_since", &Callout::held_since);
    visit("look_at", &Callout::look_at);
    visit("ladder_since", &Callout::ladder_since);
    visit("firing", &Callout::firing);
  }
};

// The labels by which alerts are routed, grouped and told. The severity chooses the means by which
// a person is told.
inline constexpr const char* kTopicLabel = "topic";
inline constexpr const char* kSeverityLabel = "severity";
inline constexpr const char* kLevelLabel = "level";
inline constexpr const char* kOrderLabel = "order";
inline constexpr const char* kUnitLabel = "unit";
inline constexpr const char* kChannelLabel = "channel";
// The topic of the alert that a step was skipped; its ladder is told of no gap of its own.
inline constexpr const char* kStepGapTopic = "step.gap";
// The annotation that names the order of an alert, for its time line.
inline constexpr const char* kOrderIdNote = "order_id";

// The same group has the same id for ever: "a" and 15 hexadecimal digits.
std::string callout_id(const std::string& group_key);
// What a person answers with: its first four digits.
std::string code_of(const std::string& callout_id);
// Of a group that is one order's: its id; 0 of any other.
uint64_t sole_order(const Callout& callout);
Callout make_callout(const RouteChoice& choice, const LabelSet& labels);
// The ladder, the times and the quiet hours of the route as it is now; a ladder that is climbed
// stays the one that it is.
void follow_route(Callout& callout, const RouteChoice& choice);
GroupTiming timing_of(const Callout& callout);

// The alert that calls tell of from now on.
void show(Callout& callout, const Alert& alert);
// An alert comes into it, of an order that had none in it before (or has). False when the group has
// no place for it: it is counted, and somebody else has to keep its labels.
bool take_in(Callout& callout, const Alert& alert, bool another_order, Timestamp now);
// The same alert was raised again.
bool refresh(Callout& callout, const Alert& alert, Timestamp now);
// An alert of it has ended, and with it all of its order (or not).
void let_go(Callout& callout, const Alert& ended, bool whole_order, Timestamp now);
// In place of one that is in it, another one of the same order: nothing is over.
bool replace(Callout& callout, const Alert& ended, const Alert& alert, Timestamp now);
// To be called when all of a change is done, with the urgency from before it.
Urgency worst_of(const Callout& callout);
// `fired`: something was open in it before; else what comes is news for the group's own times.
void settle_urgency(Callout& callout, bool fired, const Urgency& before, Timestamp now);
// Nothing is open in it and nothing is left to tell.
bool is_over(const Callout& callout);
// When there is something to do next.
Timestamp next_due(const Callout& callout);
// A ladder begins, or begins again after an acknowledgement that lapsed: its calls are new ones.
void count_climb(Callout& callout, Timestamp now);
// Whether a telling starts the ladder anew.
bool starts_ladder(const Callout& callout, UpdateReason reason, const EscalationRules& rules);

}  // namespace jieban
