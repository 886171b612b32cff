#include "daemons/notifier/channels/sms_account.h"

#include <string_view>
#include <vector>

#include "daemons/notifier/channels/account_file.h"
#include "daemons/notifier/channels/sgip/sgip_packet.h"

namespace jieban {
namespace {

using AccountKeys = std::vector<AccountKey>;

Result<Account> read_sms_account(const AccountFile& path, const AccountKeys& keys) {
  if (path) return read_account(*path, keys);
  return invalid("the channel has no account_file; its keys are" + key_names(keys));
}

std::string text_or(const Account& account, std::string_view key, const std::string& otherwise) {
  return account.has(key) ? account.text(key) : otherwise;
}

// Of one digit.
bool is_digit(std::string_view text, char last) {
  return text.size() == 1 && text[0] >= '0' && text[0] <= last;
}

}  // namespace

Result<SgipAccount> read_sgip_account(const AccountFile& path) {
  auto read = read_sms_account(path, {{"login_name", true},
                                      {"password", true},
                                      {"smg_login_name"},
                                      {"smg_password"},
                                      {"area_code", true},
                                      {"corp_id", true},
                                      {"sp_number", true},
                                      {"service_type"},
                                      {"fee_type"},
                                      {"fee_value"},
                                      {"phone"}});
  if (!read.ok()) return read.error();
  auto node = sgip_node(read->text("area_code"), read->text("corp_id"));
  if (!node.ok()) return node.error().context(*path);
  const std::string fee_type = text_or(*read, "fee_type", "1");
  if (!is_digit(fee_type, '5')) return invalid(*path + ": fee_type is 0 to 5");
  SgipAccount account;
  account.login_name = read->text("login_name");
  account.password = read->text("password");
  account.smg_login_name = text_or(*read, "smg_login_name", account.login_name);
  account.smg_password = text_or(*read, "smg_password", account.password);
  account.node = *node;
  account.corp_id = read->text("corp_id");
  account.sp_number = read->text("sp_number");
  account.service_type = read->text("service_type");
  account.fee_type = uint8_t(fee_type[0] - '0');
  account.fee_value = text_or(*read, "fee_value", "0");
  account.phone = read->text("phone");
  return account;
}

Result<KannelAccount> read_kannel_account(const AccountFile& path) {
  auto read = read_sms_account(path, with_route_keys({{"username", true},
                                                      {"password", true},
                                                      {"from", true},
                                                      {"callback"},
                                                      {"priority"},
                                                      {"phone"}}));
  if (!read.ok()) return read.error();
  KannelAccount account{read->text("username"),
                        read->text("password"),
                        read->text("from"),
                        read->text("callback"),
                        read->text("priority"),
                        read->text("phone"),
                        *read};
  if (!account.callback.empty() && !account.callback.starts_with("http://")) {
    return invalid(*path + ": callback begins with http://");
  }
  // Kannel would take it for one of its own codes.
  if (account.callback.find('%') != std::string::npos) {
    return invalid(*path + ": callback has no '%'");
  }
  if (!account.priority.empty() && !is_digit(account.priority, '3')) {
    return invalid(*path + ": priority is 0 to 3");
  }
  return account;
}

Result<SmstoolsAccount> read_smstools_account(const AccountFile& path) {
  if (!path) return SmstoolsAccount();
  auto read = read_sms_account(path, {{"phone"}});
  if (!read.ok()) return read.error();
  return SmstoolsAccount{read->text("phone")};
}

}  // namespace jieban
