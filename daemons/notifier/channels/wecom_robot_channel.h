// WecomRobotChannel: a message to a WeCom (企业微信) group through its robot, DOMAIN §15.2.
//
// Account: key; format (text, or markdown), ca_file, proxy. The address, if any, is mentioned: a
// mobile number, "@all", or a member's id; markdown knows ids alone.
// Promises and failures: channel.h; the codes are a table in the .cc. Too long a text is cut.
// Thread rule: one thread.
#pragma once

#include <string>

#include "daemons/notifier/channel.h"

namespace jieban {

class WecomRobotChannel : public Channel {
 public:
  WecomRobotChannel(ChannelRule rule, const ChannelTimeouts& timeouts)
      : rule_(std::move(rule)), timeouts_(timeouts) {}
  DeliveryReport deliver(const OutgoingNotice& notice) override;

 private:
  ChannelRule rule_;
  ChannelTimeouts timeouts_;
};

std::string wecom_body(const OutgoingNotice& notice, bool markdown);

}  // namespace jieban
