#include "daemons/notifier/channel.h"

#include <algorithm>

#include "common/json/json.h"
#include "daemons/notifier/channels/dingtalk_robot_channel.h"
#include "daemons/notifier/channels/feishu_robot_channel.h"
#include "daemons/notifier/channels/kannel_sms.h"
#include "daemons/notifier/channels/mail_channel.h"
#include "daemons/notifier/channels/message_limits.h"
#include "daemons/notifier/channels/sgip/sgip_sms.h"
#include "daemons/notifier/channels/smstools_sms.h"
#include "daemons/notifier/channels/spool_channel.h"
#include "daemons/notifier/channels/ums_sms_channel.h"
#include "daemons/notifier/channels/webhook_channel.h"
#include "daemons/notifier/channels/wecom_robot_channel.h"

namespace jieban {
namespace {

using Opened = std::unique_ptr<Channel>;

struct Opener {
  ChannelKind kind;
  Opened (*open)(const ChannelRule&, const ChannelTimeouts&, const Clock&);
};

template <class Kind>
Opened open(const ChannelRule& rule, const ChannelTimeouts& timeouts, const Clock& clock) {
  return std::make_unique<Kind>(rule, timeouts, clock);
}

Opened open_spool(const ChannelRule& rule, const ChannelTimeouts&, const Clock&) {
  return std::make_unique<SpoolChannel>(rule.target);
}

Opened open_smstools(const ChannelRule& rule, const ChannelTimeouts&, const Clock&) {
  return std::make_unique<SmstoolsSms>(rule);
}

constexpr Opener kOpeners[] = {
    {ChannelKind::webhook, open<WebhookChannel>},
    {ChannelKind::spool, open_spool},
    {ChannelKind::wecom_robot, open<WecomRobotChannel>},
    {ChannelKind::dingtalk_robot, open<DingtalkRobotChannel>},
    {ChannelKind::feishu_robot, open<FeishuRobotChannel>},
    {ChannelKind::ums_sms, open<UmsSmsChannel>},
    {ChannelKind::mail, open<MailChannel>},
    {ChannelKind::sgip_sms, open<SgipSms>},
    {ChannelKind::kannel_sms, open<KannelSms>},
    {ChannelKind::smstools_sms, open_smstools},
};

std::string rfc3339(Timestamp at) {
  std::string text = format_local(at);
  text[text.find(' ')] = 'T';
  return text + "+08:00";
}

}  // namespace

OpenChannel real_channels(const ChannelTimeouts& timeouts, const Clock& clock) {
  return [timeouts, &clock](const ChannelRule& rule) -> Opened {
    const auto* opener = std::ranges::find(kOpeners, rule.kind, &Opener::kind);
    CHECK(opener != std::end(kOpeners));
    return opener->open(rule, timeouts, clock);
  };
}

std::vector<std::string> mentions_of(const OutgoingNotice& notice) {
  // What a vendor has written around an address, at most: Feishu's mark, as JSON has it.
  constexpr size_t kAround = 32;
  std::vector<std::string> mentioned;
  size_t used = 0;
  const auto add = [&](const std::string& address) {
    if (address.empty() || std::ranges::find(mentioned, address) != mentioned.end()) return;
    used += address.size() + kAround;
    if (mentioned.empty() || used <= kMentionBytesMax) mentioned.push_back(address);
  };
  add(notice.address);
  std::ranges::for_each(notice.others, add);
  return mentioned;
}

std::string notice_json(const OutgoingNotice& notice) {
  Value told;
  told.set("order_no", notice.order_no);
  told.set("text", notice.text);
  if (!notice.person.empty()) told.set("person", notice.person);
  told.set("attempt", notice.attempt);
  told.set("possible_repeat", notice.possible_repeat);
  Value envelope;
  envelope.set("specversion", "1.0");
  envelope.set("id", notice.notice_id);
  envelope.set("source", notice.source);
  envelope.set("type", notice.topic);
  envelope.set("time", rfc3339(notice.time));
  envelope.set("datacontenttype", "application/json");
  envelope.set("data", std::move(told));
  return to_json(envelope);
}

}  // namespace jieban
