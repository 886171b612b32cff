// KannelSms: short messages through the sendsms door of a Kannel on this host or near it.
//
// Promises: the account and the telephone number travel in headers, never in an address, which
// gateways and proxies log; the text as UTF-8, which Kannel turns into UCS-2. Where the account has
// a `callback`, Kannel tells every state there, with the notice's id in hexadecimal as `notice`
// (kannel_callbacks.h reads it); that id is also the gateway's.
// What fails and how: see channel.h; `accepted` for the codes 0 and 3 of Kannel's answer alone, all
// others by the table of kannel_outcome. A success that has neither code is `unknown`.
// Thread rule: one thread.
#pragma once

#include <string>
#include <string_view>

#include "common/transfer/transfer.h"
#include "daemons/notifier/channels/ruled_channel.h"
#include "daemons/notifier/channels/sms_account.h"

namespace jieban {

class KannelSms : public RuledChannel {
 public:
  using RuledChannel::RuledChannel;
  DeliveryReport deliver(const OutgoingNotice& notice) override;
};

// What is sent for a notice to `phone`.
WebCall kannel_call(const KannelAccount& account, const std::string& url, const std::string& phone,
                    const OutgoingNotice& notice);

struct KannelMeaning {
  int status = 0;
  std::string_view beginning;  // of the answer; empty: any
  DeliveryOutcome outcome = DeliveryOutcome::failed;
  std::string_view meaning;
};

const KannelMeaning& kannel_meaning(int status, std::string_view answer);

}  // namespace jieban
