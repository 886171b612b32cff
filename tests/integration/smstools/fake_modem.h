// A GSM modem on a port of loopback, as smsd speaks to one (device = @host:port): AT commands in,
// messages in PDU mode out and in.
//
// It knows the few commands that smsd 3.1 uses for one that sends and receives, answers OK to all
// others, keeps what is sent, and puts status reports and replies into its memory.
#pragma once

#include <atomic>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "common/base/file.h"
#include "daemons/notifier/channels/tcp_stream.h"

namespace jieban {

// A SUBMIT (GSM 03.40), taken apart.
struct ModemMessage {
  std::string to;
  bool report = false;
  unsigned coding = 0;  // TP-DCS
  std::string header;   // of a part
  std::string content;  // bytes of UCS-2; septets are left as they are
  unsigned reference = 0;
};

class FakeModem {
 public:
  // TP-Status of the reports that it gives; none: it refuses what it is to send.
  explicit FakeModem(std::optional<unsigned> status = 0);
  ~FakeModem();
  FakeModem(const FakeModem&) = delete;
  FakeModem& operator=(const FakeModem&) = delete;

  uint16_t port() const;
  std::vector<ModemMessage> sent() const;
  // A message from a telephone, in UCS-2.
  void receive(const std::string& from, const std::string& text);

 private:
  void serve();
  void converse(TcpStream& stream);
  std::string answer(const std::string& command);
  std::string send(const std::string& pdu);
  std::string list_memory(bool with_numbers, size_t only) const;

  std::optional<unsigned> status_;
  FileDescriptor listener_;
  std::atomic<bool> stopping_{false};
  mutable std::mutex mutex_;
  std::vector<ModemMessage> sent_;
  std::vector<std::string> memory_;  // PDUs; empty: a free place
  unsigned reference_ = 0;
  bool awaits_pdu_ = false;
  std::thread thread_;
};

}  // namespace jieban
