// Ladders that stand still: what is muted after its ladder has begun, and what lets it go on.
#include <algorithm>

#include "daemons/notifier/callout/callouts.h"

namespace jieban {
namespace {

// Somebody has answered, or it is over.
bool is_at_rest(const Callout& callout) {
  return callout.ladder && (callout.ladder->phase == EscalationPhase::acknowledged ||
                            callout.ladder->phase == EscalationPhase::resolved);
}

// A step of the loop looks at so many groups; the rest follows at once.
constexpr size_t kReviewedInTick = 200;

}  // namespace

Result<Muting> Callouts::muting_now(const InForce& rules, Step& step) const {
  return Muting::at(step.store(), tables_, rules.rules, rules.times, step.now());
}

// Of those that the group itself has no place for; the first that fires decides.
Result<Callouts::Beyond> Callouts::beyond_of(const Callout& callout, const Muting& muting,
                                             Step& step) const {
  Beyond found = Beyond::none;
  const std::string prefix = make_key(callout.id);
  RETURN_IF_ERROR(tables_.beyond().scan(
      step.store(), prefix, [&](std::string_view key, const BeyondAlert& alert) {
        if (!key.starts_with(prefix)) return false;
        found = muting.mutes(callout, alert.labels) ? Beyond::muted : Beyond::firing;
        return found == Beyond::muted;
      }));
  return found;
}

// Whether all that fires in it is muted. A group of which nothing is known is not.
Result<bool> Callouts::is_muted(const Callout& callout, const Muting& muting, Step& step) const {
  bool fires = false;
  for (const AlertEpisode& episode : callout.group.episodes) {
    if (episode.ended(step.now())) continue;
    if (!muting.mutes(callout, episode.labels)) return false;
    fires = true;
  }
  auto beyond = beyond_of(callout, muting, step);
  if (!beyond.ok()) return beyond.error();
  return *beyond != Beyond::firing && (fires || *beyond == Beyond::muted);
}

// A group that has never told anything, whose time to tell came while all of it was muted, is told
// as soon as that is over: its times count from a telling, and there was none.
Result<void> Callouts::keep_or_tell(Callout& callout, const Muting& muting, Step& step) const {
  if (callout.ladder || callout.group.told || callout.orders == 0) return {};
  if (!callout.held_since && callout.group.tick_at > step.now()) return {};
  auto muted = is_muted(callout, muting, step);
  if (!muted.ok()) return muted.error();
  if (*muted) {
    if (!callout.held_since) callout.held_since = step.now();
  } else if (callout.held_since) {
    callout.held_since.reset();
    callout.group.tick_at = std::min(callout.group.tick_at, step.now());
  }
  return {};
}

Result<void> Callouts::hold_or_go_on(Callout& callout, const Muting& muting, CallSink& sink,
                                     Step& step) {
  callout.look_at.reset();
  // An attempt that was under way when nobody was to be called any more, and failed.
  if (is_at_rest(callout)) RETURN_IF_ERROR(sink.take_back(callout.id, "", step));
  const Timestamp next = muting.next_change(callout);
  const bool untold = !callout.ladder && callout.held_since && callout.orders > 0;
  if (untold && next != kTimestampMax) callout.look_at = next;
  if (untold) return {};
  if (!callout.ladder || callout.ladder->phase == EscalationPhase::resolved) {
    callout.held_since.reset();
    return {};
  }
  auto muted = is_muted(callout, muting, step);
  if (!muted.ok()) return muted.error();
  if (*muted) {
    RETURN_IF_ERROR(hold(callout, sink, step));
  } else if (callout.held_since) {
    callout.held_since.reset();
    postpone(*callout.ladder, step.now());
  }
  if (next != kTimestampMax) callout.look_at = next;
  return {};
}

// What was queued and has not gone out is the ladder's again.
Result<void> Callouts::hold(Callout& callout, CallSink& sink, Step& step) {
  if (!callout.held_since) callout.held_since = step.now();
  if (callout.ladder->phase == EscalationPhase::acknowledged) return {};
  auto calls = sink.hold_back(callout.id, step);
  if (!calls.ok()) return calls.error();
  for (PendingCall& call : *calls) call_again(*callout.ladder, std::move(call));
  return {};
}

// An alert that comes into a group whose ladder stands still, and is not muted, wakes it; where no
// ladder could begin, one begins after the wait of its route.
Result<void> Callouts::wake(Callout& callout, const LabelSet& labels, Step& step) const {
  if (!callout.held_since) return {};
  auto rules = in_force(step.store());
  if (!rules.ok()) return rules.error();
  if (!*rules) return {};
  auto muting = muting_now(**rules, step);
  if (!muting.ok()) return muting.error();
  if (muting->mutes(callout, labels)) return {};
  if (callout.ladder) {
    callout.look_at = step.now();
    return {};
  }
  callout.held_since.reset();
  callout.group.tick_at = std::min(callout.group.tick_at, step.now() + timing_of(callout).wait);
  return {};
}

Result<bool> Callouts::look_again(const std::string& alert, Step& step) {
  auto callout = tables_.edit(step.store(), alert);
  if (!callout.ok()) return callout.error();
  if (*callout == nullptr || is_at_rest(**callout)) return false;
  (*callout)->look_at = step.now();
  RETURN_IF_ERROR(tables_.settle(step.store(), **callout));
  return true;
}

Result<void> Callouts::review(const InForce& rules, CallSink& sink, Step& step) {
  auto ids = tables_.take_review(step.store(), kReviewedInTick);
  if (!ids.ok()) return ids.error();
  for (const std::string& id : *ids) {
    auto callout = tables_.edit(step.store(), id);
    if (!callout.ok()) return callout.error();
    if (*callout == nullptr || !((*callout)->ladder || (*callout)->held_since)) continue;
    (*callout)->look_at = step.now();
    RETURN_IF_ERROR(run(**callout, rules, sink, step));
    RETURN_IF_ERROR(tables_.settle(step.store(), **callout));
  }
  return {};
}

}  // namespace jieban
