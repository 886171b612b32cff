#include "daemons/notifier/addressed_channel.h"

namespace jieban {

DeliveryReport AddressedChannel::deliver(const OutgoingNotice& notice) {
  if (notice.person.empty()) return channel_->deliver(notice);
  OutgoingNotice addressed = notice;
  auto address = address_of_(notice.person, *rule_.method);
  if (address) addressed.address = std::move(*address);
  if (!address && row_of(rule_.kind).one_recipient) {
    return {DeliveryOutcome::rejected, "contacts.yaml has no " + *rule_.method + " for this id"};
  }
  return channel_->deliver(addressed);
}

OpenChannel addressed_channels(OpenChannel open, AddressOf address_of) {
  return [open = std::move(open),
          address_of = std::move(address_of)](const ChannelRule& rule) -> std::unique_ptr<Channel> {
    auto channel = open(rule);
    if (!channel || !rule.method) return channel;
    return std::make_unique<AddressedChannel>(std::move(channel), rule, address_of);
  };
}

}  // namespace jieban
