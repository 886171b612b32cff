#include "common/http/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <cerrno>
#include <charconv>
#include <cstring>

namespace jieban {
namespace {

// Bursts of connections wait in the kernel while the loop is busy; 5, the default of the HTTP
// library, makes clients retry after a whole second.
constexpr int kBacklog = 512;

Error malformed(std::string_view text) {
  return invalid("\"" + std::string(text.substr(0, 80)) +
                 "\" is not an address to listen on; write a numeric one with its port, such as "
                 "127.0.0.1:9101 or [::1]:9101");
}

bool parse_port(std::string_view text, in_port_t& port) {
  uint16_t number = 0;
  auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  bool leading_zero = text.size() > 1 && text[0] == '0';
  port = htons(number);
  return failure == std::errc() && end == text.data() + text.size() && !leading_zero;
}

bool parse_ipv4(const std::string& host, std::string_view port, ListenAddress& address) {
  auto* target = reinterpret_cast<sockaddr_in*>(&address.storage);
  target->sin_family = AF_INET;
  address.size = sizeof(sockaddr_in);
  if (::inet_pton(AF_INET, host.c_str(), &target->sin_addr) != 1) return false;
  address.loopback = (ntohl(target->sin_addr.s_addr) >> 24U) == 127;
  return parse_port(port, target->sin_port);
}

bool parse_ipv6(const std::string& host, std::string_view port, ListenAddress& address) {
  auto* target = reinterpret_cast<sockaddr_in6*>(&address.storage);
  target->sin6_family = AF_INET6;
  address.size = sizeof(sockaddr_in6);
  if (::inet_pton(AF_INET6, host.c_str(), &target->sin6_addr) != 1) return false;
  address.loopback = IN6_IS_ADDR_LOOPBACK(&target->sin6_addr) != 0;
  return parse_port(port, target->sin6_port);
}

}  // namespace

Result<ListenAddress> parse_listen_address(std::string_view text, bool beyond_loopback) {
  size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return malformed(text);
  std::string host(text.substr(0, colon));
  std::string_view port = text.substr(colon + 1);
  ListenAddress address;
  bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  bool good = bracketed ? parse_ipv6(host.substr(1, host.size() - 2), port, address)
                        : parse_ipv4(host, port, address);
  if (!good) return malformed(text);
  if (!address.loopback && !beyond_loopback) {
    return invalid(std::string(text) +
                   " can be reached from other machines, which is not allowed here; use 127.0.0.1");
  }
  return address;
}

Result<FileDescriptor> listen_on(const std::string& text, bool beyond_loopback) {
  auto address = parse_listen_address(text, beyond_loopback);
  if (!address.ok()) return address.error();
  FileDescriptor listener(
      ::socket(address->storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!listener.valid()) return system_error("creating a socket for " + text);
  int on = 1;
  (void)::setsockopt(listener.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  const auto* target = reinterpret_cast<const sockaddr*>(&address->storage);
  bool bound =
      ::bind(listener.get(), target, address->size) == 0 && ::listen(listener.get(), kBacklog) == 0;
  if (!bound && errno == EADDRINUSE) {
    return Error{ErrorCode::conflict,
                 text + " is in use by another process; stop it or configure another port"};
  }
  if (!bound) return system_error("listening on " + text);
  return listener;
}

uint16_t port_of(const FileDescriptor& socket) {
  sockaddr_storage storage{};
  socklen_t size = sizeof(storage);
  if (::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&storage), &size) != 0) return 0;
  bool ipv6 = storage.ss_family == AF_INET6;
  return ntohs(ipv6 ? reinterpret_cast<sockaddr_in6*>(&storage)->sin6_port
                    : reinterpret_cast<sockaddr_in*>(&storage)->sin_port);
}

}  // namespace jieban
