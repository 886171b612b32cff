#include "tests/support/gateways/faulty_front.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>

#include "common/base/check.h"
#include "common/http/address.h"
#include "tests/support/wait_until.h"

namespace jieban {
namespace {

// Header and the Content-Length that it names, or what came before the end.
std::string read_message(int socket) {
  std::string text;
  size_t wanted = std::string::npos;
  char bytes[8192];
  while (text.size() < wanted) {
    ssize_t count = ::read(socket, bytes, sizeof bytes);
    if (count <= 0) break;
    text.append(bytes, size_t(count));
    size_t end = text.find("\r\n\r\n");
    if (wanted != std::string::npos || end == std::string::npos) continue;
    size_t length = text.find("Content-Length: ");
    bool named = length < end;
    wanted = end + 4 + (named ? size_t(std::atoll(text.c_str() + length + 16)) : 0);
  }
  return text;
}

void send_all(int socket, std::string_view text) {
  while (!text.empty()) {
    ssize_t count = ::send(socket, text.data(), text.size(), MSG_NOSIGNAL);
    if (count <= 0) return;
    text.remove_prefix(size_t(count));
  }
}

// Closing then sends RST, not FIN.
void make_reset(int socket) {
  linger now{1, 0};
  ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

void send_slowly(int socket, std::string_view text) {
  const size_t piece = text.size() / 4 + 1;
  while (!text.empty()) {
    send_all(socket, text.substr(0, piece));
    text.remove_prefix(std::min(piece, text.size()));
    let_pass(std::chrono::milliseconds(20));
  }
}

size_t half_of(std::string_view answer) {
  size_t body = answer.find("\r\n\r\n") + 4;
  return body + (answer.size() - body) / 2;
}

}  // namespace

FaultyFront::FaultyFront(uint16_t behind)
    : behind_(behind), listener_(*listen_on("127.0.0.1:0", false)), port_(port_of(listener_)) {
  int ends[2] = {-1, -1};
  CHECK(::pipe(ends) == 0);
  stop_read_ = FileDescriptor(ends[0]);
  stop_write_ = FileDescriptor(ends[1]);
  thread_ = std::thread([this] { serve(); });
}

FaultyFront::~FaultyFront() {
  stop_write_ = FileDescriptor();
  thread_.join();
}

void FaultyFront::serve() {
  while (true) {
    pollfd wanted[2] = {{listener_.get(), POLLIN, 0}, {stop_read_.get(), POLLIN, 0}};
    ::poll(wanted, 2, -1);
    if (wanted[1].revents != 0) return;
    FileDescriptor peer(::accept(listener_.get(), nullptr, nullptr));
    if (peer.valid()) serve_one(std::move(peer));
  }
}

void FaultyFront::serve_one(FileDescriptor peer) {
  const Fault fault = fault_;
  if (fault == Fault::reset_unread) {
    // Before the request has begun, a reset would be a failed connection.
    pollfd wanted{peer.get(), POLLIN, 0};
    ::poll(&wanted, 1, -1);
    return make_reset(peer.get());
  }
  if (fault == Fault::silent) return wait_until_gone(peer.get());
  const std::string answer = ask(read_message(peer.get()));
  switch (fault) {
    case Fault::none:
      return send_all(peer.get(), answer);
    case Fault::slow:
      return send_slowly(peer.get(), answer);
    case Fault::late:
      return wait_until_gone(peer.get());
    case Fault::twice:
      return send_all(peer.get(), answer + answer);
    case Fault::reset:
      return make_reset(peer.get());
    case Fault::garbage:
      return send_all(peer.get(), "\x16\x03\x01 not HTTP at all\r\n\r\n");
    case Fault::half:
      return send_all(peer.get(), answer.substr(0, half_of(answer)));
    case Fault::closed:
    case Fault::silent:
    case Fault::reset_unread:
      return;
  }
}

std::string FaultyFront::ask(const std::string& request) const {
  FileDescriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(behind_);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  // NOLINTNEXTLINE(*-reinterpret-cast): how connect(2) wants it
  CHECK(::connect(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  send_all(socket.get(), request);
  return read_message(socket.get());
}

// What the caller still sends is swallowed: only its going is waited for.
void FaultyFront::wait_until_gone(int peer) const {
  char bytes[4096];
  while (true) {
    pollfd wanted[2] = {{peer, POLLIN, 0}, {stop_read_.get(), POLLIN, 0}};
    ::poll(wanted, 2, -1);
    if (wanted[1].revents != 0 || ::read(peer, bytes, sizeof bytes) <= 0) return;
  }
}

}  // namespace jieban
