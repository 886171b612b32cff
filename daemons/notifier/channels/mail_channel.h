// MailChannel: a mail to a person, or to the one address of the account.
//
// Account: from; to (where a notice has no address), user and password, starttls (default true,
// for smtp://), plain_login (default false: a password goes over TLS only), ca_file.
// Promises and failures: channel.h; what a server's codes mean is a table in the .cc. The
// Message-ID is made of the notice's id: it is `gateway_id`, and the same for each attempt.
// Thread rule: one thread.
#pragma once

#include "common/transfer/mail_transfer.h"
#include "daemons/notifier/channel.h"

namespace jieban {

class MailChannel : public Channel {
 public:
  MailChannel(ChannelRule rule, const ChannelTimeouts& timeouts, const Clock& clock)
      : rule_(std::move(rule)), timeouts_(timeouts), clock_(clock) {}
  DeliveryReport deliver(const OutgoingNotice& notice) override;

 private:
  ChannelRule rule_;
  ChannelTimeouts timeouts_;
  const Clock& clock_;
};

// What the code of a mail server says.
DeliveryOutcome outcome_of_mail_code(int code);

}  // namespace jieban
