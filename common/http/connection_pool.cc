#include "common/http/connection_pool.h"

#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "common/base/log.h"

namespace jieban {
namespace {

constexpr int kSweepMilliseconds = 250;
constexpr int kAcceptPauseMilliseconds = 50;
// The next request of a busy client usually follows at once: waiting for it here saves two changes
// of thread. Longer than this would keep a thread from others.
constexpr Duration kNextRequestWait = std::chrono::milliseconds(2);

bool watch(const FileDescriptor& epoll, int operation, int descriptor, uint32_t events,
           void* token) {
  epoll_event event{};
  event.events = events;
  event.data.ptr = token;
  return ::epoll_ctl(epoll.get(), operation, descriptor, &event) == 0;
}

}  // namespace

ConnectionPool::ConnectionPool(FileDescriptor listener, const PoolOptions& options, Serve serve)
    : listener_(std::move(listener)), options_(options), serve_(std::move(serve)) {
  CHECK(options.thread_count > 0 && options.connections_max > 0);
}

ConnectionPool::~ConnectionPool() { stop(); }

Result<void> ConnectionPool::start() {
  epoll_ = FileDescriptor(::epoll_create1(EPOLL_CLOEXEC));
  stop_event_ = FileDescriptor(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!epoll_.valid() || !stop_event_.valid()) return system_error("creating an epoll set");
  if (!watch(epoll_, EPOLL_CTL_ADD, listener_.get(), EPOLLIN, this) ||
      !watch(epoll_, EPOLL_CTL_ADD, stop_event_.get(), EPOLLIN, nullptr)) {
    return system_error("filling an epoll set");
  }
  watcher_ = std::thread([this] { watch_loop(); });
  for (size_t i = 0; i < options_.thread_count; ++i) {
    workers_.emplace_back([this] { work_loop(); });
  }
  return {};
}

void ConnectionPool::stop() {
  if (!watcher_.joinable()) return;
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
    for (Connection* connection : active_) connection->stop_reading();
  }
  uint64_t one = 1;
  (void)!::write(stop_event_.get(), &one, sizeof(one));
  ready_changed_.notify_all();
  watcher_.join();
  for (std::thread& worker : workers_) worker.join();
  workers_.clear();
  parked_.clear();
  ready_.clear();
  listener_ = FileDescriptor();
}

void ConnectionPool::watch_loop() {
  std::array<epoll_event, 64> events{};
  Duration next_sweep = monotonic_now();
  while (true) {
    int count = ::epoll_wait(epoll_.get(), events.data(), int(events.size()), kSweepMilliseconds);
    for (int i = 0; i < count; ++i) {
      void* token = events[size_t(i)].data.ptr;
      if (token == nullptr) return;
      if (token == this) {
        accept_waiting();
      } else {
        make_ready(static_cast<Connection*>(token));
      }
    }
    if (monotonic_now() < next_sweep) continue;
    next_sweep = monotonic_now() + std::chrono::milliseconds(kSweepMilliseconds);
    close_idle();
  }
}

void ConnectionPool::accept_waiting() {
  while (true) {
    FileDescriptor socket(
        ::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (socket.valid()) {
      if (!make_room()) continue;
      park(std::make_unique<Connection>(std::move(socket), options_.write_timeout));
      continue;
    }
    if (errno == EINTR || errno == ECONNABORTED) continue;
    if (errno == EAGAIN || errno == EWOULDBLOCK) return;
    log(LogLevel::error, "http_accept_failed", {{"errno", errno}});
    // Out of descriptors or memory: the listener stays readable, do not spin on it.
    ::poll(nullptr, 0, kAcceptPauseMilliseconds);
    return;
  }
}

bool ConnectionPool::make_room() {
  std::lock_guard lock(mutex_);
  if (parked_.size() + ready_.size() + active_.size() < options_.connections_max) return true;
  auto oldest = std::min_element(parked_.begin(), parked_.end(), [](const auto& a, const auto& b) {
    return a.first->idle_deadline < b.first->idle_deadline;
  });
  if (oldest == parked_.end()) return false;
  parked_.erase(oldest);
  return true;
}

void ConnectionPool::park(Owned connection) {
  Connection* key = connection.get();
  key->idle_deadline = monotonic_now() + options_.idle_timeout;
  int operation = key->watched ? EPOLL_CTL_MOD : EPOLL_CTL_ADD;
  key->watched = true;
  std::lock_guard lock(mutex_);
  active_.erase(key);
  if (stopping_) return;
  // Known before it can fire; one shot, so that only one thread ever has it.
  parked_.emplace(key, std::move(connection));
  if (!watch(epoll_, operation, key->descriptor(), EPOLLIN | EPOLLRDHUP | EPOLLONESHOT, key)) {
    parked_.erase(key);
  }
}

void ConnectionPool::make_ready(Connection* connection) {
  {
    std::lock_guard lock(mutex_);
    auto found = parked_.find(connection);
    // Closed in this same turn to make room for another.
    if (found == parked_.end()) return;
    ready_.push_back(std::move(found->second));
    parked_.erase(found);
  }
  ready_changed_.notify_one();
}

void ConnectionPool::close_idle() {
  Duration now = monotonic_now();
  std::lock_guard lock(mutex_);
  std::erase_if(parked_, [&](const auto& entry) { return entry.first->idle_deadline <= now; });
}

void ConnectionPool::work_loop() {
  while (true) {
    Owned connection;
    {
      std::unique_lock lock(mutex_);
      ready_changed_.wait(lock, [this] { return stopping_ || !ready_.empty(); });
      if (stopping_) return;
      connection = std::move(ready_.front());
      ready_.pop_front();
      active_.insert(connection.get());
    }
    work(std::move(connection));
  }
}

void ConnectionPool::work(Owned connection) {
  while (serve_(*connection)) {
    if (connection->has_input() || worth_waiting_for(*connection)) continue;
    park(std::move(connection));
    return;
  }
  forget(std::move(connection));
}

bool ConnectionPool::worth_waiting_for(const Connection& connection) {
  {
    std::lock_guard lock(mutex_);
    if (stopping_ || !ready_.empty()) return false;
  }
  return connection.wait_for_input(kNextRequestWait);
}

void ConnectionPool::forget(Owned connection) {
  std::lock_guard lock(mutex_);
  active_.erase(connection.get());
  connection.reset();
}

}  // namespace jieban
