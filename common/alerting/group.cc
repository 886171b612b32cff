#include "common/alerting/group.h"

#include <algorithm>
#include <array>
#include <utility>

namespace jieban {
namespace {

constexpr std::array<std::string_view, 6> kReasons = {
    "none", "first", "more_firing", "all_resolved", "some_resolved", "repeat"};

std::string mark(const AlertEpisode& episode) {
  return episode.key + "#" + std::to_string(episode.number);
}

std::vector<std::string> marks(const std::vector<AlertEpisode>& episodes) {
  std::vector<std::string> out;
  for (const AlertEpisode& episode : episodes) out.push_back(mark(episode));
  std::ranges::sort(out);
  return out;
}

bool is_subset(std::vector<std::string> part, std::vector<std::string> whole) {
  std::ranges::sort(part);
  std::ranges::sort(whole);
  return std::ranges::includes(whole, part);
}

Duration repeat_of(const GroupTiming& timing) { return std::max(timing.repeat, timing.interval); }

AlertEpisode* latest(GroupRow& group, const std::string& key) {
  for (auto at = group.episodes.rbegin(); at != group.episodes.rend(); ++at) {
    if (at->key == key) return &*at;
  }
  return nullptr;
}

AlertEpisode episode_of(const Alert& alert, const GroupTiming& timing, Timestamp now) {
  AlertEpisode made;
  made.key = label_text(alert.labels);
  made.labels = alert.labels;
  made.annotations = alert.annotations;
  made.starts_at = alert.starts_at.value_or(std::min(now, alert.ends_at.value_or(now)));
  made.ends_at = alert.ends_at;
  if (!made.ends_at && timing.resolve_timeout > Duration::zero()) {
    made.ends_at = now + timing.resolve_timeout;
    made.end_assumed = true;
  }
  return made;
}

// An end that lies ahead and was given by the source is not brought nearer by a refresh.
void settle_end(const AlertEpisode& old, AlertEpisode& fresh, Timestamp now) {
  const bool both_ended = old.ended(now) && fresh.ended(now);
  const bool given_ahead = !fresh.ended(now) && old.ends_at && !old.end_assumed;
  if ((both_ended || given_ahead) && fresh.ends_at && *old.ends_at > *fresh.ends_at) {
    fresh.ends_at = old.ends_at;
    fresh.end_assumed = old.end_assumed;
  }
}

void merge(AlertEpisode& old, AlertEpisode fresh, Timestamp now) {
  settle_end(old, fresh, now);
  fresh.starts_at = std::min(old.starts_at, fresh.starts_at);
  fresh.number = old.number;
  old = std::move(fresh);
}

// After an end, what fires is another episode; what has ended as well is one only if it began
// later.
bool begins_anew(const AlertEpisode& old, const AlertEpisode& fresh, Timestamp now) {
  if (!old.ended(now)) return false;
  return !fresh.ended(now) || fresh.starts_at >= *old.ends_at;
}

void schedule(GroupRow& group, const AlertEpisode& fresh, const GroupTiming& timing,
              Timestamp now) {
  const bool told_before = group.told.has_value();
  if (group.tick_at == kTimestampMax) group.tick_at = now + timing.wait;
  const bool waited = !told_before && !fresh.ended(now) && fresh.starts_at + timing.wait < now;
  if (waited) group.tick_at = std::min(group.tick_at, now);
}

struct Split {
  std::vector<AlertEpisode> firing;
  std::vector<AlertEpisode> resolved;
  std::vector<std::string> quiet;  // marks of what was told, still fires and is muted now

