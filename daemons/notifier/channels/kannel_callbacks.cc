#include "daemons/notifier/channels/kannel_callbacks.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "common/base/bytes.h"
#include "daemons/notifier/channels/sms_text.h"

namespace jieban {
namespace {

constexpr size_t kNoticeIdMax = 512;
constexpr size_t kTextMax = 4096;
constexpr size_t kShortMax = 64;  // a telephone number, an id

struct StateRow {
  int bit;
  SmsState state;
  std::string_view error;
};

constexpr std::array<StateRow, 5> kStates = {{
    {1, SmsState::delivered, ""},
    {2, SmsState::failed, "Kannel 2: 未送达 (delivery failure)"},
    {4, SmsState::buffered, ""},
    {8, SmsState::buffered, ""},
    {16, SmsState::failed, "Kannel 16: 短信中心拒绝 (rejected by the message centre)"},
}};

std::string_view value_of(const HttpHeaders& query, std::string_view name) {
  auto found = query.find(name);
  return found == query.end() ? std::string_view() : std::string_view(found->second);
}

std::optional<int64_t> number_of(std::string_view text) {
  int64_t number = 0;
  auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc() || end != text.data() + text.size() || number < 0) return std::nullopt;
  return number;
}

Error wrong(std::string_view name) {
  return invalid("the parameter " + std::string(name) + " is missing or wrong");
}

// A smsbox with mo-recode makes UTF-8 of all text. Raw UCS-2, of one without, does not get through
// a query, which is UTF-8 without zeros (common/http); 8-BIT is no text.
std::optional<std::string> text_of(std::string_view bytes, std::string_view charset) {
  if ((charset == "UTF-8" || charset.empty()) && is_utf8(bytes)) return std::string(bytes);
  return std::nullopt;
}

bool is_printable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

}  // namespace

Result<SmsReceipt> kannel_receipt(const HttpHeaders& query) {
  std::string_view notice = value_of(query, "notice");
  auto id = notice.size() <= 2 * kNoticeIdMax ? from_hex(notice) : std::nullopt;
  if (!id || id->empty() || !is_printable(*id)) return wrong("notice");
  auto type = number_of(value_of(query, "type"));
  for (const StateRow& row : kStates) {
    if (type != row.bit) continue;
    SmsReceipt receipt = receipt_of_notice(*id, row.state);
    if (!row.error.empty()) receipt.error = std::string(row.error);
    return receipt;
  }
  return wrong("type");
}

Result<SmsReply> kannel_reply(const HttpHeaders& query) {
  std::string_view from = value_of(query, "from");
  std::string_view id = value_of(query, "id");
  if (from.empty() || from.size() > kShortMax || !is_printable(from)) return wrong("from");
  if (id.empty() || id.size() > kShortMax || !is_printable(id)) return wrong("id");
  std::string_view bytes = value_of(query, "text");
  auto text = bytes.size() <= kTextMax ? text_of(bytes, value_of(query, "charset")) : std::nullopt;
  if (!text) return wrong("text");
  // To the end of the year 2200, as all civil times here.
  constexpr int64_t kLastSecond = 7'289'625'599;
  auto at = number_of(value_of(query, "at"));
  if (!at || *at > kLastSecond) return wrong("at");
  return SmsReply{std::string(id), mobile_number(from).value_or(std::string(from)),
                  std::move(*text), from_micros(*at * 1'000'000)};
}

}  // namespace jieban
