// MailTransfer: one message to a mail server, by SMTP with STARTTLS or by SMTPS.
//
// Promises: as transfer.h, but a server that hangs is told goodbye, which may take the total
// timeout once more (and a second, where that is shorter). A recipient that is refused refuses the
// message: it goes to all or to none. A password is only said over TLS, unless the caller says
// `plain_login`. What is said and answered is looked at, for the stage, and never kept. What fails
// and how: as transfer.h; a server that refuses with a code has given an answer, not an error.
// `unavailable` also when the server went away before it wanted the text: a mail without its last
// line is none. Thread rule: any thread.
#pragma once

#include <string>
#include <vector>

#include "common/base/result.h"
#include "common/transfer/transfer.h"

namespace jieban {

struct MailCall {
  std::string url{};      // "smtp://host:port" or "smtps://host:port"
  bool starttls = false;  // smtp: TLS before anything is said, or no mail
  std::string user{};     // empty: no login
  std::string password{};
  bool plain_login = false;  // a password without TLS: on this host or a wire of our own
  std::string sender{};      // of the envelope, without <>
  std::vector<std::string> recipients{};
  std::string message{};  // RFC 5322, lines end with CRLF
  TransferRoute route{};
};

// What a server answered to: a refusal of the session or of the sender is one of us, whatever the
// mail; one of the recipient or the text may be one of this mail alone.
enum class MailStage {
  session,    // greeting, HELO, STARTTLS, AUTH
  sender,     // MAIL FROM
  recipient,  // RCPT TO
  text,       // DATA, and the text itself
};

struct MailAnswer {
  int code = 0;
  MailStage stage = MailStage::session;
  std::string enhanced{};  // "5.7.1" (RFC 3463), where the answer has one

  bool operator==(const MailAnswer&) const = default;
};

// The server's last word: 250 when the mail was taken on, 4xx or 5xx when it was refused,
// whichever command it was that the server refused.
Result<MailAnswer> send_mail(const MailCall& call);

}  // namespace jieban
