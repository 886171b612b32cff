// GuardedChannel: asks nothing more of a gateway that has said that our account is none.
//
// After a `disabled` (DOMAIN §15.2: 93000, §15.4: 300001) each call ends as `disabled` without one,
// until the account file has another content. Other rules make another channel, and a restart asks
// once more. So a key that is wrong costs the vendor one call, and whoever is called over this
// channel is called by his next means at once.
// Promises and failures: as the channel behind it. Thread rule: as Channel.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "daemons/notifier/channel.h"

namespace jieban {

class GuardedChannel : public Channel {
 public:
  GuardedChannel(std::unique_ptr<Channel> channel, std::string account_file)
      : channel_(std::move(channel)), account_file_(std::move(account_file)) {}
  AttemptPlan plan(const OutgoingNotice& notice) override { return channel_->plan(notice); }
  DeliveryReport deliver(const OutgoingNotice& notice) override;

 private:
  std::unique_ptr<Channel> channel_;
  std::string account_file_;
  std::optional<std::string> refused_;  // the stamp of the account that was none
};

// The channels of `open`; those with an account file with a guard.
OpenChannel guarded_channels(OpenChannel open);

}  // namespace jieban
