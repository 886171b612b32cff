#include "daemons/notifier/guarded_channel.h"

#include "daemons/notifier/channels/account_file.h"

namespace jieban {

// The stamp is taken before the call: an account that changes during it is asked again.
DeliveryReport GuardedChannel::deliver(const OutgoingNotice& notice) {
  const std::string stamp = account_stamp(account_file_);
  if (refused_ == stamp) {
    return {DeliveryOutcome::disabled, "disabled until the account file or the rules are others"};
  }
  DeliveryReport report = channel_->deliver(notice);
  refused_.reset();
  if (report.outcome == DeliveryOutcome::disabled) refused_ = stamp;
  return report;
}

OpenChannel guarded_channels(OpenChannel open) {
  return [open = std::move(open)](const ChannelRule& rule) -> std::unique_ptr<Channel> {
    auto channel = open(rule);
    if (!channel || !rule.account_file) return channel;
    return std::make_unique<GuardedChannel>(std::move(channel), *rule.account_file);
  };
}

}  // namespace jieban
