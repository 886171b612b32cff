#include "daemons/notifier/channels/sms_account.h"

#include <algorithm>
#include <map>
#include <span>
#include <string_view>
#include <vector>

#include "common/base/limits.h"
#include "common/config/document.h"
#include "daemons/notifier/channels/sgip/sgip_packet.h"

namespace jieban {
namespace {

struct KeyRow {
  std::string_view name;
  std::string* target;
  bool required = true;
};

using KeyRows = std::span<const KeyRow>;

std::string names_of(KeyRows keys) {
  std::string names;
  for (const KeyRow& key : keys) names.append(names.empty() ? "" : ", ").append(key.name);
  return names;
}

// "file:3:7" of an error of common/config, whose words may quote the file.
std::string place_of(const Error& error, const std::string& path) {
  if (!error.message.starts_with(path)) return path;
  size_t end = error.message.find_first_not_of("0123456789:", path.size());
  std::string place = error.message.substr(0, end);
  place.erase(place.find_last_not_of(':') + 1);
  return place;
}

Error unreadable(const Error& error, const std::string& path, KeyRows keys) {
  if (error.code != ErrorCode::invalid) return {error.code, path + " cannot be read"};
  return invalid(place_of(error, path) + ": an account is a map of texts with the keys " +
                 names_of(keys));
}

Result<void> read_keys(const Node& root, KeyRows keys) {
  auto names = root.keys();
  if (!names.ok()) return names.error();
  for (const std::string& name : *names) {
    auto value = root.required(name);
    if (!value.ok()) return value.error();
    const auto* key = std::find_if(keys.data(), keys.data() + keys.size(),
                                   [&](const KeyRow& known) { return known.name == name; });
    if (key == keys.data() + keys.size()) return value->error("unknown");
    auto text = value->text();
    if (!text.ok()) return text.error();
    *key->target = std::move(*text);
  }
  return {};
}

Result<void> read_rows(const AccountFile& path, KeyRows keys) {
  if (!path) return invalid("the channel has no account_file; its keys are " + names_of(keys));
  auto document = Document::load(*path, limits::kConfigBytesMax);
  if (!document.ok()) return unreadable(document.error(), *path, keys);
  auto read = read_keys(document->root(), keys);
  if (!read.ok()) return unreadable(read.error(), *path, keys);
  for (const KeyRow& key : keys) {
    if (key.required && key.target->empty()) {
      return invalid(*path + ": " + std::string(key.name) + " is missing or empty");
    }
  }
  return {};
}

// Of one digit.
bool is_digit(std::string_view text, char last) {
  return text.size() == 1 && text[0] >= '0' && text[0] <= last;
}

}  // namespace

Result<SgipAccount> read_sgip_account(const AccountFile& path) {
  SgipAccount account;
  std::string area_code;
  std::string fee_type = "1";
  const std::vector<KeyRow> keys = {{"login_name", &account.login_name},
                                    {"password", &account.password},
                                    {"smg_login_name", &account.smg_login_name, false},
                                    {"smg_password", &account.smg_password, false},
                                    {"area_code", &area_code},
                                    {"corp_id", &account.corp_id},
                                    {"sp_number", &account.sp_number},
                                    {"service_type", &account.service_type, false},
                                    {"fee_type", &fee_type, false},
                                    {"fee_value", &account.fee_value, false},
                                    {"phone", &account.phone, false}};
  RETURN_IF_ERROR(read_rows(path, keys));
  auto node = sgip_node(area_code, account.corp_id);
  if (!node.ok()) return node.error().context(*path);
  if (!is_digit(fee_type, '5')) return invalid(*path + ": fee_type is 0 to 5");
  account.node = *node;
  account.fee_type = uint8_t(fee_type[0] - '0');
  if (account.smg_login_name.empty()) account.smg_login_name = account.login_name;
  if (account.smg_password.empty()) account.smg_password = account.password;
  return account;
}

Result<KannelAccount> read_kannel_account(const AccountFile& path) {
  KannelAccount account;
  const std::vector<KeyRow> keys = {{"username", &account.username},
                                    {"password", &account.password},
                                    {"from", &account.from},
                                    {"callback", &account.callback, false},
                                    {"priority", &account.priority, false},
                                    {"phone", &account.phone, false}};
  RETURN_IF_ERROR(read_rows(path, keys));
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
  SmstoolsAccount account;
  if (!path) return account;
  const std::vector<KeyRow> keys = {{"phone", &account.phone}};
  RETURN_IF_ERROR(read_rows(path, keys));
  return account;
}

}  // namespace jieban
