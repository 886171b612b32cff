// A message file of smstools3: headers, an empty line, the text.
//
// Promises: what is written is what smsd 3.1 reads; what is read is strict about what we need and
// passes over all other headers. A text that GSM 03.38 does not have is written in UCS-2, since
// smsd would else note each character of it in the file and in its log.
// What fails and how: reading is `invalid`, naming the header; never what stands there.
// Thread rule: pure functions.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "common/base/result.h"
#include "daemons/notifier/channels/sms_events.h"

namespace jieban {

constexpr std::string_view kNoticeHeader = "X-Jieban-Notice";

struct SmstoolsFile {
  std::map<std::string, std::string, std::less<>> headers;  // the first of each name
  std::string body;                                         // as it stands there

  // Empty when there is none.
  std::string_view header(std::string_view name) const;
};

// REQUIRES: `notice_id` is one line.
std::string smstools_message(const std::string& phone, const std::string& notice_id,
                             std::string_view text);
Result<SmstoolsFile> parse_smstools(std::string_view content);
// In UTF-8, by the header Alphabet.
Result<std::string> smstools_text(const SmstoolsFile& file);

// What a status report says (GSM 03.40, TP-Status).
struct SmstoolsStatus {
  uint64_t message_id = 0;
  uint64_t code = 0;
  SmsState state = SmsState::buffered;
  std::string describe() const;
};

Result<SmstoolsStatus> smstools_status(const SmstoolsFile& file);

}  // namespace jieban
