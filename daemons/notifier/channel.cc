#include "daemons/notifier/channel.h"

#include "common/json/json.h"
#include "daemons/notifier/spool_channel.h"
#include "daemons/notifier/webhook_channel.h"

namespace jieban {
namespace {

std::string rfc3339(Timestamp at) {
  std::string text = format_local(at);
  text[text.find(' ')] = 'T';
  return text + "+08:00";
}

}  // namespace

OpenChannel real_channels(const ChannelTimeouts& timeouts) {
  return [timeouts](const ChannelRule& rule) -> std::unique_ptr<Channel> {
    switch (rule.kind) {
      case ChannelKind::webhook:
        return std::make_unique<WebhookChannel>(rule, timeouts);
      case ChannelKind::spool:
        return std::make_unique<SpoolChannel>(rule.target);
    }
    return nullptr;
  };
}

std::string notice_json(const OutgoingNotice& notice) {
  Value told;
  told.set("order_no", notice.order_no);
  told.set("text", notice.text);
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
