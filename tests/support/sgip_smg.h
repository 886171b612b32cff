// A gateway of China Unicom for tests: strict about what it is sent, and as bad as it is told to
// be.
//
// It reads and writes packets by their offsets (DOMAIN §15.7), not with the codec that it tests.
// What breaks the protocol is kept in faults(); a test asserts that there is none. SgipSmg is the
// side that takes SUBMITs; SmgCaller is the connection that the gateway makes to the SP's port.
#pragma once

#include <atomic>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "common/base/clock.h"
#include "common/base/file.h"
#include "daemons/notifier/channels/tcp_stream.h"

namespace jieban {

enum class SmgManner {
  proper,
  silent,          // no answer
  late,            // the right answer, after `lateness`
  twice,           // the right answer, two times
  reset,           // RST
  hang_up,         // closes
  garbage,         // bytes that are no packet
  oversize,        // a packet that says it has 2049 bytes
  wrong_sequence,  // the answer to something else
  wrong_command,   // the answer to another command
  dribble,         // byte after byte
  chatter,         // more and more answers to something else
  half,            // closes in the middle of the answer
};

struct SmgPlan {
  SmgManner on_bind = SmgManner::proper;
  SmgManner on_submit = SmgManner::proper;
  size_t proper_submits = 0;  // so many go well before that
  uint8_t bind_result = 0;
  std::vector<uint8_t> submit_results{};  // of the first, the second, ...; 0 after that
  Duration lateness = std::chrono::milliseconds(400);
  // Called by the gateway's thread: a SUBMIT has been read and not answered; its answer, if there
  // is one, has left.
  std::function<void()> submit_read{};
  std::function<void()> submit_answered{};
};

struct SmgLogin {
  std::string name = "demo";
  std::string password = "pass";
  uint32_t node = 3010012345;
  std::string corp_id = "12345";
  std::string sp_number = "10655000";
};

// A SUBMIT as it was on the wire.
struct SmgSubmit {
  std::string bytes;
  uint32_t counter = 0;
  std::string sequence;  // its 12 bytes
  std::string user;
  uint8_t report_flag = 0;
  uint8_t udhi = 0;
  uint8_t coding = 0;
  std::string content;
};

class SgipSmg {
 public:
  explicit SgipSmg(SmgPlan plan = {}, SmgLogin login = {});
  ~SgipSmg();
  SgipSmg(const SgipSmg&) = delete;
  SgipSmg& operator=(const SgipSmg&) = delete;

  std::string address() const;
  // Of the next SUBMITs, one each, before those of the plan.
  void answer_next(const std::vector<SmgManner>& manners);
  std::vector<SmgSubmit> submits() const;
  std::vector<std::string> faults() const;
  size_t binds() const { return binds_; }
  size_t unbinds() const { return unbinds_; }

 private:
  void serve();
  void converse(TcpStream& stream);
  std::optional<std::string> receive(TcpStream& stream);
  bool answer(TcpStream& stream, const std::string& request, uint8_t result, SmgManner manner);
  SmgManner next_manner(size_t submits_before);
  bool take_submit(TcpStream& stream, const std::string& packet);
  uint8_t check_bind(const std::string& packet);
  uint8_t check_submit(const std::string& packet);
  void fault(const std::string& what);
  void expect(bool holds, const std::string& what) {
    if (!holds) fault(what);
  }

  SmgPlan plan_;
  SmgLogin login_;
  FileDescriptor listener_;
  FileDescriptor wake_;
  std::atomic<bool> stopping_{false};
  std::atomic<size_t> binds_{0};
  std::atomic<size_t> unbinds_{0};
  mutable std::mutex mutex_;
  std::vector<SmgSubmit> submits_;
  std::vector<std::string> faults_;
  std::set<std::string> sequences_;
  std::deque<SmgManner> next_manners_;
  std::thread thread_;
};

class SmgCaller {
 public:
  // To a port of this host.
  explicit SmgCaller(uint16_t port);

  // The result of the answer; empty when none came, or not the right one.
  std::optional<uint8_t> bind(const std::string& name, const std::string& password,
                              uint8_t login_type = 2);
  std::optional<uint8_t> deliver(const std::string& user, const std::string& content,
                                 uint8_t coding = 8, uint8_t udhi = 0);
  // `submitted`: the 12 bytes of the message's sequence number.
  std::optional<uint8_t> report(const std::string& submitted, uint8_t state,
                                uint8_t error_code = 0);
  // True when UNBIND was answered.
  bool unbind();
  std::optional<uint8_t> ask(uint32_t command, const std::string& body);
  bool send(const std::string& bytes);
  // True when the other side has closed.
  bool closed();

 private:
  std::optional<TcpStream> stream_;
  uint32_t counter_ = 0;
};

}  // namespace jieban
