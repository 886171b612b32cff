#include "daemons/notifier/notice_gauges.h"

#include <array>

#include "common/domain/topics.h"

namespace jieban {

Result<void> NoticeGauges::start(const EdgeContext& context) {
  struct Row {
    std::string_view topic;
    const char* step;
  };
  static constexpr std::array<Row, 4> kRows = {{{topics::kNoticeQueued, "queued"},
                                                {topics::kNoticeSent, "sent"},
                                                {topics::kNoticeFailed, "failed"},
                                                {topics::kNoticeAbandoned, "abandoned"}}};
  for (const Row& row : kRows) {
    steps_[std::string(row.topic)] = &context.metrics.counter(
        "jieban_notices_total", "steps in the life of notices", {{"step", row.step}});
  }
  waiting_ = &context.metrics.gauge("jieban_notices_waiting", "notices that wait for an attempt");
  return {};
}

void NoticeGauges::signalled(const Signal& signal) {
  auto found = steps_.find(signal.topic);
  if (found != steps_.end()) found->second->increment();
}

void NoticeGauges::observe(const Transaction& store) {
  auto waiting = core_.tables().waiting(store);
  if (waiting.ok()) waiting_->set(double(*waiting));
}

}  // namespace jieban
