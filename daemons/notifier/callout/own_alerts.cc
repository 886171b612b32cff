#include "daemons/notifier/callout/own_alerts.h"

#include "common/duty/shifts.h"

namespace jieban {
namespace {

const std::string kClockKey = make_key(std::string_view("clock"));
constexpr const char* kFeedAlert = "feed";

std::string channel_alert(const std::string& channel) { return "channel:" + channel; }
std::string rota_alert(const std::string& rota) { return "rota:" + rota; }

// To the minute, as people say it.
std::string minute_of(Timestamp at) {
  constexpr size_t kToTheMinute = 16;
  return format_local(at).substr(0, kToTheMinute);
}

Duration timeout_at(const FeedRules& feed, const TimeIntervals& times, Timestamp at) {
  for (const FeedTimeout& each : feed.timeouts) {
    if (times.is_inside(each.within, at)) {
      return Duration(static_cast<int64_t>(each.timeout_micros));
    }
  }
  return Duration(static_cast<int64_t>(feed.otherwise_micros));
}

}  // namespace

Result<void> OwnAlerts::open(TableOpener& opener) {
  RETURN_IF_ERROR(health_.open(opener, "channel_health"));
  return clock_.open(opener, "watch_clock");
}

Result<WatchClock> OwnAlerts::clock(const Transaction& store) const {
  auto stored = clock_.get(store, kClockKey);
  if (!stored.ok()) return stored.error();
  return stored->value_or(WatchClock());
}

Result<void> OwnAlerts::attempted(const std::string& channel, DeliveryOutcome outcome,
                                  Callouts& callouts, CallSink& sink, Step& step) const {
  if (outcome == DeliveryOutcome::unsent) return {};
  const bool answered =
      outcome == DeliveryOutcome::accepted || outcome == DeliveryOutcome::rejected;
  const std::string key = make_key(channel);
  auto stored = health_.get(step.store(), key);
  if (!stored.ok()) return stored.error();
  ChannelHealth health = stored->value_or(ChannelHealth());
  if (answered) {
    if (health.failures == 0) return {};
    RETURN_IF_ERROR(health_.put(step.store(), key, ChannelHealth()));
    return callouts.end(0, channel_alert(channel), sink, step);
  }
  ++health.failures;
  RETURN_IF_ERROR(health_.put(step.store(), key, health));
  if (health.failures != kFailuresMax) return {};
  AlertDraft draft;
  draft.what = channel_alert(channel);
  draft.labels = {{kTopicLabel, "channel.down"}, {kChannelLabel, channel}};
  draft.annotations["summary"] = "通道“" + channel + "”连续发送失败";
  return callouts.raise(0, draft, sink, step);
}

Result<void> OwnAlerts::fed(Callouts& callouts, CallSink& sink, Step& step) const {
  auto row = clock_.edit(step.store(), kClockKey);
  if (!row.ok()) return row.error();
  WatchClock& clock = *row != nullptr ? **row : clock_.add(step.store(), kClockKey, WatchClock());
  clock.fed_at = step.now();
  if (!clock.silent) return {};
  clock.silent = false;
  return callouts.end(0, kFeedAlert, sink, step);
}

Result<void> OwnAlerts::rules_changed(Step& step) const {
  auto known = clock(step.store());
  if (!known.ok()) return known.error();
  known->rota_due = step.now();
  return clock_.put(step.store(), kClockKey, *known);
}

Result<Timestamp> OwnAlerts::next_due(const Callouts& callouts, const Transaction& store) const {
  auto rules = callouts.in_force(store);
  if (!rules.ok()) return rules.error();
  if (!*rules) return kTimestampMax;
  auto known = clock(store);
  if (!known.ok()) return known.error();
  const auto& feed = (*rules)->rules.feed;
  const bool watched = feed && known->fed_at && !known->silent;
  if (!watched) return known->rota_due;
  return std::min(known->rota_due,
                  *known->fed_at + timeout_at(*feed, (*rules)->times, *known->fed_at));
}

Result<void> OwnAlerts::tick(Callouts& callouts, CallSink& sink, Step& step) const {
  auto rules = callouts.in_force(step.store());
  if (!rules.ok()) return rules.error();
  if (!*rules) return {};
  auto known = clock(step.store());
  if (!known.ok()) return known.error();
  if (known->rota_due <= step.now()) {
    RETURN_IF_ERROR(look_at_rota(callouts, sink, step));
    known->rota_due = step.now() + kRotaPause;
    RETURN_IF_ERROR(clock_.put(step.store(), kClockKey, *known));
  }
  const auto& feed = (*rules)->rules.feed;
  if (!feed || !known->fed_at || known->silent) return {};
  if (*known->fed_at + timeout_at(*feed, (*rules)->times, *known->fed_at) > step.now()) return {};
  known->silent = true;
  RETURN_IF_ERROR(clock_.put(step.store(), kClockKey, *known));
  AlertDraft draft;
  draft.what = kFeedAlert;
  draft.labels = {{kTopicLabel, "feed.silent"}, {"feed", "city"}};
  draft.annotations["summary"] = "自 " + minute_of(*known->fed_at) + " 起没有来单";
  return callouts.raise(0, draft, sink, step);
}

Result<void> OwnAlerts::look_at_rota(Callouts& callouts, CallSink& sink, Step& step) const {
  auto rules = callouts.in_force(step.store());
  if (!rules.ok()) return rules.error();
  if ((*rules)->rota == nullptr) return {};
  const RotaBook& book = *(*rules)->rota;
  for (const Rota& rota : book.rotas) {
    const auto gap = next_gap(rota, book.changes, step.now());
    if (!gap) {
      RETURN_IF_ERROR(callouts.end(0, rota_alert(rota.id), sink, step));
      continue;
    }
    AlertDraft draft;
    draft.what = rota_alert(rota.id);
    draft.labels = {{kTopicLabel, "rota.gap"}, {"rota", rota.id}};
    draft.annotations["summary"] =
        rota.name + " " + minute_of(gap->from) + " 至 " + minute_of(gap->until) + " 无人值班";
    RETURN_IF_ERROR(callouts.raise(0, draft, sink, step));
  }
  return {};
}

}  // namespace jieban
