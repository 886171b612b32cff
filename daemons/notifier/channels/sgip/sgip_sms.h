// SgipSms: short messages through the SMG of China Unicom, each notice over a connection of its own
// (BIND, SUBMIT for each part, UNBIND), as many SPs do: nothing is sent into a connection that died
// unseen.
//
// Promises: a text longer than one message goes in parts with the header of concatenation; one
// longer than kSmsPartsMax parts is cut. `accepted` when every part has result 0; what came of the
// first part counts as long as no other part is out, after that it is `unknown`, but for a code
// that is final: that is `rejected`, as no later attempt would fare better and each would bring the
// first part again. `failed` when no byte of a SUBMIT has left. Every part asks for a receipt,
// which names the message and the part: the gateway's id is the same for all parts. The sequence
// number is made of the notice and the attempt (sgip_sequence), so that plan() knows the id before
// a byte leaves, and a restart makes the same. What fails and
// how: see channel.h; codes by sgip_result.h; an account or address that is wrong is `denied`, a
// telephone number that is none `rejected`. Thread rule: one thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "daemons/notifier/channel.h"
#include "daemons/notifier/channels/sgip/sgip_packet.h"
#include "daemons/notifier/channels/sgip/sgip_session.h"
#include "daemons/notifier/channels/sms_account.h"

namespace jieban {

class SgipSms : public Channel {
 public:
  SgipSms(ChannelRule rule, const ChannelTimeouts& timeouts, const Clock& /*clock*/)
      : rule_(std::move(rule)), timeouts_(timeouts) {}
  AttemptPlan plan(const OutgoingNotice& notice) override;
  DeliveryReport deliver(const OutgoingNotice& notice) override;

 private:
  DeliveryReport submit_all(SgipSession& session, const std::vector<SgipPacket>& parts) const;
  DeliveryReport converse(const SgipAccount& account, const std::vector<SgipPacket>& parts);

  ChannelRule rule_;
  ChannelTimeouts timeouts_;
};

// The lowest bits of a sequence number's counter tell the part.
constexpr uint32_t kSgipPartsOfId = 16;
// That of the first part of an attempt: the time at which the notice was made, to the second, and a
// hash of 28 bits of its id and the attempt. SGIP asks that no two are alike; that the time is that
// of the command nothing depends on.
SgipSequence sgip_sequence(uint32_t node, const OutgoingNotice& notice);
// "3010012345.203040506.32": that of the message, whichever its part.
std::string sgip_message_id(const SgipSequence& sequence);
// From 1.
uint64_t sgip_part(const SgipSequence& sequence);

// The parts of a text to one telephone, in order.
std::vector<SgipPacket> sgip_parts(const SgipAccount& account, const std::string& user,
                                   std::string_view text, const SgipSequence& first);

}  // namespace jieban
