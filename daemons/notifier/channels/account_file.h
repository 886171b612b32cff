// AccountFile: the keys of one channel, in a file that only the daemon and its group may read.
//
// A map of texts in YAML, read again for each call, so that a new password needs no restart.
// Promises: only the keys that the channel knows; no text is empty.
// What fails and how: `refused` when everybody may read the file, `invalid` for what is in it,
// `not_found`, `limit` or `io` for the file itself. A message names the file, a place in it and the
// keys that are known, never what stands there.
// Thread rule: any thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.h"
#include "common/transfer/transfer.h"
#include "daemons/notifier/channel.h"

namespace jieban {

struct AccountKey {
  std::string_view name;
  bool required = false;
};

class Account {
 public:
  // Empty when the file does not have it.
  const std::string& text(std::string_view key) const;
  bool has(std::string_view key) const { return values_.find(key) != values_.end(); }
  // `otherwise` when the file does not have it; `invalid` for anything but true and false.
  Result<bool> flag(std::string_view key, bool otherwise) const;

 private:
  friend Result<Account> read_account(const std::string& path, const std::vector<AccountKey>& keys);
  std::map<std::string, std::string, std::less<>> values_;
};

Result<Account> read_account(const std::string& path, const std::vector<AccountKey>& keys);
// What tells one content of the file from another; "" when it cannot be read. Stays in memory.
std::string account_stamp(const std::string& path);
// " key secret": for errors.
std::string key_names(const std::vector<AccountKey>& keys);

// What every channel that goes out by HTTP may name: ca_file and proxy.
std::vector<AccountKey> with_route_keys(std::vector<AccountKey> own);
// The account's `format`: text, which is the default, or markdown.
Result<bool> wants_markdown(const Account& account);
TransferRoute route_of(const Account& account, const ChannelTimeouts& timeouts);

}  // namespace jieban
