// ChannelKind: the ways in which a notice leaves the house, and what a rule says of each.
//
// One table: a kind is a row here and a row in channel.cc, which opens it. A target is what anybody
// may read: rules go into the stream, so keys, secrets and passwords stand in the account file.
// What fails and how: check_channel_target returns `invalid`, without the target.
// Thread rule: pure functions.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "common/base/result.h"

namespace jieban {

enum class ChannelKind {
  webhook,         // a CloudEvent to a URL
  spool,           // a file a notice, which a relay carries on (DOMAIN §14.2)
  wecom_robot,     // 企业微信 (DOMAIN §15.2)
  dingtalk_robot,  // 钉钉 (DOMAIN §15.4)
  feishu_robot,    // 飞书 (DOMAIN §15.5)
  ums_sms,         // 联通一信通 (DOMAIN §15.6)
  mail,            // a mail server
  sgip_sms,        // the SMG of 联通 (DOMAIN §15.7)
  kannel_sms,      // sendsms of a Kannel
  smstools_sms,    // the folders of an smsd with a modem of its own
};

enum class AccountNeed { none, optional, required };

struct ChannelKindRow {
  ChannelKind kind = ChannelKind::spool;
  std::string_view name;
  std::array<std::string_view, 2> beginnings;  // of the target; the second may be empty
  std::string_view ending;                     // of the target; empty: any
  AccountNeed account = AccountNeed::none;
  bool token = false;          // takes a token_file
  bool one_recipient = false;  // says nothing to nobody in particular
  bool group = false;          // what is for one is read by all
  // Of a group: by which methods of contacts.yaml the vendor can mention whom a call is for, the
  // best first. A number of a telephone counts where it is a mobile one.
  std::array<std::string_view, 3> mentions{};
  // Of a kind that reaches one: by which means (escalation.yaml), and what its account calls the
  // one whom notices to nobody in particular go to. Empty: it can have none.
  std::string_view means{};
  std::string_view own_reader{};
};

std::span<const ChannelKindRow> channel_kinds();
const ChannelKindRow& row_of(ChannelKind kind);
// "webhook, spool, ...": for errors.
std::string channel_kind_names();

// How whoever is called over it can answer, in place of {ack}, where a street's rules do not say: a
// text message by a reply, which comes back over these kinds of gateway and from a relay whose
// calls are text messages (`method`: "sms"); mail, other relays and webhooks by the link. "" where
// nobody can: a link is for one person, so a group gets none.
std::string_view default_ack(ChannelKind kind, std::string_view method);

std::string_view to_string(ChannelKind kind);
bool from_string(std::string_view text, ChannelKind& out);

// That notices to nobody in particular reach somebody, as far as the rules can tell.
Result<void> check_own_reader(ChannelKind kind, bool has_account);

Result<void> check_channel_target(ChannelKind kind, std::string_view target);

}  // namespace jieban
