#include "daemons/notifier/return_way.h"

#include <tuple>

#include "daemons/notifier/channels/sgip/sgip_listener.h"
#include "daemons/notifier/channels/smstools_collector.h"
#include "daemons/notifier/door_parts.h"
#include "daemons/notifier/door_problem.h"

namespace jieban {
namespace {

TakeReceipt receipt_taker(const std::string& channel, InputDesk& desk) {
  return [channel, &desk](const SmsReceipt& receipt) {
    return gateway_may_forget(desk.receipt(delivery_receipt(channel, receipt), channel));
  };
}

TakeReply reply_taker(const std::string& channel, InputDesk& desk) {
  return [channel, &desk](const SmsReply& reply) {
    return gateway_may_forget(desk.reply(text_reply(channel, reply)));
  };
}

class SgipWay : public ReturnWay {
 public:
  SgipWay(const ChannelRule& rule, InputDesk& desk, const Clock& clock)
      : listener_({.address = *rule.listen,
                   .beyond_loopback = rule.listen_beyond_loopback.value_or(false),
                   .account_file = rule.account_file.value_or(""),
                   .unread = [channel = rule.name,
                              &desk](std::string_view what) { desk.unread(channel, what); }},
                  clock, receipt_taker(rule.name, desk), reply_taker(rule.name, desk)) {}
  Result<void> turn() override {
    if (open_) return {};
    RETURN_IF_ERROR(listener_.start());
    open_ = true;
    return {};
  }

 private:
  SgipListener listener_;
  bool open_ = false;
};

class SmstoolsWay : public ReturnWay {
 public:
  SmstoolsWay(const ChannelRule& rule, InputDesk& desk)
      : collector_(rule.target, receipt_taker(rule.name, desk), reply_taker(rule.name, desk)) {}
  // Files are dated by the host, whatever the notifier's own clock says.
  Result<void> turn() override {
    auto collected = collector_.collect(SystemClock().now());
    if (!collected.ok()) return collected.error().context("are these the folders of smsd?");
    return {};
  }

 private:
  SmstoolsCollector collector_;
};

}  // namespace

std::unique_ptr<ReturnWay> return_way(const ChannelRule& rule, InputDesk& desk,
                                      const Clock& clock) {
  if (rule.listen) return std::make_unique<SgipWay>(rule, desk, clock);
  if (rule.kind == ChannelKind::smstools_sms) return std::make_unique<SmstoolsWay>(rule, desk);
  return nullptr;
}

bool same_return_way(const ChannelRule& one, const ChannelRule& other) {
  auto parts = [](const ChannelRule& rule) {
    return std::tie(rule.kind, rule.target, rule.account_file, rule.listen,
                    rule.listen_beyond_loopback);
  };
  return parts(one) == parts(other);
}

}  // namespace jieban
