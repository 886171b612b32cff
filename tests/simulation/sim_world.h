// SimWorld: the five daemons, the city, the desk and the telephone network, in one thread, driven
// by one number.
//
// live() makes a stretch of random life: traffic, weather, partitions, long hours, kills at any
// point. settle() lets everything recover and drain; it fails when that does not come to an end.
// The same seed makes the same run. Thread rule: one thread.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "common/base/random.h"
#include "tests/simulation/sim_client.h"
#include "tests/simulation/sim_daemon.h"
#include "tests/simulation/sim_gateway.h"
#include "tests/support/temp_dir.h"

namespace jieban {

class SimWorld {
 public:
  explicit SimWorld(uint64_t seed);

  Result<void> live(int steps);
  Result<void> settle();

  SimDaemon& daemon(const std::string& name);
  std::vector<std::unique_ptr<SimDaemon>>& daemons() { return daemons_; }
  const SimClient& client() const { return client_; }
  const SimGateway& gateway() const { return gateway_; }
  const SimNetwork& network() const { return network_; }
  const SimClock& clock() const { return clock_; }
  const std::string& root() const { return dir_.root(); }
  // Whether the street has ladders: every second one, for their calls cost more than all else.
  bool calls_out() const { return calls_out_; }
  const std::string& story() const { return story_; }

 private:
  using Act = Result<void> (SimWorld::*)();
  struct Chance;
  static const std::array<Chance, 12>& chances();

  Result<void> start(SimDaemon& daemon);
  Result<void> turn_of(SimDaemon& daemon);
  Result<void> turn();
  Result<void> batch();
  Result<void> command();
  Result<void> send();
  Result<void> deliver();
  Result<void> answer();
  Result<void> wait();
  Result<void> wait_long();
  Result<void> crash();
  Result<void> restart();
  Result<void> weather();
  Result<void> rules();
  Result<bool> settled();
  InputGroup rules_of(const std::string& daemon);
  bool chance(uint64_t of_hundred) { return random_.below(100) < of_hundred; }
  SimDaemon& any() { return *daemons_[random_.below(daemons_.size())]; }
  Notifier& notifier_core();

  TempDir dir_{"/dev/shm"};
  SeededRandom random_;
  SimClock clock_;
  SimNetwork network_;
  SimClient client_;
  SimGateway gateway_;
  std::vector<std::unique_ptr<SimDaemon>> daemons_;
  bool sign_automatically_;
  bool calls_out_;
  uint64_t edition_ = 1;
  std::string story_;
};

}  // namespace jieban
