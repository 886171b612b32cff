// SpoolChannel: a file a notice in a directory, for a relay on a machine with two networks.
//
// Promises: a file "<hash of the notice's id>.json" is whole and on disk when it appears; the same
// notice written twice is the same file. Whoever collects takes *.json and removes it; nothing is
// overwritten but by the same notice. What fails and how: whatever the file system says is
// `failed`, and so tried again: nothing has gone out.
#pragma once

#include <string>

#include "daemons/notifier/channel.h"

namespace jieban {

class SpoolChannel : public Channel {
 public:
  explicit SpoolChannel(std::string directory) : directory_(std::move(directory)) {}
  DeliveryReport deliver(const OutgoingNotice& notice) override;

 private:
  std::string directory_;
};

}  // namespace jieban
