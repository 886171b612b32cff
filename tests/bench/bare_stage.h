// One stage of the yardstick (bare.h): what it reads, what it makes of it, and its loop.
//
// The loop reads what is there, appends, puts the states, commits, publishes; it never ends, its
// process is killed. PUB/SUB over ipc:// without high water marks, so that nothing is dropped; each
// stage waits for its subscribers before it reads, so that none joins late.
// What fails and how: `io` with what LMDB or ZeroMQ said.
// Thread rule: one thread; call it in a process that has not used ZeroMQ before its fork.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "common/base/result.h"

namespace jieban::bench {

struct BareStage {
  std::string_view name;
  std::array<std::string_view, 3> upstreams;  // empty names: fewer
  size_t subscribers;
  bool keeps;   // appends, and passes on, the events that come
  size_t made;  // events that it makes of each that comes
};

// An order is 1 event of the receiver and 3 of the router; the sla-watcher answers each of those.
constexpr std::array<BareStage, 5> kBareStages = {{
    {"receiver", {}, 2, true, 0},
    {"router", {"receiver"}, 3, false, 3},
    {"sla-watcher", {"router"}, 2, false, 1},
    {"notifier", {"router", "sla-watcher"}, 0, false, 0},
    {"archiver", {"receiver", "router", "sla-watcher"}, 0, true, 0},
}};
constexpr uint64_t kBareEventsPerOrder = 7;  // in the archiver's stream
constexpr size_t kBareOrderBytes = 500;
constexpr size_t kBareKeyBytes = 15;  // the order's id, with which every event begins

// `ready` is written a byte once orders may come. Returns only with an error.
Result<void> run_bare_stage(const BareStage& stage, const std::string& root, int ready);

// The door: pushes bodies to the receiver, and waits while its queue is full.
class BareDoor {
 public:
  static Result<BareDoor> open(const std::string& root);
  BareDoor(BareDoor&& other) noexcept;
  BareDoor& operator=(BareDoor&&) = delete;
  ~BareDoor();
  // `unavailable` when nobody takes it for a minute.
  Result<void> push(std::string_view body);

 private:
  struct Socket;
  explicit BareDoor(std::unique_ptr<Socket> socket);
  std::unique_ptr<Socket> socket_;
};

}  // namespace jieban::bench
