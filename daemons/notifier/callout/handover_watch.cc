#include "daemons/notifier/callout/handover_watch.h"

#include <algorithm>

#include "common/duty/shifts.h"

namespace jieban {
namespace {

const std::string kKey = make_key(std::string_view("shift"));
constexpr const char* kMissingAlert = "handover.missing";
// Without an end in it the next span is looked at.
constexpr Duration kAhead = std::chrono::hours(48);

// What is watched now; null: nothing.
struct Watching {
  const HandoverRules* rules = nullptr;
  const Rota* rota = nullptr;
  const RotaBook* book = nullptr;

  Duration after() const { return Duration(static_cast<int64_t>(rules->after_micros)); }
  Duration ahead() const { return Duration(static_cast<int64_t>(rules->ahead_micros)); }
};

Result<Watching> watching(const Callouts& callouts, const Transaction& store) {
  auto now = callouts.in_force(store);
  if (!now.ok()) return now.error();
  Watching out;
  if (!*now || !(*now)->rules.handover || (*now)->rota == nullptr) return out;
  out.book = (*now)->rota;
  out.rota = out.book->find_rota((*now)->rules.handover->rota);
  if (out.rota != nullptr) out.rules = &*(*now)->rules.handover;
  return out;
}

// The ends of shifts in [from, until), in order.
std::vector<Timestamp> ends_in(const Watching& what, Timestamp from, Timestamp until) {
  std::vector<Timestamp> ends;
  // From before, so that a shift that ends at `from` is one.
  for (const Shift& shift : shifts(*what.rota, what.book->changes, from - Duration(1), until)) {
    if (!shift.truncated && shift.end >= from && shift.end < until) ends.push_back(shift.end);
  }
  std::ranges::sort(ends);
  return ends;
}

AlertDraft missing_draft(const Rota& rota, Timestamp ended) {
  AlertDraft draft;
  draft.what = kMissingAlert;
  const std::string minute = minute_of(ended);
  draft.labels = {{kTopicLabel, kMissingAlert},
                  {"rota", rota.id},
                  {"ended", minute},
                  {kSeverityLabel, "critical"}};  // by telephone, not in a group alone
  draft.annotations["summary"] = rota.name + " " + minute + " 班次已结束，无人签字交班";
  return draft;
}

}  // namespace

Result<void> HandoverWatch::open(TableOpener& opener) {
  return shift_.open(opener, "handover_watch");
}

Result<void> HandoverWatch::put(WatchedShift row, const Callouts& callouts, Step& step) const {
  auto what = watching(callouts, step.store());
  if (!what.ok()) return what.error();
  row.look_at = row.from + kAhead;
  if (what->rules != nullptr) {
    const auto ends = ends_in(*what, row.from, row.look_at);
    if (!ends.empty()) row.look_at = ends.front();
  }
  return shift_.put(step.store(), kKey, row);
}

Result<void> HandoverWatch::signed_out(Timestamp at, Callouts& callouts, CallSink& sink,
                                       Step& step) const {
  auto row = shift_.get(step.store(), kKey);
  if (!row.ok()) return row.error();
  WatchedShift next = row->value_or(WatchedShift{at, at, at});
  next.signed_at = at;
  RETURN_IF_ERROR(put(next, callouts, step));
  return callouts.end(0, kMissingAlert, sink, step);
}

// The ends that the signature stood for are looked at again.
Result<void> HandoverWatch::withdrawn(Callouts& callouts, Step& step) const {
  auto row = shift_.get(step.store(), kKey);
  if (!row.ok() || !*row) return row.ok() ? Result<void>() : row.error();
  auto what = watching(callouts, step.store());
  if (!what.ok()) return what.error();
  if (what->rules != nullptr && (*row)->signed_at != Timestamp::min()) {
    (*row)->from = std::min((*row)->from, (*row)->signed_at - what->ahead());
  }
  (*row)->signed_at = Timestamp::min();
  return put(**row, callouts, step);
}

Result<void> HandoverWatch::rules_changed(Callouts& callouts, Step& step) const {
  auto row = shift_.get(step.store(), kKey);
  if (!row.ok() || !*row) return row.ok() ? Result<void>() : row.error();
  return put(**row, callouts, step);
}

Result<void> HandoverWatch::tick(Callouts& callouts, CallSink& sink, Step& step) const {
  auto due = next_due(callouts, step.store());
  if (!due.ok()) return due.error();
  if (*due > step.now()) return {};
  auto row = shift_.get(step.store(), kKey);
  if (!row.ok()) return row.error();
  auto what = watching(callouts, step.store());
  if (!what.ok()) return what.error();
  WatchedShift next = **row;
  const Timestamp until = step.now() - what->after() + Duration(1);
  const auto ends = ends_in(*what, std::max(next.from, until - kAhead), until);
  next.from = until;
  RETURN_IF_ERROR(put(next, callouts, step));
  if (ends.empty() || next.signed_at >= ends.back() - what->ahead()) return {};
  return callouts.raise(0, missing_draft(*what->rota, ends.back()), sink, step);
}

Result<Timestamp> HandoverWatch::next_due(const Callouts& callouts,
                                          const Transaction& store) const {
  auto row = shift_.get(store, kKey);
  if (!row.ok()) return row.error();
  if (!*row) return kTimestampMax;
  auto what = watching(callouts, store);
  if (!what.ok()) return what.error();
  return what->rules == nullptr ? kTimestampMax : (*row)->look_at + what->after();
}

}  // namespace jieban
