// FeishuRobotChannel: a message to a Feishu (飞书) group through its robot, DOMAIN §15.5.
//
// Account: id (the last part of the robot's URL); secret (with it every call is signed), ca_file,
// proxy. The address, if any, is mentioned: a member's id or "@all"; Feishu knows no phone numbers,
// and whoever is reached by one is not named.
// Promises and failures: channel.h; the codes are a table in the .cc. Too long a text is cut.
// Thread rule: one thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "daemons/notifier/channels/ruled_channel.h"

namespace jieban {

class FeishuRobotChannel : public RuledChannel {
 public:
  using RuledChannel::RuledChannel;
  DeliveryReport deliver(const OutgoingNotice& notice) override;
};

std::string feishu_sign(std::string_view secret, int64_t timestamp_seconds);
// Without a secret neither time nor signature stands in the body.
std::string feishu_body(const OutgoingNotice& notice, std::string_view secret,
                        int64_t timestamp_seconds);

}  // namespace jieban
