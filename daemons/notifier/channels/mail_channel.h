// MailChannel: a mail to a person, or to the one address of the account.
//
// Account: from; to (where a notice has no address), user and password, starttls (default true,
// for smtp://), plain_login (default false: a password goes over TLS only), ca_file.
// Promises and failures: channel.h; what a server's codes mean is a table in the .cc. The
// Message-ID is made of the notice's id: it is `gateway_id`, and the same for each attempt.
// Thread rule: one thread.
#pragma once

#include "common/transfer/mail_transfer.h"
#include "daemons/notifier/channels/ruled_channel.h"

namespace jieban {

class MailChannel : public RuledChannel {
 public:
  using RuledChannel::RuledChannel;
  DeliveryReport deliver(const OutgoingNotice& notice) override;
};

// What the code of a mail server says.
DeliveryOutcome outcome_of_mail_code(int code);

}  // namespace jieban
