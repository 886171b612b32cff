#include "daemons/notifier/channels/sgip/sgip_listener.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <list>
#include <thread>
#include <vector>

#include "common/base/file.h"
#include "common/base/log.h"
#include "common/http/address.h"
#include "daemons/notifier/channels/sgip/sgip_door.h"

namespace jieban {
namespace {

// 1000 answers: an SMG that reads none of them is not worth more memory.
constexpr size_t kUnsentBytesMax = size_t{29} * 1000;
// How often silence is looked at.
constexpr int kTurnMilliseconds = 500;

struct Visitor {
  FileDescriptor socket;
  SgipDoor door;
  std::string unsent{};
  Duration since = monotonic_now();  // it came, or last said something that was taken
  bool gone = false;
};

void send_what_goes(Visitor& visitor) {
  while (!visitor.unsent.empty()) {
    ssize_t count = ::send(visitor.socket.get(), visitor.unsent.data(), visitor.unsent.size(),
                           MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      visitor.gone = visitor.gone || (errno != EAGAIN && errno != EWOULDBLOCK);
      return;
    }
    visitor.unsent.erase(0, size_t(count));
  }
}

void read_what_came(Visitor& visitor) {
  std::array<char, kSgipPacketMax> buffer{};
  ssize_t count = ::recv(visitor.socket.get(), buffer.data(), buffer.size(), MSG_DONTWAIT);
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (count <= 0) {
    visitor.gone = true;
    return;
  }
  std::string answers = visitor.door.take({buffer.data(), size_t(count)});
  if (!answers.empty()) visitor.since = monotonic_now();
  visitor.unsent += answers;
  visitor.gone = visitor.gone || visitor.unsent.size() > kUnsentBytesMax;
}

}  // namespace

class SgipListener::Port {
 public:
  Port(Options options, const Clock& clock, TakeReceipt take_receipt, TakeReply take_reply)
      : options_(std::move(options)),
        rules_{options_.account_file, &clock, std::move(take_receipt), std::move(take_reply),
               options_.unread} {}
  ~Port() { stop(); }
  Port(const Port&) = delete;
  Port& operator=(const Port&) = delete;

  Result<void> start() {
    wake_ = FileDescriptor(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (!wake_.valid()) return system_error("eventfd");
    auto listener = listen_on(options_.address, options_.beyond_loopback);
    if (!listener.ok()) return listener.error();
    listener_ = std::move(*listener);
    thread_ = std::thread([this] {
      while (!stopping_) turn();
    });
    return {};
  }

  void stop() {
    stopping_ = true;
    uint64_t one = 1;
    if (wake_.valid()) (void)!::write(wake_.get(), &one, sizeof one);
    if (thread_.joinable()) thread_.join();
    visitors_.clear();
    listener_ = FileDescriptor();
  }

  uint16_t port() const { return port_of(listener_); }

 private:
  void turn() {
    std::vector<pollfd> watched = {{wake_.get(), POLLIN, 0}, {listener_.get(), POLLIN, 0}};
    for (const Visitor& visitor : visitors_) {
      auto events = short(visitor.unsent.empty() ? POLLIN : POLLIN | POLLOUT);
      watched.push_back({visitor.socket.get(), events, 0});
    }
    if (::poll(watched.data(), nfds_t(watched.size()), kTurnMilliseconds) < 0) return;
    size_t at = 2;
    for (Visitor& visitor : visitors_) serve(visitor, watched[at++].revents);
    visitors_.remove_if([](const Visitor& visitor) { return visitor.gone; });
    if (watched[1].revents != 0) admit();
  }

  void serve(Visitor& visitor, short events) const {
    if ((events & (POLLIN | POLLHUP | POLLERR)) != 0 && !visitor.door.closing()) {
      read_what_came(visitor);
    }
    send_what_goes(visitor);
    Duration patience = visitor.door.bound() ? options_.silent_at_most : options_.login_within;
    bool silent = monotonic_now() - visitor.since > patience;
    bool done = visitor.door.closing() && visitor.unsent.empty();
    visitor.gone = visitor.gone || silent || done;
  }

  void admit() {
    FileDescriptor socket(
        ::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (!socket.valid()) return;
    if (visitors_.size() >= options_.connections_max) {
      log(LogLevel::warning, "sgip_connection_refused", {{"connections", visitors_.size()}});
      return;
    }
    visitors_.push_back({std::move(socket), SgipDoor(rules_)});
  }

  Options options_;
  SgipDoorRules rules_;
  FileDescriptor listener_;
  FileDescriptor wake_;
  std::list<Visitor> visitors_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

SgipListener::SgipListener(Options options, const Clock& clock, TakeReceipt take_receipt,
                           TakeReply take_reply)
    : port_(std::make_unique<Port>(std::move(options), clock, std::move(take_receipt),
                                   std::move(take_reply))) {}

SgipListener::~SgipListener() = default;

Result<void> SgipListener::start() { return port_->start(); }

uint16_t SgipListener::port() const { return port_->port(); }

void SgipListener::stop() { port_->stop(); }

}  // namespace jieban
