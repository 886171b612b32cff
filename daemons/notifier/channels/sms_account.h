// The accounts of the channels for short messages, read from an account file (account_file.h).
//
// What fails and how: as read_account; `invalid` also for what a gateway would not take, which is
// said without repeating it. An account that cannot be read is a matter of configuration: the
// channel's outcome is `denied`.
// Thread rule: plain values, pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "common/base/result.h"
#include "daemons/notifier/channels/account_file.h"

namespace jieban {

// login_name, password, area_code, corp_id, sp_number; optional: smg_login_name and smg_password
// (what the SMG binds to our port with; without them it is the same), service_type, fee_type,
// fee_value, phone.
struct SgipAccount {
  std::string login_name;
  std::string password;
  std::string smg_login_name;
  std::string smg_password;
  uint32_t node = 0;  // of area_code and corp_id
  std::string corp_id;
  std::string sp_number;
  std::string service_type;
  uint8_t fee_type = 1;
  std::string fee_value = "0";
  std::string phone;  // for notices that name nobody: the one of the duty desk
};

// username, password, from; optional: callback (where Kannel tells its receipts), priority (0 to
// 3), phone, ca_file, proxy.
struct KannelAccount {
  std::string username;
  std::string password;
  std::string from;
  std::string callback;
  std::string priority;
  std::string phone;
  Account route;  // what route_of() reads
};

// phone.
struct SmstoolsAccount {
  std::string phone;
};

using AccountFile = std::optional<std::string>;

Result<SgipAccount> read_sgip_account(const AccountFile& path);
Result<KannelAccount> read_kannel_account(const AccountFile& path);
// No file is an account without a phone.
Result<SmstoolsAccount> read_smstools_account(const AccountFile& path);

}  // namespace jieban
