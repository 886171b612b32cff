// What the tests of the channels for short messages share: accounts, a notice, and short timeouts.
#pragma once

#include <string>

#include "common/base/check.h"
#include "common/base/file.h"
#include "common/base/text.h"
#include "daemons/notifier/channel.h"
#include "tests/support/temp_dir.h"

namespace jieban {

constexpr char kSmsSecret[] = "pass";
constexpr char kSmsPhone[] = "13800138000";
constexpr ChannelTimeouts kShortTimeouts{std::chrono::milliseconds(500),
                                         std::chrono::milliseconds(200)};

constexpr char kSgipAccountText[] =
    "login_name: demo\npassword: pass\narea_code: '010'\ncorp_id: '12345'\n"
    "sp_number: '10655000'\n";

inline OutgoingNotice sms_notice(const std::string& text = "工单催办") {
  OutgoingNotice notice;
  notice.source = "110102007.notifier";
  notice.notice_id = "110102007.sla-watcher:17:sms";
  notice.topic = "deadline.warned";
  notice.order_no = "A1";
  notice.text = text;
  notice.address = kSmsPhone;
  return notice;
}

inline ChannelRule sms_rule(ChannelKind kind, const std::string& target,
                            const std::string& account_file) {
  ChannelRule rule;
  rule.name = "sms";
  rule.kind = kind;
  rule.target = target;
  if (!account_file.empty()) rule.account_file = account_file;
  return rule;
}

// A report says nothing that is secret or personal.
inline bool is_discreet(std::string text) {
  replace_all(text, "password", "");  // the name of a key
  for (const char* word : {kSmsSecret, kSmsPhone, "demo", "工单催办"}) {
    if (text.find(word) != std::string::npos) return false;
  }
  return true;
}

class AccountOnDisk {
 public:
  explicit AccountOnDisk(const std::string& text) { write(text); }
  void write(const std::string& text) const { CHECK(write_file(path(), text, 0600).ok()); }
  std::string path() const { return dir_.path("account.yaml"); }

 private:
  TempDir dir_{"/dev/shm"};
};

}  // namespace jieban
