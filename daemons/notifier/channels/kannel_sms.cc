#include "daemons/notifier/channels/kannel_sms.h"

#include <array>

#include "common/base/bytes.h"
#include "daemons/notifier/channels/message_cut.h"
#include "daemons/notifier/channels/sms_text.h"

namespace jieban {
namespace {

constexpr size_t kReplyBytesMax = 4096;  // a line
// Delivered, failed, buffered, taken by the centre, refused by the centre.
constexpr std::string_view kAllStates = "31";

using Outcome = DeliveryOutcome;

// The first row that fits counts. What Kannel says of the receiver or the text is for good; a door
// that is closed, or a request that it cannot read, is a matter of configuration.
constexpr std::array<KannelMeaning, 16> kMeanings = {{
    {202, "0:", Outcome::accepted, "已接收 (accepted for delivery)"},
    {202, "3:", Outcome::accepted, "已排队 (queued for later delivery)"},
    {202, "", Outcome::unknown, "成功但无结果码 (a success without a code)"},
    {200, "", Outcome::unknown, "不是 sendsms 的应答 (no answer of sendsms)"},
    {400, "Missing receiver", Outcome::rejected, "缺少接收号码 (no receiver)"},
    {400, "Empty receiver", Outcome::rejected, "缺少接收号码 (no receiver)"},
    {400, "Charset or body", Outcome::rejected, "内容编码错误 (text cannot be converted)"},
    {400, "", Outcome::denied, "请求参数错误 (a parameter is refused)"},
    {403, "Number(s)", Outcome::rejected, "号码在黑名单 (number is blacklisted)"},
    {403, "", Outcome::denied, "账号或路由被拒绝 (authorization or route refused)"},
    {404, "", Outcome::denied, "地址错误 (no such address)"},
    {405, "", Outcome::denied, "方法不允许 (no such method)"},
    {407, "", Outcome::denied, "代理拒绝 (the proxy refuses us)"},
    {415, "", Outcome::denied, "内容类型错误 (content type refused)"},
    {503, "", Outcome::failed, "网关暂时不可用 (temporary failure)"},
    {0, "", Outcome::failed, "其他应答 (another answer)"},
}};

std::string receipt_url(const std::string& callback, const std::string& notice_id) {
  // Kannel fills %d in; hexadecimal digits it cannot mistake for one of its codes.
  std::string joint = callback.find('?') == std::string::npos ? "?" : "&";
  return callback + joint + "notice=" + to_hex(notice_id) + "&type=%d";
}

DeliveryReport kannel_report_of(const Error& error) {
  const bool ours = error.code == ErrorCode::invalid || error.code == ErrorCode::refused;
  if (ours) return {Outcome::denied, error.message};
  bool unsent = error.code == ErrorCode::unavailable;
  return {unsent ? Outcome::failed : Outcome::unknown, error.message};
}

DeliveryReport kannel_report_of(const WebReply& reply, const OutgoingNotice& notice) {
  const KannelMeaning& meaning = kannel_meaning(reply.status, reply.body);
  DeliveryReport report{meaning.outcome};
  if (meaning_of(meaning.outcome).reaches) report.gateway_id = notice.notice_id;
  if (meaning.outcome != Outcome::accepted) {
    report.error = "Kannel " + std::to_string(reply.status) + ": " + std::string(meaning.meaning);
  }
  return report;
}

}  // namespace

const KannelMeaning& kannel_meaning(int status, std::string_view answer) {
  for (const KannelMeaning& row : kMeanings) {
    if (row.status == status && answer.starts_with(row.beginning)) return row;
  }
  return kMeanings.back();
}

WebCall kannel_call(const KannelAccount& account, const std::string& url, const std::string& phone,
                    const OutgoingNotice& notice) {
  WebCall call;
  call.url = url;
  call.headers = {{"Content-Type", "text/plain; charset=UTF-8"},
                  {"X-Kannel-Username", account.username},
                  {"X-Kannel-Password", account.password},
                  {"X-Kannel-From", account.from},
                  {"X-Kannel-To", phone},
                  {"X-Kannel-Coding", "2"}};
  if (!account.priority.empty()) call.headers.emplace_back("X-Kannel-Priority", account.priority);
  if (!account.callback.empty()) {
    call.headers.emplace_back("X-Kannel-DLR-Mask", kAllStates);
    call.headers.emplace_back("X-Kannel-DLR-Url", receipt_url(account.callback, notice.notice_id));
  }
  call.body = std::string(fit_sms(shown_text(notice), SmsAlphabet::ucs2));
  return call;
}

DeliveryReport KannelSms::deliver(const OutgoingNotice& notice) {
  auto account = read_kannel_account(rule().account_file);
  if (!account.ok()) return {Outcome::denied, account.error().message};
  const std::string& wanted = notice.address.empty() ? account->phone : notice.address;
  if (wanted.empty()) return {Outcome::denied, "nobody to send to: no telephone number"};
  auto phone = mobile_number(wanted);
  if (!phone) return {Outcome::rejected, "what is to be called is no mobile number"};
  WebCall call = kannel_call(*account, rule().target, *phone, notice);
  call.route = route_of(account->route, timeouts());
  call.route.reply_bytes_max = kReplyBytesMax;
  auto reply = call_web(call);
  DeliveryReport report =
      reply.ok() ? kannel_report_of(*reply, notice) : kannel_report_of(reply.error());
  if (meaning_of(report.outcome).reaches) {
    report.segments = sms_segments(call.body, SmsAlphabet::ucs2);
  }
  return report;
}

}  // namespace jieban
