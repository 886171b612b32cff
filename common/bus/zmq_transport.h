// ZmqTransport: the Transport over ZeroMQ, on one host.
//
// Binds XPUB (live) and ROUTER (replay), and connects SUB and DEALER to each upstream; every
// socket option stands in one table in the .cc. Only ipc:// endpoints are accepted: a lock beside
// the socket is taken first, because a second bind would silently push out the first
// (RELIABILITY §1, fact 15).
// Fails: `conflict` when another instance runs, `invalid` for an address that cannot be used, `io`.
// Thread rule: one thread. Signals must be blocked before open().
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "common/base/clock.h"
#include "common/base/result.h"
#include "common/bus/transport.h"

namespace jieban {

struct ZmqOptions {
  std::string directory;               // where the sockets of all daemons lie
  std::string daemon;                  // "router"
  std::string stream;                  // "110102007.router"
  std::vector<std::string> upstreams;  // daemons, in the order of the declaration
  std::vector<std::string> upstream_streams;
};

enum class Heed { all, descriptors };

class ZmqTransport : public Transport {
 public:
  static Result<std::unique_ptr<ZmqTransport>> open(const ZmqOptions& options);
  ~ZmqTransport() override;

  void broadcast(std::string_view frame) override;
  void answer(const std::string& peer, std::string_view frame) override;
  void request(size_t upstream, std::string_view bytes) override;
  bool receive(Arrival& out) override;

  // Waits until one of `descriptors` or (all) a socket can be read, at most `most` of real time.
  void wait(std::span<const int> descriptors, Duration most, Heed heed = Heed::all);

 private:
  struct Sockets;
  ZmqTransport();
  std::unique_ptr<Sockets> sockets_;
};

// The path of a daemon's socket; `channel` is "events" or "replay".
std::string socket_path(const std::string& directory, const std::string& daemon,
                        const std::string& channel);

}  // namespace jieban
