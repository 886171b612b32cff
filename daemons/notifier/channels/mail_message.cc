#include "daemons/notifier/channels/mail_message.h"

#include <array>

#include "common/base/bytes.h"
#include "common/base/text.h"
#include "common/crypto/base64.h"
#include "common/crypto/hashes.h"

namespace jieban {
namespace {

constexpr std::string_view kCrlf = "\r\n";
constexpr size_t kLineMax = 76;
// "Subject: =?UTF-8?B?" and "?=" around 52 bytes of Base64, which are 39 bytes of text: 73 of 76.
constexpr size_t kWordTextMax = 39;

bool is_continuation(char c) { return (c & 0xC0) == 0x80; }

// Encoded words, each of whole characters, a line each.
std::string encoded_words(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    size_t size = std::min(kWordTextMax, text.size());
    while (size < text.size() && is_continuation(text[size])) --size;
    out.append(out.empty() ? "" : "\r\n ");
    out.append("=?UTF-8?B?").append(to_base64(text.substr(0, size))).append("?=");
    text.remove_prefix(size);
  }
  return out;
}

std::string base64_lines(std::string_view text) {
  const std::string encoded = to_base64(text);
  std::string out;
  for (size_t at = 0; at < encoded.size(); at += kLineMax) {
    out.append(encoded.substr(at, kLineMax)).append(kCrlf);
  }
  return out;
}

// "Tue, 03 Feb 2026 12:00:00 +0800"
std::string mail_date(Timestamp at) {
  static constexpr std::array<const char*, 7> kDays = {"Sun", "Mon", "Tue", "Wed",
                                                       "Thu", "Fri", "Sat"};
  static constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  constexpr int64_t kThursday = 4;  // the first day of the epoch
  const auto days = std::chrono::floor<std::chrono::days>(at.time_since_epoch() + kShanghaiOffset);
  const CivilTime civil = to_civil(at);
  const std::string local = format_local(at);  // "2026-02-03 12:00:00"
  return std::string(kDays.at(size_t((days.count() + kThursday) % 7))) + ", " + local.substr(8, 2) +
         " " + kMonths.at(civil.month - 1) + " " + local.substr(0, 4) + local.substr(10) + " +0800";
}

}  // namespace

std::string mail_message(const MailParts& parts) {
  const std::pair<const char*, std::string> fields[] = {
      {"Date", mail_date(parts.date)},
      {"From", parts.from},
      {"To", parts.to},
      {"Subject", encoded_words(clean_line(parts.subject))},
      {"Message-ID", "<" + parts.message_id + ">"},
      {"Auto-Submitted", "auto-generated"},
      {"MIME-Version", "1.0"},
      {"Content-Type", "text/plain; charset=utf-8"},
      {"Content-Transfer-Encoding", "base64"}};
  std::string out;
  for (const auto& [name, value] : fields) {
    out.append(name).append(": ").append(value).append(kCrlf);
  }
  std::string text = parts.text;
  replace_all(text, "\n", kCrlf);
  return out.append(kCrlf).append(base64_lines(text));
}

std::string mail_message_id(std::string_view notice_id, std::string_view from) {
  constexpr size_t kBytes = 16;
  const size_t at = from.rfind('@');
  const std::string_view domain = at == std::string_view::npos ? "jieban" : from.substr(at + 1);
  return to_hex(std::string_view(blake2b(notice_id)).substr(0, kBytes)) + "@" + std::string(domain);
}

}  // namespace jieban
