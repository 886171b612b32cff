#include "common/daemon/supervisor.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdlib>
#include <cstring>

#include "common/base/file.h"

namespace jieban {

Supervisor::Supervisor() {
  // Nothing in this process changes the environment.
  const char* path = std::getenv("NOTIFY_SOCKET");  // NOLINT(concurrency-mt-unsafe)
  if (path != nullptr) socket_path_ = path;
  const char* watchdog = std::getenv("WATCHDOG_USEC");  // NOLINT(concurrency-mt-unsafe)
  if (watchdog == nullptr) return;
  int64_t interval = 0;
  auto [end, error] = std::from_chars(watchdog, watchdog + std::strlen(watchdog), interval);
  // A third: two pings may be late before the watchdog bites.
  if (error == std::errc() && *end == '\0' && interval > 0) ping_interval_ = Duration(interval / 3);
}

// A line break would end the value.
void Supervisor::ready(const std::string& status) {
  std::string line = status;
  std::ranges::replace(line, '\n', ' ');
  send(line.empty() ? "READY=1" : "READY=1\nSTATUS=" + line);
}
void Supervisor::reloading() { send("RELOADING=1"); }
void Supervisor::stopping() { send("STOPPING=1"); }

void Supervisor::ping(Duration now) {
  if (ping_interval_ == Duration::max() || now < pinged_at_ + ping_interval_) return;
  pinged_at_ = now;
  send("WATCHDOG=1");
}

void Supervisor::send(const std::string& text) {
  sockaddr_un address{};
  if (socket_path_.empty() || socket_path_.size() >= sizeof address.sun_path) return;
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, socket_path_.data(), socket_path_.size());
  if (address.sun_path[0] == '@') address.sun_path[0] = '\0';  // the abstract namespace
  FileDescriptor socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  if (!socket.valid()) return;
  auto size = socklen_t(offsetof(sockaddr_un, sun_path) + socket_path_.size());
  (void)::sendto(socket.get(), text.data(), text.size(), MSG_NOSIGNAL,
                 reinterpret_cast<const sockaddr*>(&address), size);
}

}  // namespace jieban
