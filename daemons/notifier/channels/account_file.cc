#include "daemons/notifier/channels/account_file.h"

#include <sys/stat.h>

#include <algorithm>

#include "common/base/file.h"
#include "common/config/document.h"
#include "common/crypto/hashes.h"

namespace jieban {
namespace {

constexpr size_t kAccountBytesMax = size_t{16} * 1024;

// A mode that lets others write would let them choose our password.
Result<void> check_mode(const std::string& path) {
  struct stat found {};
  if (::stat(path.c_str(), &found) != 0) {
    return Error{system_error(path).code, path + " cannot be read"};
  }
  if ((found.st_mode & S_IRWXO) == 0) return {};
  return Error{ErrorCode::refused, path + " is open to everybody: chmod o-rwx"};
}

// "path:3:7" of a message that begins so. The rest may quote the file.
Error place_alone(const Error& error, const std::string& path, std::string_view what) {
  if (error.code != ErrorCode::invalid) return {error.code, path + " cannot be read"};
  if (!error.message.starts_with(path)) return invalid(path + ": " + std::string(what));
  size_t end = error.message.find_first_not_of(":0123456789", path.size());
  std::string place = error.message.substr(0, end);
  while (place.ends_with(':')) place.pop_back();
  return invalid(place + ": " + std::string(what));
}

Error no_account(const Error& error, const std::string& path, const std::vector<AccountKey>& keys) {
  return place_alone(error, path,
                     "an account is a YAML map of texts with the keys" + key_names(keys));
}

}  // namespace

std::string key_names(const std::vector<AccountKey>& keys) {
  std::string text;
  for (const AccountKey& key : keys) text.append(" ").append(key.name);
  return text;
}

const std::string& Account::text(std::string_view key) const {
  static const std::string kNone;
  auto found = values_.find(key);
  return found == values_.end() ? kNone : found->second;
}

Result<bool> Account::flag(std::string_view key, bool otherwise) const {
  if (!has(key)) return otherwise;
  const std::string& value = text(key);
  if (value != "true" && value != "false") {
    return invalid("the account's " + std::string(key) + " is true or false");
  }
  return value == "true";
}

Result<Account> read_account(const std::string& path, const std::vector<AccountKey>& keys) {
  RETURN_IF_ERROR(check_mode(path));
  auto document = Document::load(path, kAccountBytesMax);
  if (!document.ok()) return no_account(document.error(), path, keys);
  Node root = document->root();
  auto names = root.keys();
  if (!names.ok()) return no_account(names.error(), path, keys);
  Account account;
  for (const std::string& name : *names) {
    if (std::ranges::find(keys, name, &AccountKey::name) == keys.end()) {
      return place_alone(root.optional(name)->error(""), path,
                         "an unknown key; known here:" + key_names(keys));
    }
    auto value = root.optional(name)->text();
    if (!value.ok()) return no_account(value.error(), path, keys);
    if (value->empty()) return invalid(path + ": " + name + " is empty");
    account.values_[name] = std::move(*value);
  }
  for (const AccountKey& key : keys) {
    if (key.required && !account.has(key.name)) {
      return invalid(path + ": " + std::string(key.name) + " is missing");
    }
  }
  return account;
}

std::string account_stamp(const std::string& path) {
  auto content = read_file(path, kAccountBytesMax);
  return content.ok() ? blake2b(*content) : std::string();
}

std::vector<AccountKey> with_route_keys(std::vector<AccountKey> own) {
  own.push_back({"ca_file"});
  own.push_back({"proxy"});
  return own;
}

Result<bool> wants_markdown(const Account& account) {
  const std::string& format = account.text("format");
  if (format.empty() || format == "text") return false;
  if (format == "markdown") return true;
  return invalid("the account's format is text or markdown");
}

TransferRoute route_of(const Account& account, const ChannelTimeouts& timeouts) {
  TransferRoute route;
  route.ca_file = account.text("ca_file");
  route.proxy = account.text("proxy");
  route.connect_timeout = timeouts.connect;
  route.total_timeout = timeouts.connect + timeouts.reply;
  return route;
}

}  // namespace jieban
