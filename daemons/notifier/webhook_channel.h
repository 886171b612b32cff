// WebhookChannel: POSTs a notice as JSON to a gateway, with its id as the Idempotency-Key.
//
// 2xx is delivered. 408, 429, 3xx and 5xx have failed and are retried; any other 4xx is rejected
// for good. No connection is a failure; a connection without a readable answer is unknown, since
// the gateway may have sent the message. Redirects are not followed.
// The token stands in a file, which is read for each call: it can be exchanged at any time.
#pragma once

#include <string>

#include "daemons/notifier/channel.h"

namespace jieban {

class WebhookChannel : public Channel {
 public:
  WebhookChannel(ChannelRule rule, const ChannelTimeouts& timeouts)
      : rule_(std::move(rule)), timeouts_(timeouts) {}
  DeliveryReport deliver(const OutgoingNotice& notice) override;

 private:
  ChannelRule rule_;
  ChannelTimeouts timeouts_;
};

// What a status says about the notice.
DeliveryOutcome outcome_of_status(int status);

}  // namespace jieban
