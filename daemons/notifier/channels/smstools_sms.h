// SmstoolsSms: short messages as files in the folders of smstools3, whose smsd has a modem.
//
// The target is the directory that holds smsd's folders: outgoing, sent, failed, report, incoming
// (config/README.md has the smsd.conf). We add `writing` and `told`; all are on one file system.
// Promises: a file appears in outgoing whole and synced, readable and writable for the group that
// smsd runs in; the same notice written twice is one file, the later text counts. The gateway's id
// is the notice's, which smsd keeps in a header of ours. What fails and how: whatever the file
// system says before the file appears is `failed`, after that `unknown`. Thread rule: one thread.
#pragma once

#include <string>

#include "daemons/notifier/channel.h"

namespace jieban {

class SmstoolsSms : public Channel {
 public:
  explicit SmstoolsSms(ChannelRule rule) : rule_(std::move(rule)) {}
  DeliveryReport deliver(const OutgoingNotice& notice) override;

 private:
  ChannelRule rule_;
};

}  // namespace jieban
