// The address a server listens on: numeric, explicit, loopback unless allowed otherwise.
//
// Promises: "127.0.0.1:9101" and "[::1]:9101" mean what they say; host names, bare ports, octal or
// out-of-range parts ("999.1.1.1:80", which other parsers bind somewhere else) are refused.
// What fails and how: `invalid`, with how to write it; binding a port in use is `conflict`.
// Thread rule: pure functions, any thread.
#pragma once

#include <sys/socket.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "common/base/file.h"
#include "common/base/result.h"

namespace jieban {

struct ListenAddress {
  sockaddr_storage storage{};
  socklen_t size = 0;
  bool loopback = false;
};

// Port 0 lets the kernel choose.
Result<ListenAddress> parse_listen_address(std::string_view text, bool beyond_loopback);
// A listening, non-blocking socket. SO_REUSEADDR only: with SO_REUSEPORT two processes would share
// the port in silence.
Result<FileDescriptor> listen_on(const std::string& text, bool beyond_loopback);
uint16_t port_of(const FileDescriptor& socket);

}  // namespace jieban
