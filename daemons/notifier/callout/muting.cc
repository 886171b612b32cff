#include "daemons/notifier/callout/muting.h"

#include <algorithm>

#include "common/alerting/inhibition.h"

namespace jieban {

Result<Muting> Muting::at(const Transaction& store, const CalloutTables& tables,
                          const AlertingRules& rules, const TimeIntervals& times, Timestamp now) {
  Muting muting(rules, times, now);
  RETURN_IF_ERROR(tables.silences().scan(store, {}, [&](std::string_view, Silence silence) {
    const bool over = silence.lifted_at || silence.ends_at <= now;
    if (over) return true;
    const bool begun = silence.starts_at <= now;
    muting.silences_change_ =
        std::min(muting.silences_change_, begun ? silence.ends_at : silence.starts_at);
    if (begun) muting.silences_.push_back(std::move(silence));
    return true;
  }));
  if (rules.inhibitions.empty()) return muting;
  RETURN_IF_ERROR(tables.inhibitors().scan(store, {}, [&](std::string_view, Inhibitor inhibitor) {
    muting.open_.push_back(std::move(inhibitor.labels));
    return true;
  }));
  return muting;
}

bool Muting::mutes(const Callout& callout, const LabelSet& labels) const {
  const SilenceRules& limits = rules_->silences;
  if (!limits.never.empty() && matches_all(limits.never, labels)) return false;
  if (!times_->inside(callout.mute_times, now_).empty()) return true;
  const bool silenced = std::ranges::any_of(
      silences_, [&](const Silence& silence) { return silences(silence, limits, labels, now_); });
  return silenced || inhibited_by(rules_->inhibitions, open_, labels).has_value();
}

Timestamp Muting::next_change(const Callout& callout) const {
  Timestamp next = silences_change_;
  for (const std::string& name : callout.mute_times) {
    next = std::min(next, times_->next_change(name, now_));
  }
  return next;
}

}  // namespace jieban
