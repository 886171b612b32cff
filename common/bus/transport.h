// Transport: how frames travel. It may lose, repeat, delay and reorder them, and tells nobody; all
// promises are kept above it, by sequences and replay (ARCHITECTURE §4).
//
// Implementations: ZmqTransport here, a simulated network in tests/support.
// Thread rule: one thread, the loop's.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace jieban {

struct Arrival {
  enum class Kind {
    frame,    // from an upstream, live or in answer to a request
    request,  // a subscriber asks this daemon for a replay
  };
  Kind kind = Kind::frame;
  size_t upstream = 0;  // frame: which upstream, in the order of the daemon's declaration
  std::string peer;     // request: whom to answer
  std::string bytes;
};

class Transport {
 public:
  virtual ~Transport() = default;
  // To every subscriber of this daemon's stream.
  virtual void broadcast(std::string_view frame) = 0;
  // To the one subscriber that asked.
  virtual void answer(const std::string& peer, std::string_view frame) = 0;
  // To the publisher of an upstream.
  virtual void request(size_t upstream, std::string_view bytes) = 0;
  // The next message that has arrived; false when there is none. Never waits.
  virtual bool receive(Arrival& out) = 0;
};

}  // namespace jieban
