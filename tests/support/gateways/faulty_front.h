// FaultyFront: stands before an HTTP server on loopback and spoils what comes back.
//
// Each connection carries one request. Without a fault all bytes pass. "Taken" means that the
// server behind has had the request, whatever its caller then hears.
// Thread rule: one thread of its own, which serves one connection after the other.
#pragma once

#include <atomic>
#include <string>
#include <thread>

#include "common/base/file.h"

namespace jieban {

enum class Fault {
  none,
  slow,          // taken, answered whole in small pieces
  late,          // taken, and no answer before the caller has gone
  twice,         // taken, the answer sent two times
  silent,        // not taken, no answer
  reset,         // taken, then the connection is reset
  reset_unread,  // not taken, reset once the request comes, before a byte was read
  closed,        // taken, then closed without an answer
  garbage,       // taken, answered with bytes that are no HTTP
  half,          // taken, closed in the middle of the answer's body
};

class FaultyFront {
 public:
  explicit FaultyFront(uint16_t behind);
  ~FaultyFront();
  FaultyFront(const FaultyFront&) = delete;
  FaultyFront& operator=(const FaultyFront&) = delete;

  uint16_t port() const { return port_; }
  void set(Fault fault) { fault_ = fault; }

 private:
  void serve();
  void serve_one(FileDescriptor peer);
  std::string ask(const std::string& request) const;
  void wait_until_gone(int peer) const;

  const uint16_t behind_;
  FileDescriptor listener_;
  uint16_t port_;
  FileDescriptor stop_read_;
  FileDescriptor stop_write_;
  std::atomic<Fault> fault_ = Fault::none;
  std::thread thread_;
};

}  // namespace jieban
