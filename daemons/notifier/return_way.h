// ReturnWay: how receipts and replies come back from the gateway of one channel, other than over
// HTTP: an SMG that connects to a port of ours, or the folders of an smsd.
//
// turn() is called about once a second. Promises: what is taken was committed, or refused by the
// core for good; what could not be kept stays with the gateway, which brings it again.
// What fails and how: turn() returns why nothing can come back just now, with what to do; the next
// turn tries again. Thread rule: one thread, which is not the loop's; destroying a way waits for
// what it is handing in.
#pragma once

#include <memory>

#include "daemons/notifier/input_desk.h"
#include "daemons/notifier/notice_rules.h"

namespace jieban {

class ReturnWay {
 public:
  virtual ~ReturnWay() = default;
  virtual Result<void> turn() = 0;
};

// Null for a channel whose gateway brings nothing, or brings it to the door. `desk` and `clock`
// outlive it.
std::unique_ptr<ReturnWay> return_way(const ChannelRule& rule, InputDesk& desk, const Clock& clock);
// Whether both rules have the same way: a new text does not shut a port.
bool same_return_way(const ChannelRule& one, const ChannelRule& other);

}  // namespace jieban
