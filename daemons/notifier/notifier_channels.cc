// What becomes of calls that wait on a channel that the rules do not have any more.
#include "common/domain/topics.h"
#include "daemons/notifier/channel_kind.h"
#include "daemons/notifier/notifier.h"

namespace jieban {
namespace {

// All that a channel may have waiting, in a step of its own.
constexpr size_t kWaitingMax = 1'000'000;

}  // namespace

std::vector<std::string> Notifier::channel_names(Step& step) const {
  std::vector<std::string> names;
  auto rules = rules_.current(step.store());
  if (!rules.ok() || *rules == nullptr) return names;
  for (const ChannelRule& channel : (*rules)->channels) names.push_back(channel.name);
  return names;
}

Result<void> Notifier::leave_channels(const std::vector<std::string>& before, Step& step) {
  auto rules = rules_in_force(step);
  if (!rules.ok()) return rules.error();
  for (const std::string& name : before) {
    if ((*rules)->find_channel(name) != nullptr) continue;
    auto waiting = tables_.due(step.store(), name, kTimestampMax, kWaitingMax);
    if (!waiting.ok()) return waiting.error();
    for (const NoticeRow& row : waiting->rows) {
      if (!is_call(row)) continue;
      RETURN_IF_ERROR(leave_channel(row, **rules, step));
    }
  }
  return {};
}

// A call goes by the channel that has its method now, which may be the same one under another name;
// where there is none, the person's next means is used. What a board would have shown waits until
// its channel is back.
Result<void> Notifier::leave_channel(const NoticeRow& row, const NotifierRules& rules, Step& step) {
  const ChannelRule* other = rules.channel_of(*row.method);
  NoticeRow left = row;
  if (other != nullptr) {
    left.channel = other->name;
    left.shared.reset();
    if (row_of(other->kind).group) left.shared = true;
    step.signal({kDueSignal, 0, left.channel});
    return tables_.write(step.store(), &row, left);
  }
  left.state = NoticeState::abandoned;
  left.error = "the rules have no such channel any more";
  NoticeStep told;
  told.error = left.error;
  RETURN_IF_ERROR(settle(&row, left, topics::kNoticeAbandoned, std::move(told), step));
  return give_up(left, step);
}

}  // namespace jieban
