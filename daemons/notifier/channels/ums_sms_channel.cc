#include "daemons/notifier/channels/ums_sms_channel.h"

#include <charconv>

#include "common/base/bytes.h"
#include "common/base/encoding.h"
#include "common/crypto/hashes.h"
#include "common/http/percent_encoding.h"
#include "daemons/notifier/channels/gateway_reply.h"
#include "daemons/notifier/channels/message_cut.h"
#include "daemons/notifier/channels/message_limits.h"
#include "daemons/notifier/channels/recipient.h"
#include "daemons/notifier/channels/sms_text.h"

namespace jieban {
namespace {

// Only 0 is documented: the message was taken on. All else has failed.
constexpr std::span<const CodeMeaning> kCodes;

std::string ten_digits(uint64_t number) {
  constexpr uint64_t kTenDigits = 10'000'000'000;
  const std::string text = std::to_string(number % kTenDigits);
  return std::string(10 - text.size(), '0') + text;
}

// The first field of that name: what follows differs from province to province.
std::optional<int64_t> result_in(std::string_view body) {
  constexpr std::string_view kName = "result=";
  constexpr std::string_view kBeforeAName = " \t\r\n\xEF\xBB\xBF";
  while (!body.empty()) {
    std::string_view field = body.substr(0, body.find('&'));
    body.remove_prefix(std::min(body.size(), field.size() + 1));
    // Pages of a servlet begin with a line break or a byte order mark.
    field.remove_prefix(std::min(field.size(), field.find_first_not_of(kBeforeAName)));
    if (!field.starts_with(kName)) continue;
    field.remove_prefix(kName.size());
    field = field.substr(0, field.find_last_not_of(" \r\n") + 1);
    int64_t code = 0;
    auto [end, failure] = std::from_chars(field.data(), field.data() + field.size(), code);
    bool whole = failure == std::errc() && end == field.data() + field.size();
    return whole ? std::optional(code) : std::nullopt;
  }
  return std::nullopt;
}

DeliveryReport report_of_answer(const WebReply& reply) {
  constexpr int kOk = 200;
  if (reply.status != kOk) return report_of_status(reply);
  auto code = result_in(reply.body);
  if (!code) return {DeliveryOutcome::unknown, "the gateway answered 200 without a result"};
  return report_of_code(*code, kCodes);
}

std::string ums_text(const OutgoingNotice& notice) {
  return cut_message(notice.text, kUmsCharactersMax, TextUnit::characters);
}

}  // namespace

std::string ums_serial_number(std::string_view notice_id, uint64_t attempt) {
  const std::string digest = blake2b(std::string(notice_id) + ":" + std::to_string(attempt));
  return ten_digits(read_u64(digest)) + ten_digits(read_u64(std::string_view(digest).substr(8)));
}

Result<std::string> ums_form(const OutgoingNotice& notice, const Account& account) {
  auto text = utf8_to_gbk(ums_text(notice));
  if (!text.ok()) return text.error();
  const std::pair<const char*, std::string> fields[] = {
      {"SpCode", account.text("SpCode")},
      {"LoginName", account.text("LoginName")},
      {"Password", account.text("Password")},
      {"MessageContent", *text},
      {"UserNumber", notice.address},
      {"SerialNumber", ums_serial_number(notice.notice_id, notice.attempt)},
      {"ScheduleTime", ""},
      {"ExtendAccessNum", account.text("ExtendAccessNum")},
      {"f", "1"}};
  std::string form;
  for (const auto& [name, value] : fields) {
    form.append(form.empty() ? "" : "&").append(name).append("=").append(percent_encoded(value));
  }
  return form;
}

DeliveryReport UmsSmsChannel::deliver(const OutgoingNotice& notice) {
  if (!is_mobile(notice.address)) {
    return {DeliveryOutcome::rejected, "the recipient has no mobile number"};
  }
  auto account = read_account(
      rule().account_file.value_or(""),
      with_route_keys(
          {{"SpCode", true}, {"LoginName", true}, {"Password", true}, {"ExtendAccessNum"}}));
  if (!account.ok()) return denied_by(account.error());
  auto form = ums_form(notice, *account);
  if (!form.ok()) return {DeliveryOutcome::rejected, form.error().message};
  WebCall call;
  call.url = rule().target;
  call.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
  call.body = *form;
  call.route = route_of(*account, timeouts());
  auto reply = call_web(call);
  DeliveryReport report = reply.ok() ? report_of_answer(*reply) : report_of(reply.error());
  if (meaning_of(report.outcome).reaches) {
    report.gateway_id = ums_serial_number(notice.notice_id, notice.attempt);
    // The platform cuts it; into what, it does not say: as a telephone gets it.
    report.segments = sms_segments(ums_text(notice), SmsAlphabet::ucs2);
  }
  return report;
}

}  // namespace jieban
