// WebhookChannel: POSTs a notice as JSON to a gateway, with its id as the Idempotency-Key.
//
// 2xx is delivered. What a gateway says of the notice itself (400, 410, 413, 415, 422) is rejected
// for good; a closed door (401 to 405, 407) is denied and retried until somebody has mended token
// or address; any other status has failed and is retried. No connection is a failure; a connection
// without a readable answer is unknown, since the gateway may have sent the message. Redirects are
// not followed.
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
