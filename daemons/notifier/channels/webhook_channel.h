// WebhookChannel: POSTs a notice as a CloudEvent in JSON to a gateway, with its id as the
// Idempotency-Key.
//
// Account, if there is one: secret, ca_file, proxy. With a secret each call has X-Jieban-Timestamp
// (milliseconds) and X-Jieban-Signature: "sha256=" and hex(HMAC-SHA256(secret, timestamp "."
// body)). The token stands in a file of its own, which is read for each call as the account is.
// Promises and failures: channel.h. 2xx is accepted, this gateway's only code being the status:
// gateway_reply.cc has the table; a body that is too long is cut, as it says nothing. Redirects are
// not followed. Thread rule: one thread.
#pragma once

#include <string>
#include <string_view>

#include "daemons/notifier/channels/ruled_channel.h"

namespace jieban {

class WebhookChannel : public RuledChannel {
 public:
  using RuledChannel::RuledChannel;
  DeliveryReport deliver(const OutgoingNotice& notice) override;
};

// What X-Jieban-Signature says.
std::string webhook_signature(std::string_view secret, int64_t timestamp_ms, std::string_view body);

}  // namespace jieban