  bool shows_nothing() const { return firing.empty() && resolved.empty(); }
};

bool was_told(const GroupRow& group, const std::string& mark) {
  return group.told && std::ranges::binary_search(group.told->firing, mark);
}

Split split(const GroupRow& group, const Muted& muted, Timestamp now) {
  Split out;
  for (const AlertEpisode& episode : group.episodes) {
    const bool ended = episode.ended(now);
    if (!muted || !muted(episode)) {
      (ended ? out.resolved : out.firing).push_back(episode);
    } else if (!ended && was_told(group, mark(episode))) {
      out.quiet.push_back(mark(episode));
    }
  }
  return out;
}

LastTold told_by(const Split& parts, Timestamp now) {
  LastTold told{now, marks(parts.firing), marks(parts.resolved)};
  told.firing.insert(told.firing.end(), parts.quiet.begin(), parts.quiet.end());
  std::ranges::sort(told.firing);
  return told;
}

// An assumed end that a refresh may still move is not shown as one.
void hide_ends_ahead(std::vector<AlertEpisode>& firing) {
  for (AlertEpisode& episode : firing) {
    episode.ends_at.reset();
    episode.end_assumed = false;
  }
}

GroupNotice notice_of(Split parts, UpdateReason reason, const GroupTiming& timing) {
  GroupNotice notice;
  notice.reason = reason;
  notice.firing = std::move(parts.firing);
  hide_ends_ahead(notice.firing);
  if (timing.send_resolved) notice.resolved = std::move(parts.resolved);
  notice.silent = notice.firing.empty() && notice.resolved.empty();
  return notice;
}

}  // namespace

std::string_view to_string(UpdateReason reason) { return kReasons.at(size_t(reason)); }

UpdateReason needs_update(const std::optional<LastTold>& told,
                          const std::vector<std::string>& firing,
                          const std::vector<std::string>& resolved, const GroupTiming& timing,
                          Timestamp now) {
  if (!told) return firing.empty() ? UpdateReason::none : UpdateReason::first;
  if (!is_subset(firing, told->firing)) return UpdateReason::more_firing;
  if (firing.empty()) {
    // What began and ended between two tellings was never heard of.
    return told->firing.empty() ? UpdateReason::none : UpdateReason::all_resolved;
  }
  if (timing.send_resolved && !is_subset(resolved, told->resolved)) {
    return UpdateReason::some_resolved;
  }
  return told->at + repeat_of(timing) <= now ? UpdateReason::repeat : UpdateReason::none;
}

bool push(GroupRow& group, const Alert& alert, const GroupTiming& timing, Timestamp now) {
  AlertEpisode fresh = episode_of(alert, timing, now);
  AlertEpisode* old = latest(group, fresh.key);
  schedule(group, fresh, timing, now);
  if (old != nullptr && !begins_anew(*old, fresh, now)) {
    merge(*old, std::move(fresh), now);
    return true;
  }
  if (group.episodes.size() >= kGroupAlertsMax) {
    ++group.beyond;
    return false;
  }
  fresh.number = ++group.last_number;
  group.episodes.push_back(std::move(fresh));
  return true;
}

void adopt(GroupRow& group, const Alert& alert, const GroupTiming& timing, Timestamp now) {
  std::erase_if(group.episodes, [&](const AlertEpisode& each) { return each.ended(now); });
  if (!push(group, alert, timing, now) || !group.told) return;
  group.told->firing.push_back(mark(group.episodes.back()));
  std::ranges::sort(group.told->firing);
}

bool fires(const GroupRow& group, Timestamp now) {
  return std::ranges::any_of(group.episodes,
                             [&](const AlertEpisode& each) { return !each.ended(now); });
}

Timestamp next_due(const GroupRow& group, const GroupTiming& timing) {
  if (is_over(group)) return kTimestampMax;
  if (!group.told || group.told->firing.empty()) return group.tick_at;
  return std::min(group.tick_at, group.told->at + repeat_of(timing));
}

std::optional<GroupNotice> flush(GroupRow& group, const GroupTiming& timing, const Muted& muted,
                                 Timestamp now, const BeyondFires& beyond_fires) {
  if (next_due(group, timing) > now) return std::nullopt;
  Split parts = split(group, muted, now);
  LastTold fresh = told_by(parts, now);
  UpdateReason reason = needs_update(group.told, fresh.firing, fresh.resolved, timing, now);
  if (parts.shows_nothing() && !parts.quiet.empty()) reason = UpdateReason::none;
  const bool tells_beyond = group.beyond > 0 && (!beyond_fires || beyond_fires());
  if (reason == UpdateReason::none && tells_beyond) reason = UpdateReason::more_firing;

  // Ticks keep their step, except over a downtime, which is one tick.
  if (group.tick_at <= now) group.tick_at += timing.interval;
  if (reason != UpdateReason::none || group.tick_at <= now) group.tick_at = now + timing.interval;
  std::erase_if(group.episodes, [&](const AlertEpisode& each) { return each.ended(now); });
  if (reason == UpdateReason::none) {
    // A repeat that nobody may hear waits for the tick.
    if (!parts.quiet.empty() && group.told->at + repeat_of(timing) <= now) {
      group.told->at = group.tick_at - repeat_of(timing);
    }
    return std::nullopt;
  }

  group.told = std::move(fresh);
  GroupNotice notice = notice_of(std::move(parts), reason, timing);
  if (tells_beyond) notice.beyond = std::exchange(group.beyond, 0);
  notice.silent = notice.silent && notice.beyond == 0;
  return notice;
}

bool is_over(const GroupRow& group) { return group.episodes.empty() && group.beyond == 0; }

}  // namespace jieban
