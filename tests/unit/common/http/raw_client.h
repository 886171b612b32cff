// A client that sends any bytes, and stops where it likes.
#pragma once

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include <string_view>

#include "common/base/check.h"
#include "common/base/clock.h"
#include "common/base/file.h"

namespace jieban {

class RawClient {
 public:
  explicit RawClient(uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    CHECK(::connect(socket_.get(), reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0);
  }

  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      ssize_t count = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count <= 0) return false;
      bytes.remove_prefix(size_t(count));
    }
    return true;
  }

  // All that comes until the server closes, or until `stop` has come.
  std::string receive(std::string_view stop = "", Duration span = std::chrono::seconds(10)) {
    std::string all;
    Duration end = monotonic_now() + span;
    while (stop.empty() || all.find(stop) == std::string::npos) {
      auto left = std::chrono::ceil<std::chrono::milliseconds>(end - monotonic_now());
      pollfd waiting{socket_.get(), POLLIN, 0};
      if (left.count() <= 0 || ::poll(&waiting, 1, int(left.count())) <= 0)
        return all + "<timeout>";
      char buffer[65536];
      ssize_t count = ::recv(socket_.get(), buffer, sizeof(buffer), 0);
      if (count < 0) return all + "<reset>";
      if (count == 0) return all;
      all.append(buffer, size_t(count));
    }
    return all;
  }

  std::string exchange(std::string_view bytes) {
    send(bytes);
    return receive();
  }

 private:
  FileDescriptor socket_;
};

}  // namespace jieban
