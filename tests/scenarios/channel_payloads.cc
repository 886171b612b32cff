#include "tests/scenarios/channel_payloads.h"

#include "common/base/check.h"
#include "common/base/encoding.h"
#include "common/base/file.h"
#include "common/crypto/base64.h"
#include "daemons/notifier/channels/dingtalk_robot_channel.h"
#include "daemons/notifier/channels/feishu_robot_channel.h"
#include "daemons/notifier/channels/kannel_sms.h"
#include "daemons/notifier/channels/mail_message.h"
#include "daemons/notifier/channels/sms_text.h"
#include "daemons/notifier/channels/smstools_file.h"
#include "daemons/notifier/channels/ums_sms_channel.h"
#include "daemons/notifier/channels/wecom_robot_channel.h"
#include "tests/support/temp_dir.h"

namespace jieban {
namespace {

constexpr const char* kReachedPhone = "13800138000";

std::string mail_of(const OutgoingNotice& notice) {
  const std::string mail = mail_message(
      {"desk@street.example", "li@street.example", notice.text, notice.text, "id", notice.time});
  const size_t head = mail.find("\r\n\r\n");
  CHECK(head != std::string::npos);
  std::string body = mail.substr(head + 4);
  std::erase_if(body, [](char c) { return c == '\r' || c == '\n'; });
  auto text = from_base64(body);
  CHECK(text.has_value());
  return mail.substr(0, head) + *text;
}

std::string kannel_of(const OutgoingNotice& notice) {
  const KannelAccount account{"demo", "pass", "1065", "", "", "", {}};
  const WebCall call = kannel_call(account, "http://127.0.0.1:1/sendsms", kReachedPhone, notice);
  std::string out = call.url + call.body;
  for (const auto& [name, value] : call.headers) out += name + ": " + value + "\n";
  return out;
}

std::string smstools_of(const OutgoingNotice& notice) {
  auto file = parse_smstools(smstools_message(kReachedPhone, notice.notice_id, notice.text));
  CHECK(file.ok());
  auto text = smstools_text(*file);
  CHECK(text.ok());
  return *text;
}

// The form as it goes out, with its text read back from GBK.
std::string ums_of(const OutgoingNotice& notice) {
  TempDir dir("/dev/shm");
  const std::string path = dir.path("ums.yaml");
  CHECK(write_file(path, "SpCode: '1'\nLoginName: n\nPassword: p\n", 0600).ok());
  auto account = read_account(path, {{"SpCode"}, {"LoginName"}, {"Password"}});
  CHECK(account.ok());
  auto form = ums_form(notice, *account);
  CHECK(form.ok());
  std::string bytes;
  for (size_t i = 0; i < form->size(); ++i) {
    const bool escaped = (*form)[i] == '%' && i + 2 < form->size();
    bytes += escaped ? char(std::stoi(form->substr(i + 1, 2), nullptr, 16)) : (*form)[i];
    if (escaped) i += 2;
  }
  auto text = gb18030_to_utf8(bytes);
  CHECK(text.ok());
  return *text;
}

}  // namespace

std::string readable_payloads(const OutgoingNotice& notice) {
  const std::string payloads[] = {notice_json(notice),
                                  wecom_body(notice, false),
                                  wecom_body(notice, true),
                                  dingtalk_body(notice, false),
                                  dingtalk_body(notice, true),
                                  feishu_body(notice, "s", 1),
                                  mail_of(notice),
                                  kannel_of(notice),
                                  smstools_of(notice),
                                  ums_of(notice),
                                  utf8_of_ucs2(to_ucs2(notice.text)).value_or("")};
  std::string out;
  for (const std::string& payload : payloads) {
    // Of each: it does say what the notice says, or nothing would be proved.
    CHECK(payload.find(notice.order_no) != std::string::npos);
    out += payload + "\n";
  }
  return out;
}

}  // namespace jieban
