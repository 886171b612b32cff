// LinkedChannel: puts the link by which a call is acknowledged where its text has {link}.
//
// Made on the way out, anew for each attempt: a link is signed with a key that only edges have, and
// whoever holds it acknowledges in that person's name. So it goes to a person alone, and where a
// channel reaches a group the text has nothing in its place.
// Promises and failures: as the channel behind it. Thread rule: as Channel.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "daemons/notifier/channel.h"

namespace jieban {

// Of a notice to a person. Any thread.
using LinkOf = std::function<std::string(const std::string& notice_id, const std::string& person)>;

class LinkedChannel : public Channel {
 public:
  LinkedChannel(std::unique_ptr<Channel> channel, bool group, LinkOf link_of)
      : channel_(std::move(channel)), group_(group), link_of_(std::move(link_of)) {}
  AttemptPlan plan(const OutgoingNotice& notice) override;
  DeliveryReport deliver(const OutgoingNotice& notice) override;

 private:
  OutgoingNotice linked(const OutgoingNotice& notice) const;

  std::unique_ptr<Channel> channel_;
  bool group_;
  LinkOf link_of_;
};

// The channels of `open`, all with links.
OpenChannel linked_channels(OpenChannel open, LinkOf link_of);

}  // namespace jieban
