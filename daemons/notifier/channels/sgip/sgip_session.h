// SgipSession: what an SP asks of the SMG over its own connection: BIND, SUBMIT, UNBIND.
//
// Promises: every answer is the one to that very request, by its sequence number; what else the SMG
// says in between is passed over, a few packets of it at most. Each call ends at its deadline.
// What fails and how: `unavailable` when nothing of the request has left, `invalid` and `limit`
// for one that cannot be encoded (nothing has left either), `io` when it may have been carried out.
// Thread rule: one thread.
#pragma once

#include <string>

#include "daemons/notifier/channels/sgip/sgip_packet.h"
#include "daemons/notifier/channels/tcp_stream.h"

namespace jieban {

class SgipSession {
 public:
  static Result<SgipSession> connect(const std::string& address, Duration deadline);
  explicit SgipSession(TcpStream stream) : stream_(std::move(stream)) {}

  // The result code of the answer.
  Result<uint8_t> ask(const SgipPacket& request, Duration deadline);

 private:
  Result<SgipPacket> receive(Duration deadline);

  TcpStream stream_;
};

}  // namespace jieban
