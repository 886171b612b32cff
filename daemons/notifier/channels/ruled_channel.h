// RuledChannel: a channel that knows its rule, how long it may wait, and what time it is.
//
// Promises and failures: channel.h. The clock outlives it. Thread rule: one thread.
#pragma once

#include <utility>

#include "daemons/notifier/channel.h"

namespace jieban {

class RuledChannel : public Channel {
 public:
  RuledChannel(ChannelRule rule, const ChannelTimeouts& timeouts, const Clock& clock)
      : rule_(std::move(rule)), timeouts_(timeouts), clock_(clock) {}

 protected:
  const ChannelRule& rule() const { return rule_; }
  const ChannelTimeouts& timeouts() const { return timeouts_; }
  const Clock& clock() const { return clock_; }

 private:
  ChannelRule rule_;
  ChannelTimeouts timeouts_;
  const Clock& clock_;
};

}  // namespace jieban
