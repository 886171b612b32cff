// DingtalkRobotChannel: a message to a DingTalk (钉钉) group through its robot, DOMAIN §15.4.
//
// Account: access_token; secret (with it every call is signed), format (text, or markdown),
// ca_file, proxy. The address, if any, is mentioned: a mobile number, "@all", or a member's id.
// Promises and failures: channel.h; the codes are a table in the .cc. A call whose security check
// fails is signed anew once, with the clock as it then is. Too long a text is cut.
// Thread rule: one thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "daemons/notifier/channels/ruled_channel.h"

namespace jieban {

class DingtalkRobotChannel : public RuledChannel {
 public:
  using RuledChannel::RuledChannel;
  DeliveryReport deliver(const OutgoingNotice& notice) override;
};

// Base64; the URL has it percent-encoded.
std::string dingtalk_sign(std::string_view secret, int64_t timestamp_ms);
std::string dingtalk_body(const OutgoingNotice& notice, bool markdown);

}  // namespace jieban
