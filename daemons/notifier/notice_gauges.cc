#include "daemons/notifier/notice_gauges.h"

#include <algorithm>
#include <array>

#include "common/domain/topics.h"
#include "daemons/notifier/callout/rota_gaps.h"

namespace jieban {

Result<void> NoticeGauges::start(const EdgeContext& context) {
  struct Row {
    std::string_view topic;
    const char* step;
  };
  static constexpr std::array<Row, 8> kRows = {{{topics::kNoticeQueued, "queued"},
                                                {topics::kNoticeSent, "sent"},
                                                {topics::kNoticeFailed, "failed"},
                                                {topics::kNoticeAbandoned, "abandoned"},
                                                {topics::kNoticeDelivered, "delivered"},
                                                {topics::kNoticeUndelivered, "undelivered"},
                                                {topics::kNoticeCancelled, "cancelled"},
                                                {topics::kNoticeMerged, "merged"}}};
  static constexpr std::array<AlertState, 6> kStates = {
      AlertState::waiting,      AlertState::calling,   AlertState::muted,
      AlertState::acknowledged, AlertState::exhausted, AlertState::ended};
  metrics_ = &context.metrics;
  for (const Row& row : kRows) {
    steps_[std::string(row.topic)] = &context.metrics.counter(
        "jieban_notices_total", "steps in the life of notices", {{"step", row.step}});
  }
  waiting_ = &context.metrics.gauge("jieban_notices_waiting", "notices that wait for an attempt");
  for (AlertState state : kStates) {
    alerts_[state] = &context.metrics.gauge("jieban_alerts", "groups of open alerts",
                                            {{"state", std::string(to_string(state))}});
  }
  gaps_ = &context.metrics.gauge("jieban_rota_gaps",
                                 "gaps of the rota in the next days that somebody was told of");
  return {};
}

void NoticeGauges::signalled(const Signal& signal) {
  auto found = steps_.find(signal.topic);
  if (found != steps_.end()) found->second->increment();
}

void NoticeGauges::observe(const Transaction& store) {
  auto waiting = core_.tables().waiting(store);
  if (waiting.ok()) waiting_->set(double(*waiting));
  observe_channels(store);
  if (looks_++ % kCountPause == 0) observe_alerts(store);
}

void NoticeGauges::observe_alerts(const Transaction& store) {
  auto counts = count_alerts(store, core_.callouts().tables());
  if (!counts.ok()) return;
  for (const auto& [state, gauge] : alerts_) gauge->set(double((*counts)[state]));
  auto marks = core_.callouts().tables().marks_of(store, 0);
  if (marks.ok()) gaps_->set(double(std::ranges::count_if(*marks, is_gap_alert)));
}

void NoticeGauges::observe_channels(const Transaction& store) {
  auto failed = core_.own_alerts().channels_down(store);
  if (!failed.ok()) return;
  for (const std::string& channel : *failed) {
    if (down_.contains(channel)) continue;
    down_[channel] = &metrics_->gauge("jieban_channel_down",
                                      "whether a channel is down, and somebody was told so (1)",
                                      {{"channel", channel}});
  }
  for (const auto& [channel, gauge] : down_) {
    gauge->set(std::ranges::find(*failed, channel) == failed->end() ? 0.0 : 1.0);
  }
}

}  // namespace jieban
