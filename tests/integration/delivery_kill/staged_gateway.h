// StagedGateway: an HTTP gateway on loopback that keeps each complete message it is sent, behaves
// as it is told, and stands still at a stage of the delivery until the test lets it go on.
//
// Thread rule: one thread of its own, a connection at a time; the rest from any thread.
#pragma once

#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "common/base/clock.h"
#include "common/base/file.h"
#include "tests/integration/delivery_kill/stage_gate.h"

namespace jieban {

enum class Manner {
  proper,        // 202
  busy,          // 503
  hang,          // read, and never answered
  reset_unread,  // RST, nothing read
  reset_read,    // RST after all was read
  garbage,       // bytes that are no HTTP
  half,          // closed in the middle of the answer's body
};

// Which gateway it is.
enum class Tongue {
  webhook,  // a CloudEvent; a possible repeat is a field of it
  kannel,   // sendsms; a possible repeat says so in the text that a phone shows
};

struct GatewayMessage {
  std::string id;
  bool marked = false;   // as a possible repeat
  bool refused = false;  // the gateway would not have it
};

class StagedGateway {
 public:
  explicit StagedGateway(Tongue tongue = Tongue::webhook);
  ~StagedGateway();
  StagedGateway(const StagedGateway&) = delete;
  StagedGateway& operator=(const StagedGateway&) = delete;

  std::string url() const;
  // Of the next connections, one each; after them proper.
  void behave(const std::vector<Manner>& manners);
  // Each connection is a delivery.
  StageGate& gate() { return gate_; }

  std::vector<GatewayMessage> messages() const;
  // Requests that were no notice as they should be.
  std::vector<std::string> faults() const;

 private:
  void serve();
  void converse(int peer);
  bool read_request(int peer, std::string& request);
  void answer(int peer, Manner manner);
  void keep(const std::string& request, Manner manner);
  Manner next_manner();
  bool readable(int socket) const;

  const Tongue tongue_;
  FileDescriptor listener_;
  FileDescriptor wake_;
  mutable std::mutex mutex_;
  std::deque<Manner> manners_;
  std::vector<GatewayMessage> messages_;
  std::vector<std::string> faults_;
  StageGate gate_;
  std::thread thread_;
};

}  // namespace jieban
