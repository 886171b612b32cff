#include "daemons/notifier/addressed_channel.h"

#include "daemons/notifier/channels/recipient.h"
#include "daemons/notifier/contacts.h"

namespace jieban {
namespace {

// A robot takes what is no mobile number for somebody's id: a land line would mention nobody.
bool can_be_mentioned(std::string_view method, std::string_view address) {
  const ContactMethod* known = find_contact_method(method);
  return known != nullptr && (known->kind == AddressKind::account || is_mobile(address));
}

}  // namespace

std::optional<std::string> AddressedChannel::address_for(const std::string& person) const {
  const ChannelKindRow& kind = row_of(rule_.kind);
  if (!kind.group) return address_of_(person, *rule_.method);
  for (std::string_view method : kind.mentions) {
    if (method.empty()) continue;
    auto address = address_of_(person, method);
    if (address && can_be_mentioned(method, *address)) return address;
  }
  return std::nullopt;
}

DeliveryReport AddressedChannel::deliver(const OutgoingNotice& notice) {
  if (!notice.persons.empty()) return deliver_to_several(notice);
  if (notice.person.empty()) return channel_->deliver(notice);
  OutgoingNotice addressed = notice;
  auto address = address_for(notice.person);
  if (address) addressed.address = std::move(*address);
  if (!address && row_of(rule_.kind).one_recipient) {
    return {DeliveryOutcome::rejected, "contacts.yaml has no " + *rule_.method + " for this id"};
  }
  return channel_->deliver(addressed);
}

// Who cannot be mentioned reads it all the same: only a group has a list for several.
DeliveryReport AddressedChannel::deliver_to_several(const OutgoingNotice& notice) {
  OutgoingNotice addressed = notice;
  for (const std::string& person : notice.persons) {
    auto address = row_of(rule_.kind).group ? address_for(person) : std::nullopt;
    if (address) addressed.others.push_back(std::move(*address));
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
