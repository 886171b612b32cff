// SimNetwork: the Transport of every daemon, over a network that keeps none of its promises.
//
// A message may be lost, come twice, late or before an earlier one; two daemons may be cut off from
// each other; a process that ends takes what was on its way to it along, or not. All chance comes
// from the seed, all time from the clock that is passed in. Who follows whom is topology.h.
// Thread rule: one thread. The network outlives its transports.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "common/base/random.h"
#include "common/bus/transport.h"
#include "tests/support/crash_fuse.h"
#include "tests/support/sim_clock.h"

namespace jieban {

// Chances in a thousand.
struct SimWeather {
  uint64_t drop = 0;
  uint64_t duplicate = 0;
  uint64_t late = 0;  // held back for up to `late_max` instead of `delay_max`
  Duration delay_max = std::chrono::milliseconds(2);
  Duration late_max = std::chrono::milliseconds(800);
};

struct SimTraffic {
  uint64_t sent = 0;
  uint64_t dropped = 0;
  uint64_t duplicated = 0;
  uint64_t delivered = 0;
};

class SimNetwork {
 public:
  SimNetwork(Random& random, const SimClock& clock) : random_(random), clock_(clock) {}

  // A process of this daemon starts; it ends when the transport is destroyed. One at a time.
  std::unique_ptr<Transport> join(const std::string& daemon, CrashFuse& fuse);

  void set_weather(const SimWeather& weather) { weather_ = weather; }
  // Nothing passes between the two until heal().
  void cut(const std::string& one, const std::string& other);
  void heal() { cuts_.clear(); }
  bool quiet() const;  // nothing is on its way
  const SimTraffic& traffic() const { return traffic_; }

 private:
  class Port;
  // By the time at which it is there, then by the order of sending.
  using Mail = std::map<std::pair<Duration, uint64_t>, Arrival>;
  struct Node {
    uint64_t incarnation = 0;
    bool up = false;
    Mail mail;
  };
  void send(const std::string& from, const std::string& to, const Arrival& arrival);
  void leave(const std::string& daemon);
  bool severed(const std::string& one, const std::string& other) const;
  bool chance(uint64_t of_thousand) { return random_.below(1000) < of_thousand; }

  Random& random_;
  const SimClock& clock_;
  SimWeather weather_;
  SimTraffic traffic_;
  uint64_t serial_ = 0;
  std::map<std::string, Node> nodes_;
  std::set<std::pair<std::string, std::string>> cuts_;
};

}  // namespace jieban
