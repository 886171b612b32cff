// AddressedChannel: gives a call to a person the address that contacts.yaml has for it.
//
// Rules and notices name persons by ids; only here, on the way out, does an id become a telephone
// number or an account (contacts.h): by the method of the channel, and in a group by what its
// vendor can mention somebody by (channel_kind.h), so that all see who is called (DOMAIN §15.9) and
// the text names nobody; of a list that calls several, each of them. A notice for nobody in
// particular goes on as it is. What fails and how: `rejected` where the kind of the channel reaches
// one recipient and the person has no address for its method: the person's next method is used
// then. A group is told though the person cannot be mentioned. Never names the address. Thread
// rule: as Channel.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "daemons/notifier/channel.h"

namespace jieban {

// Of a person, a unit or a group, by a method; empty when there is none. Any thread.
using AddressOf =
    std::function<std::optional<std::string>(std::string_view id, std::string_view method)>;

class AddressedChannel : public Channel {
 public:
  AddressedChannel(std::unique_ptr<Channel> channel, const ChannelRule& rule, AddressOf address_of)
      : channel_(std::move(channel)), rule_(rule), address_of_(std::move(address_of)) {}
  AttemptPlan plan(const OutgoingNotice& notice) override { return channel_->plan(notice); }
  DeliveryReport deliver(const OutgoingNotice& notice) override;

 private:
  std::optional<std::string> address_for(const std::string& person) const;
  DeliveryReport deliver_to_several(const OutgoingNotice& notice);

  std::unique_ptr<Channel> channel_;
  ChannelRule rule_;
  AddressOf address_of_;
};

// The channels of `open`; those of a method with addresses.
OpenChannel addressed_channels(OpenChannel open, AddressOf address_of);

}  // namespace jieban
