#include "common/http/connection.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace jieban {
namespace {

constexpr size_t kInputBytes = 16 * 1024;
// Beyond this much collected output is sent at once, so that a large answer is not held twice.
constexpr size_t kOutputBytes = 64 * 1024;
constexpr Duration kLinger = std::chrono::seconds(1);
constexpr size_t kLingerBytesMax = 16 * 1024 * 1024;

bool wait_for(int descriptor, short events, Duration span) {
  Duration end = monotonic_now() + span;
  while (true) {
    auto left = std::max(end - monotonic_now(), Duration::zero());
    pollfd waiting{descriptor, events, 0};
    int count =
        ::poll(&waiting, 1, int(std::chrono::ceil<std::chrono::milliseconds>(left).count()));
    if (count >= 0 || errno != EINTR) return count > 0;
  }
}

}  // namespace

Connection::Connection(FileDescriptor socket, Duration write_timeout)
    : socket_(std::move(socket)), write_timeout_(write_timeout) {
  int on = 1;
  (void)::setsockopt(socket_.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
}

void Connection::begin_request(size_t bytes_max, Duration timeout, Duration pause_max) {
  budget_ = bytes_max;
  deadline_ = monotonic_now() + timeout;
  pause_max_ = pause_max;
}

bool Connection::wait_for_input(Duration span) const {
  return wait_for(socket_.get(), POLLIN, span);
}

// A long body is not copied twice.
ssize_t Connection::receive_into(char* target, size_t size) {
  ssize_t count = receive(target, size);
  if (count > 0) budget_ -= size_t(count);
  return count;
}

// Leaves `input_` empty at the end of input; false on error or timeout.
bool Connection::fill() {
  next_ = 0;
  input_.resize(kInputBytes);
  ssize_t count = receive(input_.data(), input_.size());
  input_.resize(size_t(std::max<ssize_t>(count, 0)));
  return count >= 0;
}

ssize_t Connection::receive(char* target, size_t size) const {
  ssize_t count = -1;
  while (true) {
    count = ::recv(socket_.get(), target, size, 0);
    if (count >= 0) break;
    Duration left = std::min(pause_max_, deadline_ - monotonic_now());
    bool blocked = errno == EAGAIN || errno == EWOULDBLOCK;
    bool again = errno == EINTR || (blocked && left > Duration::zero() && wait_for_input(left));
    if (!again) break;
  }
  // Bytes that keep coming must not outlive the deadline either.
  return monotonic_now() <= deadline_ ? count : -1;
}

ssize_t Connection::read(char* target, size_t size) {
  if (budget_ == 0 || !flush()) return -1;
  size = std::min(size, budget_);
  if (!has_input() && size >= kInputBytes) return receive_into(target, size);
  if (!has_input() && !fill()) return -1;
  size_t count = std::min(size, input_.size() - next_);
  input_.copy(target, count, next_);
  next_ += count;
  budget_ -= count;
  return ssize_t(count);
}

ssize_t Connection::write(const char* source, size_t size) {
  output_.append(source, size);
  if (output_.size() >= kOutputBytes && !flush()) return -1;
  return ssize_t(size);
}

bool Connection::flush() {
  std::string_view left = output_;
  while (!left.empty()) {
    ssize_t count = ::send(socket_.get(), left.data(), left.size(), MSG_NOSIGNAL);
    if (count > 0) {
      left.remove_prefix(size_t(count));
      continue;
    }
    bool blocked = errno == EAGAIN || errno == EWOULDBLOCK;
    bool again = errno == EINTR || (blocked && wait_for(socket_.get(), POLLOUT, write_timeout_));
    if (!again) break;
  }
  bool sent = left.empty();
  output_.clear();
  return sent;
}

void Connection::linger() {
  ::shutdown(socket_.get(), SHUT_WR);
  std::array<char, kInputBytes> swallowed{};
  Duration end = monotonic_now() + kLinger;
  for (size_t total = 0; total < kLingerBytesMax;) {
    ssize_t count = ::recv(socket_.get(), swallowed.data(), swallowed.size(), 0);
    if (count == 0) return;
    if (count > 0) {
      total += size_t(count);
      continue;
    }
    Duration left = end - monotonic_now();
    if (left <= Duration::zero() || !wait_for_input(left)) return;
  }
}

void Connection::stop_reading() const { ::shutdown(socket_.get(), SHUT_RD); }

}  // namespace jieban
