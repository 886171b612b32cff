// SgipListener: the SP's own port, to which the SMG connects to bring receipts and replies.
//
// Promises: nothing is taken before a BIND of login type 2 with the account's name and password;
// the account file is read for each BIND. A receipt or reply is answered with 0 only when its taker
// said ok, else with 11 (busy), so that the SMG brings it again. Connections, the bytes of each and
// the time that it may be silent are limited; what is no packet ends its connection, a packet that
// says nothing to us is answered and told to `unread`.
// What fails and how: start() returns what listen_on returns. Everything else is logged, without
// numbers or texts. Thread rule: start and stop from one thread; the takers are called from the
// listener's own.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "common/base/clock.h"
#include "common/base/result.h"
#include "daemons/notifier/channels/sms_events.h"

namespace jieban {

class SgipListener {
 public:
  struct Options {
    std::string address = "127.0.0.1:0";
    bool beyond_loopback = false;
    std::string account_file{};
    size_t connections_max = 4;
    Duration login_within = std::chrono::seconds(10);
    Duration silent_at_most = std::chrono::minutes(5);
    // As in sgip_door.h; from the listener's own thread.
    std::function<void(std::string_view what)> unread{};
  };

  SgipListener(Options options, const Clock& clock, TakeReceipt take_receipt, TakeReply take_reply);
  ~SgipListener();
  SgipListener(const SgipListener&) = delete;
  SgipListener& operator=(const SgipListener&) = delete;

  Result<void> start();
  // REQUIRES: started.
  uint16_t port() const;
  void stop();

 private:
  class Port;
  std::unique_ptr<Port> port_;
};

}  // namespace jieban
