// MailChannel: a mail to a person, or to the one address of the account.
//
// Account: from; to (where a notice has no address), user and password, starttls (default true,
// for smtp://), plain_login (default false: a password goes over TLS only), ca_file.
// Promises and failures: channel.h; what a server's codes mean is a table in the .cc (RFC 5321,
// 4954, 3463). A 5xx to the greeting, the login or MAIL FROM refuses us, whichever mail it is:
// `denied`; so does one to RCPT TO whose enhanced code speaks of policy or of our address (5.7.x,
// 5.1.7, 5.1.8). Any other 5xx to RCPT TO, a bare 554 too, and any to the text is about this mail:
// `rejected`; so is a mail that is too large by its announced size (552 to MAIL FROM). The
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

// What the answer of a mail server says.
DeliveryOutcome outcome_of_mail(const MailAnswer& answer);

}  // namespace jieban
