#include "daemons/notifier/callout/own_alerts.h"

#include <algorithm>
#include <array>

#include "common/alerting/feed_limit.h"
#include "common/domain/channel_change.h"
#include "common/domain/topics.h"
#include "daemons/notifier/callout/rota_gaps.h"

namespace jieban {
namespace {

const std::string kClockKey = make_key(std::string_view("clock"));
// Whoever is called for these is called by telephone, not in a group alone.
constexpr const char* kSevere = "critical";

std::string channel_alert(const std::string& channel) { return "channel:" + channel; }

void tell_channel(std::string_view topic, const std::string& channel, const ChannelHealth& health,
                  Step& step) {
  step.emit({.topic = topic, .payload = encode_payload(ChannelChange{channel, health.failures})});
}

struct DownText {
  DeliveryOutcome outcome;
  const char* text;  // after "通道“...”"
};
constexpr std::array<DownText, 2> kDownTexts = {{
    {DeliveryOutcome::denied, "被网关拒绝，请检查账号文件、系统时间和网关设置"},
    {DeliveryOutcome::disabled, "已停用：网关不认该账号，更换账号文件后自动恢复"},
}};
constexpr const char* kDownText = "连续发送失败";

AlertDraft down_draft(const std::string& channel, DeliveryOutcome outcome) {
  AlertDraft draft;
  draft.what = channel_alert(channel);
  draft.labels = {
      {kTopicLabel, "channel.down"}, {kChannelLabel, channel}, {kSeverityLabel, kSevere}};
  const auto* found = std::ranges::find(kDownTexts, outcome, &DownText::outcome);
  const char* text = found == kDownTexts.end() ? kDownText : found->text;
  draft.annotations["summary"] = "通道“" + channel + "”" + text;
  return draft;
}

// Rows from before an update only count.
bool is_down(const ChannelHealth& health) {
  return health.down.value_or(health.failures >= OwnAlerts::kFailuresMax);
}

std::optional<HeartbeatRow> feed_beat(const WatchClock& clock) {
  if (!clock.fed_at) return std::nullopt;
  return HeartbeatRow{*clock.fed_at, clock.silent, false};
}

void set_feed_beat(WatchClock& clock, const HeartbeatRow& row) {
  clock.fed_at = row.last_at;
  clock.silent = row.silent;
}

}  // namespace

// What has to beat, and is silent when it has not for too long; never before its first beat.
struct OwnAlerts::Watched {
  const char* alert;
  const char* topic;
  const char* summary;  // after "自 ... 起"
  std::optional<FeedRules> AlertingRules::*rules;
  std::optional<HeartbeatRow> (*get)(const WatchClock& clock);
  void (*set)(WatchClock& clock, const HeartbeatRow& row);

  // By the limit of the hour in which it is reached. kTimestampMax when it is not watched, or
  // silent already.
  Timestamp due(const WatchClock& clock, const Callouts::InForce& rules_now) const {
    const auto row = get(clock);
    return row ? silent_at(*row, patience(*row, rules_now)) : kTimestampMax;
  }
  bool falls_silent(HeartbeatRow& row, const Callouts::InForce& rules_now, Timestamp now) const {
    return check_heartbeat(row, patience(row, rules_now), now) == HeartbeatChange::fell_silent;
  }

 private:
  // For ever where nobody watches. Those that are silent are not reckoned.
  Duration patience(const HeartbeatRow& row, const Callouts::InForce& rules_now) const {
    const auto& feed = rules_now.rules.*rules;
    if (!feed || row.silent) return kTimestampMax - row.last_at;
    return silent_after(*feed, rules_now.times, row.last_at);
  }
};

std::span<const OwnAlerts::Watched> OwnAlerts::watched() {
  static constexpr std::array<Watched, 2> kWatched = {{
      {"feed", "feed.silent", "没有来单", &AlertingRules::feed, &feed_beat, &set_feed_beat},
      {"imports", "import.silent", "没有导入或推送", &AlertingRules::imports,
       [](const WatchClock& clock) { return clock.imports; },
       [](WatchClock& clock, const HeartbeatRow& row) { clock.imports = row; }},
  }};
  return kWatched;
}

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
  const ChannelSign sign = meaning_of(outcome).sign;
  if (sign == ChannelSign::none) return {};
  const std::string key = make_key(channel);
  auto stored = health_.get(step.store(), key);
  if (!stored.ok()) return stored.error();
  ChannelHealth health = stored->value_or(ChannelHealth());
  const bool down = is_down(health);
  if (sign == ChannelSign::well) {
    if (health.failures == 0) return {};
    RETURN_IF_ERROR(health_.put(step.store(), key, ChannelHealth()));
    if (down) tell_channel(topics::kChannelRecovered, channel, health, step);
    return callouts.end(0, channel_alert(channel), sink, step);
  }
  ++health.failures;
  health.down = down || sign == ChannelSign::broken || health.failures >= kFailuresMax;
  RETURN_IF_ERROR(health_.put(step.store(), key, health));
  if (down || !*health.down) return {};
  tell_channel(topics::kChannelFailed, channel, health, step);
  return callouts.raise(0, down_draft(channel, outcome), sink, step);
}

