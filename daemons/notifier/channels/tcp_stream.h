// TcpStream: one connection to a numeric address, on which nothing waits for ever.
//
// Promises: every call ends at its deadline (of monotonic_now()) at the latest. No SIGPIPE.
// What fails and how: `unavailable` as long as not one byte of what was asked has left or arrived
// (no connection, a connection that is closed already), `io` after that: a part may have got
// through; `invalid` for an address that is none.
// Thread rule: one thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "common/base/clock.h"
#include "common/base/file.h"
#include "common/base/result.h"

namespace jieban {

class TcpStream {
 public:
  // "10.1.2.3:8801": numeric, since a name server may take any time to answer.
  static Result<TcpStream> connect(const std::string& address, Duration deadline);
  // Takes a connected socket over and makes it non-blocking.
  explicit TcpStream(FileDescriptor socket);

  Result<void> write(std::string_view bytes, Duration deadline);
  Result<std::string> read_exactly(size_t size, Duration deadline);
  // What is there, at most `size_max`; empty at the end of input.
  Result<std::string> read_some(size_t size_max, Duration deadline);
  int descriptor() const { return socket_.get(); }

 private:
  FileDescriptor socket_;
};

}  // namespace jieban
