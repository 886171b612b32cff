#include "daemons/notifier/channels/tcp_stream.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "common/http/address.h"

namespace jieban {
namespace {

Error unavailable(std::string_view what) { return {ErrorCode::unavailable, std::string(what)}; }

// False at the deadline.
bool wait_for(int socket, short wanted, Duration deadline) {
  while (true) {
    Duration left = std::max(deadline - monotonic_now(), Duration::zero());
    pollfd watched{socket, wanted, 0};
    auto ceiling = std::chrono::ceil<std::chrono::milliseconds>(left);
    int ready = ::poll(&watched, 1, int(std::min<int64_t>(ceiling.count(), 60'000)));
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return false;
    if (monotonic_now() >= deadline) return false;
  }
}

Result<void> finish_connecting(int socket, Duration deadline) {
  if (!wait_for(socket, POLLOUT, deadline)) return unavailable("no connection in time");
  int failure = 0;
  socklen_t size = sizeof failure;
  if (::getsockopt(socket, SOL_SOCKET, SO_ERROR, &failure, &size) != 0 || failure != 0) {
    return unavailable("no connection");
  }
  return {};
}

}  // namespace

TcpStream::TcpStream(FileDescriptor socket) : socket_(std::move(socket)) {
  (void)::fcntl(socket_.get(), F_SETFL, ::fcntl(socket_.get(), F_GETFL) | O_NONBLOCK);
  int on = 1;  // small packets that wait for an answer: never hold one back
  (void)::setsockopt(socket_.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

Result<TcpStream> TcpStream::connect(const std::string& address, Duration deadline) {
  auto target = parse_listen_address(address, true);
  if (!target.ok()) return invalid("the address is not numeric with a port, as 10.1.2.3:8801");
  FileDescriptor socket(
      ::socket(target->storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!socket.valid()) return unavailable("no socket");
  const auto* where = reinterpret_cast<const sockaddr*>(&target->storage);
  if (::connect(socket.get(), where, target->size) != 0) {
    if (errno != EINPROGRESS && errno != EINTR) return unavailable("no connection");
    RETURN_IF_ERROR(finish_connecting(socket.get(), deadline));
  }
  return TcpStream(std::move(socket));
}

Result<void> TcpStream::write(std::string_view bytes, Duration deadline) {
  bool begun = false;
  while (!bytes.empty()) {
    ssize_t count = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count > 0) {
      begun = true;
      bytes.remove_prefix(size_t(count));
      continue;
    }
    bool full = count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR);
    if (full && wait_for(socket_.get(), POLLOUT, deadline)) continue;
    ErrorCode code = begun ? ErrorCode::io : ErrorCode::unavailable;
    return Error{code, full ? "sending took too long" : "the connection broke while sending"};
  }
  return {};
}

Result<std::string> TcpStream::read_some(size_t size_max, Duration deadline) {
  std::array<char, 4096> buffer{};
  while (true) {
    ssize_t count = ::recv(socket_.get(), buffer.data(), std::min(size_max, buffer.size()), 0);
    if (count >= 0) return std::string(buffer.data(), size_t(count));
    bool empty = errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
    if (!empty) return unavailable("the connection broke while reading");
    if (!wait_for(socket_.get(), POLLIN, deadline)) return unavailable("no answer in time");
  }
}

Result<std::string> TcpStream::read_exactly(size_t size, Duration deadline) {
  std::string bytes;
  while (bytes.size() < size) {
    auto read = read_some(size - bytes.size(), deadline);
    if (read.ok() && !read->empty()) {
      bytes += *read;
      continue;
    }
    ErrorCode code = bytes.empty() ? ErrorCode::unavailable : ErrorCode::io;
    return Error{code, read.ok() ? "the connection was closed" : read.error().message};
  }
  return bytes;
}

}  // namespace jieban