Result<void> OwnAlerts::heard(const Watched& what, Timestamp at, Callouts& callouts, CallSink& sink,
                              Step& step) const {
  auto stored = clock_.edit(step.store(), kClockKey);
  if (!stored.ok()) return stored.error();
  WatchClock& clock =
      *stored != nullptr ? **stored : clock_.add(step.store(), kClockKey, WatchClock());
  HeartbeatRow row = what.get(clock).value_or(HeartbeatRow{at, false, false});
  const HeartbeatChange change = beat(row, at);
  what.set(clock, row);
  if (change != HeartbeatChange::came_back) return {};
  return callouts.end(0, what.alert, sink, step);
}

Result<void> OwnAlerts::fed(Timestamp at, Callouts& callouts, CallSink& sink, Step& step) const {
  return heard(watched()[0], std::min(at, step.now()), callouts, sink, step);
}

Result<void> OwnAlerts::imported(Timestamp at, Callouts& callouts, CallSink& sink,
                                 Step& step) const {
  return heard(watched()[1], std::min(at, step.now()), callouts, sink, step);
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
  Timestamp due = known->rota_due;
  for (const Watched& what : watched()) due = std::min(due, what.due(*known, **rules));
  return due;
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
  return look_at_beats(callouts, sink, step);
}

Result<void> OwnAlerts::look_at_beats(Callouts& callouts, CallSink& sink, Step& step) const {
  for (const Watched& what : watched()) {
    auto rules = callouts.in_force(step.store());
    if (!rules.ok()) return rules.error();
    auto known = clock(step.store());
    if (!known.ok()) return known.error();
    auto row = what.get(*known);
    if (!row || !what.falls_silent(*row, **rules, step.now())) continue;
    what.set(*known, *row);
    RETURN_IF_ERROR(clock_.put(step.store(), kClockKey, *known));
    AlertDraft draft;
    draft.what = what.alert;
    draft.labels = {{kTopicLabel, what.topic}, {"feed", "city"}, {kSeverityLabel, kSevere}};
    draft.annotations["summary"] = "自 " + minute_of(row->last_at) + " 起" + what.summary;
    RETURN_IF_ERROR(callouts.raise(0, draft, sink, step));
  }
  return {};
}

Result<std::vector<std::string>> OwnAlerts::channels_down(const Transaction& store) const {
  std::vector<std::string> names;
  RETURN_IF_ERROR(health_.scan(store, {}, [&](std::string_view key, const ChannelHealth& health) {
    if (is_down(health)) names.emplace_back(KeyReader(key).text());
    return true;
  }));
  return names;
}

// What is over ends before what is there is raised: it may be the same gap, moved.
Result<void> OwnAlerts::look_at_rota(Callouts& callouts, CallSink& sink, Step& step) const {
  auto rules = callouts.in_force(step.store());
  if (!rules.ok()) return rules.error();
  if ((*rules)->rota == nullptr) return {};
  auto marks = callouts.tables().marks_of(step.store(), 0);
  if (!marks.ok()) return marks.error();
  std::erase_if(*marks, [](const std::string& what) { return !is_gap_alert(what); });
  std::vector<LabelSet> open;
  for (const std::string& what : *marks) {
    auto mark = callouts.tables().mark(step.store(), 0, what);
    if (!mark.ok()) return mark.error();
    if (*mark) open.push_back((*mark)->labels);
  }
  const auto drafts = gap_drafts(*(*rules)->rota, open, step.now());
  for (const std::string& what : *marks) {
    const bool lasts = std::ranges::find(drafts, what, &AlertDraft::what) != drafts.end();
    if (!lasts) RETURN_IF_ERROR(callouts.end(0, what, sink, step));
  }
  for (const AlertDraft& draft : drafts) {
    RETURN_IF_ERROR(callouts.raise(0, draft, sink, step));
  }
  return {};
}

}  // namespace jieban
