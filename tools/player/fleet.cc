#include "tools/player/fleet.h"

#include <arpa/inet.h>
#include <signal.h>
#include <sys/socket.h>

#include "common/base/file.h"
#include "common/base/random.h"
#include "tools/site/client.h"

namespace jieban {
namespace {

constexpr std::chrono::seconds kReadyTimeout{30};
constexpr std::chrono::seconds kStopTimeout{15};
constexpr size_t kTailLines = 20;
constexpr size_t kLogBytesMax = 256u << 20;

bool is_free(int port) {
  const FileDescriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  // The daemons do so too: a port whose last connections are only fading is free.
  const int on = 1;
  setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(uint16_t(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

bool all_free(int base) {
  for (const DaemonSeat& seat : kSeats) {
    if (!is_free(base + seat.ops_offset)) return false;
    if (seat.api_offset != 0 && !is_free(base + seat.api_offset)) return false;
  }
  return true;
}

}  // namespace

Result<int> free_port_base() {
  constexpr int kFirst = 20'000;
  constexpr int kStep = 20;
  constexpr uint64_t kChoices = 600;  // below 32,768, where the kernel takes ports of its own
  SystemRandom random;
  for (int attempt = 0; attempt < 100; ++attempt) {
    const int base = kFirst + kStep * int(random.below(kChoices));
    if (all_free(base)) return base;
  }
  return Error{ErrorCode::unavailable, "no free ports found: name --port-base"};
}

Result<void> Fleet::start(const std::function<bool()>& wait) {
  RETURN_IF_ERROR(make_directories(logs_));
  for (const DaemonSeat& seat : kSeats) {
    const std::string name(seat.name);
    auto process =
        ChildProcess::start(seat_command(seat, programs_, site_.daemon(name).configuration),
                            logs_ + "/" + name + ".log");
    if (!process.ok()) return process.error();
    members_.push_back({name, std::move(*process)});
  }
  for (const DaemonSeat& seat : kSeats) {
    RETURN_IF_ERROR(wait_until_ready(std::string(seat.name), wait));
  }
  return {};
}

Result<void> Fleet::wait_until_ready(const std::string& name, const std::function<bool()>& wait) {
  const Duration deadline = monotonic_now() + kReadyTimeout;
  auto ops = DaemonClient::ops(site_, name);
  if (!ops.ok()) return ops.error();
  while (true) {
    auto answer = ops->get("/readyz");
    if (answer.ok() && answer->status == 200) return {};
    RETURN_IF_ERROR(check());
    if (monotonic_now() >= deadline) {
      return Error{ErrorCode::unavailable, "jieban-" + name + " is not ready:\n" + log_tail(name)};
    }
    if (!wait()) return Error{ErrorCode::unavailable, "interrupted"};
  }
}

Result<void> Fleet::check() {
  for (Member& member : members_) {
    const std::optional<int> end = member.process.ended();
    if (!end) continue;
    return Error{ErrorCode::internal, "jieban-" + member.name + " ended with " +
                                          std::to_string(*end) + ":\n" + log_tail(member.name)};
  }
  return {};
}

void Fleet::stop() {
  for (Member& member : members_) {
    if (!member.process.ended()) member.process.signal(SIGTERM);
  }
  for (Member& member : members_) member.process.wait(kStopTimeout);
  members_.clear();
}

std::string Fleet::log_tail(const std::string& name) const {
  auto log = read_file(logs_ + "/" + name + ".log", kLogBytesMax);
  if (!log.ok()) return log.error().message;
  size_t begin = log->size();
  for (size_t lines = 0; begin > 0 && lines <= kTailLines; ++lines) {
    begin = log->rfind('\n', begin - 1);
    if (begin == std::string::npos) return *log;
  }
  return log->substr(begin + 1);
}

}  // namespace jieban
