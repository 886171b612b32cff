// SimDaemon: one daemon of the simulation, as a process that can be killed and started again.
//
// Its core is the real one over a real store; only transport, clock and chance are simulated. A
// kill destroys everything but the store's directory, at any point: between two turns, or in the
// middle of one by the fuse. Thread rule: one thread.
#pragma once

#include <memory>
#include <string>

#include "common/daemon/engine.h"
#include "tests/support/sim_network.h"

namespace jieban {

inline constexpr char kSimStreet[] = "110102007";

// The real core of a daemon by its name in topology.h.
std::unique_ptr<Service> make_core(const std::string& daemon);

struct SimHost {
  std::string directory;  // of all stores
  SimNetwork& network;
  SimClock& clock;
  Random& random;
};

class SimDaemon {
 public:
  SimDaemon(std::string name, const SimHost& host);
  ~SimDaemon() { kill(); }

  // REQUIRES: down.
  Result<void> start();
  void kill();
  // Ends it in the middle of a later turn: at the call of transport or core after the next `calls`.
  void kill_after(uint64_t calls) { fuse_.arm(calls); }
  void spare() { fuse_.disarm(); }
  // One turn of the engine; a process that dies in it is down afterwards. An Error is one that
  // would have ended the daemon with exit 74.
  Result<size_t> turn();

  const std::string& name() const { return name_; }
  std::string stream() const { return stream_name(kSimStreet, name_); }
  bool up() const { return engine_ != nullptr; }
  uint64_t kills() const { return kills_; }
  uint64_t starts() const { return starts_; }
  EnvironmentOptions store_options() const;
  // REQUIRES: up.
  Engine& engine() { return *engine_; }
  Service& core() { return *core_; }

 private:
  class FusedCore;
  std::string name_;
  SimHost host_;
  CrashFuse fuse_;
  uint64_t kills_ = 0;
  uint64_t starts_ = 0;
  std::unique_ptr<Service> core_;
  std::unique_ptr<Service> fused_;
  std::unique_ptr<Transport> transport_;
  std::unique_ptr<Engine> engine_;
};

}  // namespace jieban
