// StagedGateway: an HTTP gateway on loopback that keeps each complete message it is sent, behaves
// as it is told, and stands still at a stage of the delivery until the test lets it go on.
//
// Thread rule: one thread of its own, a connection at a time; the rest from any thread.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "common/base/clock.h"
#include "common/base/file.h"

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

enum class Stage {
  connected,  // nothing has been read
  half_read,  // the first bytes of the request
  read,       // the whole request, and no answer yet
  answered,   // whatever the answer is, it has left
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
  // The nth connection from now on (1: the next) stands still at this stage.
  void stop_at(Stage stage, size_t nth);
  // False when none came so far within the time.
  bool wait_stopped(Duration at_most);
  void go_on();

  std::vector<GatewayMessage> messages() const;
  // Requests that were no notice as they should be.
  std::vector<std::string> faults() const;

 private:
  void serve();
  void converse(int peer);
  bool read_request(int peer, std::string& request);
  void answer(int peer, Manner manner);
  void keep(const std::string& request, Manner manner);
  void reach(Stage stage);
  Manner next_manner();
  bool readable(int socket) const;

  const Tongue tongue_;
  FileDescriptor listener_;
  FileDescriptor wake_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Manner> manners_;
  std::vector<GatewayMessage> messages_;
  std::vector<std::string> faults_;
  Stage stop_stage_ = Stage::connected;
  size_t stop_in_ = 0;  // connections until it; 0: none
  bool stopped_ = false;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace jieban
