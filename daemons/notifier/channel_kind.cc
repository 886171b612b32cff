#include "daemons/notifier/channel_kind.h"

#include <algorithm>

#include "common/base/check.h"
#include "common/http/address.h"

namespace jieban {
namespace {

using enum AccountNeed;

constexpr std::string_view kSms = "sms";
constexpr std::string_view kPhone = "phone";

// A robot's URL ends where its key would begin, so that no key can get into the rules.
constexpr ChannelKindRow kKinds[] = {
    {ChannelKind::webhook, "webhook", {"http://", "https://"}, "", optional, true},
    {ChannelKind::spool, "spool", {"/", ""}, "", none, false},
    {ChannelKind::wecom_robot,
     "wecom_robot",
     {"https://", "http://"},
     "/send",
     required,
     false,
     false,
     true,
     {"wecom", "sms", "voice"}},
    {ChannelKind::dingtalk_robot,
     "dingtalk_robot",
     {"https://", "http://"},
     "/send",
     required,
     false,
     false,
     true,
     {"dingtalk", "sms", "voice"}},
    {ChannelKind::feishu_robot,
     "feishu_robot",
     {"https://", "http://"},
     "/hook",
     required,
     false,
     false,
     true,
     {"feishu"}},
    {ChannelKind::ums_sms,
     "ums_sms",
     {"http://", "https://"},
     "/Send.do",
     required,
     false,
     true,
     false,
     {},
     kSms,
     ""},
    {ChannelKind::mail,
     "mail",
     {"smtp://", "smtps://"},
     "",
     required,
     false,
     true,
     false,
     {},
     "mail",
     "to"},
    {ChannelKind::sgip_sms,
     "sgip_sms",
     {"sgip://", ""},
     "",
     required,
     false,
     true,
     false,
     {},
     kSms,
     kPhone},
    {ChannelKind::kannel_sms,
     "kannel_sms",
     {"http://", "https://"},
     "/sendsms",
     required,
     false,
     true,
     false,
     {},
     kSms,
     kPhone},
    {ChannelKind::smstools_sms,
     "smstools_sms",
     {"/", ""},
     "",
     optional,
     false,
     true,
     false,
     {},
     kSms,
     kPhone},
};

constexpr std::string_view kByReply = "回复1或{code}确认";
constexpr std::string_view kByLink = "确认：{link}";

// Of what goes over a ums_sms no reply comes back, and it sends approved texts only.
// The first that fits.
struct DefaultAck {
  ChannelKind kind;
  std::string_view words;
  std::string_view method{};  // "": any
};
constexpr DefaultAck kDefaultAcks[] = {
    {ChannelKind::sgip_sms, kByReply},      {ChannelKind::kannel_sms, kByReply},
    {ChannelKind::smstools_sms, kByReply},  {ChannelKind::mail, kByLink},
    {ChannelKind::webhook, kByReply, kSms}, {ChannelKind::webhook, kByLink},
    {ChannelKind::spool, kByReply, kSms},   {ChannelKind::spool, kByLink},
};

bool has_user(std::string_view target) {
  size_t scheme = target.find("://");
  if (scheme == std::string_view::npos) return false;
  std::string_view rest = target.substr(scheme + 3);
  return rest.substr(0, rest.find('/')).find('@') != std::string_view::npos;
}

// Of "scheme://host:port/path"; "" where none is named, and for a path of this machine.
std::string_view host_of(std::string_view target) {
  std::string_view rest = target.substr(target.find("://") + 3);
  rest = rest.substr(0, rest.find('/'));
  return rest.substr(0, rest.rfind(':'));
}

// What speaks TCP itself looks no name up.
Result<void> check_host(ChannelKind kind, std::string_view target, const std::string& whose) {
  if (target.find("://") == std::string_view::npos) return {};
  if (host_of(target).empty()) return invalid(whose + " names a host");
  if (kind != ChannelKind::sgip_sms) return {};
  const std::string address(target.substr(target.find("://") + 3));
  if (parse_listen_address(address, true).ok()) return {};
  return invalid(whose + " is a number address and a port, sgip://192.0.2.7:8801");
}

std::string beginnings_of(const ChannelKindRow& row) {
  std::string text(row.beginnings[0]);
  if (!row.beginnings[1].empty()) text.append(" or ").append(row.beginnings[1]);
  return text;
}

}  // namespace

std::span<const ChannelKindRow> channel_kinds() { return kKinds; }

const ChannelKindRow& row_of(ChannelKind kind) {
  const auto* row = std::ranges::find(kKinds, kind, &ChannelKindRow::kind);
  CHECK(row != std::end(kKinds));
  return *row;
}

std::string channel_kind_names() {
  std::string names;
  for (const ChannelKindRow& row : kKinds) {
    names.append(names.empty() ? "" : ", ").append(row.name);
  }
  return names;
}

std::string_view default_ack(ChannelKind kind, std::string_view method) {
  const auto* found = std::ranges::find_if(kDefaultAcks, [&](const DefaultAck& each) {
    return each.kind == kind && (each.method.empty() || each.method == method);
  });
  return found == std::end(kDefaultAcks) ? std::string_view() : found->words;
}

std::string_view to_string(ChannelKind kind) { return row_of(kind).name; }

bool from_string(std::string_view text, ChannelKind& out) {
  const auto* row = std::ranges::find(kKinds, text, &ChannelKindRow::name);
  if (row == std::end(kKinds)) return false;
  out = row->kind;
  return true;
}

Result<void> check_own_reader(ChannelKind kind, bool has_account) {
  const ChannelKindRow& row = row_of(kind);
  if (!row.one_recipient) return {};
  const std::string whose = "the topics of a " + std::string(row.name) + " reach nobody: ";
  if (row.own_reader.empty()) {
    return invalid(whose + "it knows persons only; use a method, and escalation.yaml calls them");
  }
  if (has_account) return {};
  return invalid(whose + "name an account_file with " + std::string(row.own_reader));
}

Result<void> check_channel_target(ChannelKind kind, std::string_view target) {
  const ChannelKindRow& row = row_of(kind);
  if (kind == ChannelKind::spool && !target.starts_with('/')) {
    return invalid("the directory of a spool must be absolute");
  }
  bool begins = std::ranges::any_of(row.beginnings, [&](std::string_view beginning) {
    return !beginning.empty() && target.starts_with(beginning);
  });
  const std::string whose = "the target of a " + std::string(row.name);
  if (!begins) return invalid(whose + " begins with " + beginnings_of(row));
  if (has_user(target)) return invalid(whose + " names no user: an account file does");
  if (!target.ends_with(row.ending)) {
    return invalid(whose + " ends with " + std::string(row.ending) +
                   ": keys belong into the account file");
  }
  return check_host(kind, target, whose);
}

}  // namespace jieban
