// UmsSmsChannel: a text message through China Unicom's 一信通, DOMAIN §15.6.
//
// Account: SpCode, LoginName, Password; ExtendAccessNum, ca_file, proxy. The address is a mobile
// number. The text goes out in GBK; a character that GBK lacks becomes '?'. A possible repeat is
// not marked in the text, which has to fit a template that the operator approved.
// Promises and failures: channel.h; an address that is no mobile number is rejected. `gateway_id`
// is the serial number, by which receipts name the message; it is told of an unknown outcome too.
// Thread rule: one thread.
#pragma once

#include <string>
#include <string_view>

#include "daemons/notifier/channels/account_file.h"
#include "daemons/notifier/channels/ruled_channel.h"

namespace jieban {

class UmsSmsChannel : public RuledChannel {
 public:
  using RuledChannel::RuledChannel;
  DeliveryReport deliver(const OutgoingNotice& notice) override;
};

// 20 digits, from the notice's id and the number of the attempt and nothing else.
std::string ums_serial_number(std::string_view notice_id, uint64_t attempt);
Result<std::string> ums_form(const OutgoingNotice& notice, const Account& account);

}  // namespace jieban
