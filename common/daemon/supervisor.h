// Talks to systemd: readiness, watchdog, stopping. One datagram each, no library.
//
// Without $NOTIFY_SOCKET every call does nothing.
#pragma once

#include <string>

#include "common/base/clock.h"

namespace jieban {

class Supervisor {
 public:
  Supervisor();
  // `status`: what `systemctl status` shows from then on; empty: as it was.
  void ready(const std::string& status = "");
  void reloading();
  void stopping();
  // After progress, from the loop only: a loop that hangs is killed and started again.
  void ping(Duration now);
  // How often ping() must be called at least; Duration::max() without a watchdog.
  Duration ping_interval() const { return ping_interval_; }

 private:
  void send(const std::string& text);

  std::string socket_path_;
  Duration ping_interval_ = Duration::max();
  Duration pinged_at_{};
};

}  // namespace jieban
