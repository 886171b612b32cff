// A mail's text (RFC 5322): plain text in UTF-8, the subject in encoded words (RFC 2047).
//
// Promises: lines end with CRLF and have at most 76 bytes; the same parts give the same bytes.
// Fails: nothing. REQUIRES: addresses without blanks, UTF-8. Thread rule: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "common/base/clock.h"

namespace jieban {

struct MailParts {
  std::string from;
  std::string to;
  std::string subject;
  std::string text;
  std::string message_id;  // without <>
  Timestamp date;
};

std::string mail_message(const MailParts& parts);

// "<hash>@<domain of the sender>": a notice that is sent again is the same mail.
std::string mail_message_id(std::string_view notice_id, std::string_view from);

}  // namespace jieban
