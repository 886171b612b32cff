// WecomRobotChannel: a message to a WeCom (企业微信) group through its robot, DOMAIN §15.2.
//
// Account: key; format (text, or markdown), ca_file, proxy. The address, if any, is mentioned: a
// mobile number, "@all", or a member's id. Markdown knows ids alone: a call to a mobile number is a
// plain text.
// Promises and failures: channel.h; the codes are a table in the .cc. Too long a text is cut.
// Thread rule: one thread.
#pragma once

#include <string>

#include "daemons/notifier/channels/ruled_channel.h"

namespace jieban {

class WecomRobotChannel : public RuledChannel {
 public:
  using RuledChannel::RuledChannel;
  DeliveryReport deliver(const OutgoingNotice& notice) override;
};

std::string wecom_body(const OutgoingNotice& notice, bool markdown);

}  // namespace jieban
