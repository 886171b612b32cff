#include "daemons/notifier/channels/smstools_file.h"

#include <charconv>

#include "common/base/bytes.h"
#include "common/base/text.h"
#include "daemons/notifier/channels/sms_text.h"

namespace jieban {
namespace {

constexpr size_t kHeadersMax = 200;  // smsd notes characters that it could not convert

// ISO 8859-15 differs from Latin-1 in eight places; a telephone in Beijing sends the first at most.
std::string from_latin9(std::string_view bytes) {
  std::string out;
  for (char byte : bytes) {
    auto value = static_cast<unsigned char>(byte);
    if (value < 0x80) {
      out += byte;
    } else if (value == 0xA4) {
      out += "€";
    } else {
      out += char(0xC0U | unsigned(value) >> 6U);
      out += char(0x80U | (unsigned(value) & 0x3FU));
    }
  }
  return out;
}

std::optional<uint64_t> leading_number(std::string_view text) {
  uint64_t number = 0;
  auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc() || end == text.data()) return std::nullopt;
  return number;
}

// The line that begins with `name` in the body of a report.
std::string_view line_of(std::string_view body, std::string_view name) {
  while (!body.empty()) {
    std::string_view line = body.substr(0, body.find('\n'));
    if (line.starts_with(name)) return trim(line.substr(name.size()));
    body.remove_prefix(std::min(line.size() + 1, body.size()));
  }
  return {};
}

struct StatusRange {
  uint64_t first;
  SmsState state;
};

// Of GSM 03.40 §9.2.3.15, from the end.
constexpr StatusRange kStatuses[] = {
    {0x60, SmsState::failed},     // the centre has given up
    {0x40, SmsState::failed},     // for good
    {0x20, SmsState::buffered},   // the centre is still trying
    {0x00, SmsState::delivered},  // done
};

}  // namespace

std::string_view SmstoolsFile::header(std::string_view name) const {
  auto found = headers.find(name);
  return found == headers.end() ? std::string_view() : std::string_view(found->second);
}

std::string smstools_message(const std::string& phone, const std::string& notice_id,
                             std::string_view text) {
  const SmsAlphabet alphabet = measure_sms(text).alphabet;
  const bool gsm = alphabet == SmsAlphabet::gsm;
  std::string_view fitting = fit_sms(text, alphabet);
  std::string content = "To: " + phone + "\n";
  content.append("Alphabet: ").append(gsm ? "UTF-8" : "UCS2").append("\n");
  content.append("Report: yes\n");
  content.append(kNoticeHeader).append(": ").append(notice_id).append("\n\n");
  return content + (gsm ? std::string(fitting) : to_ucs2(fitting));
}

Result<SmstoolsFile> parse_smstools(std::string_view content) {
  SmstoolsFile file;
  for (size_t count = 0; !content.empty(); ++count) {
    size_t end = content.find('\n');
    std::string_view line = content.substr(0, end);
    content.remove_prefix(end == std::string_view::npos ? content.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) {
      file.body = content;
      return file;
    }
    size_t colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0) return invalid("a line is no header");
    if (count == kHeadersMax) return invalid("too many headers");
    file.headers.emplace(line.substr(0, colon), trim(line.substr(colon + 1)));
  }
  return invalid("no empty line after the headers");
}

Result<std::string> smstools_text(const SmstoolsFile& file) {
  std::string_view alphabet = file.header("Alphabet").substr(0, 3);
  std::optional<std::string> text;
  if (alphabet == "UCS" || alphabet == "Uni" || alphabet == "Chi") {
    text = utf8_of_ucs2(file.body);
  } else if (alphabet == "UTF") {
    if (is_utf8(file.body)) text = file.body;
  } else if (alphabet.empty() || alphabet == "ISO" || alphabet == "Lat" || alphabet == "Ans") {
    text = from_latin9(file.body);
  }
  if (!text) return invalid("the text is not of its Alphabet");
  return std::move(*text);
}

std::string SmstoolsStatus::describe() const {
  std::string text = "TP-Status " + std::to_string(code);
  return text + (state == SmsState::failed ? ": 未送达 (not delivered)" : "");
}

Result<SmstoolsStatus> smstools_status(const SmstoolsFile& file) {
  if (!file.body.starts_with("SMS STATUS REPORT")) return invalid("no status report");
  auto id = leading_number(line_of(file.body, "Message_id:"));
  if (!id) return invalid("Message_id is missing");
  auto code = leading_number(line_of(file.body, "Status:"));
  if (!code || *code > 0xFF) return invalid("Status is missing");
  SmstoolsStatus status{*id, *code, SmsState::failed};
  for (const StatusRange& range : kStatuses) {
    if (*code < range.first) continue;
    status.state = range.state;
    break;
  }
  return status;
}

}  // namespace jieban
