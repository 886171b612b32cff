// RealServer: a server that is not ours, started for one test and ended with it; and certificates.
//
// A script of this folder runs under the host's Python, says the port that it has on its first
// line of output, and writes what it received into files of a directory.
// What fails and how: a script that says no port is a broken test: CHECK.
// Thread rule: one thread.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

namespace jieban {

class RealServer {
 public:
  // `script`: "mail_server.py"; `arguments` follow it.
  RealServer(const std::string& script, const std::vector<std::string>& arguments);
  ~RealServer();
  RealServer(const RealServer&) = delete;
  RealServer& operator=(const RealServer&) = delete;

  uint16_t port() const { return port_; }

 private:
  pid_t process_ = -1;
  uint16_t port_ = 0;
};

// A certificate authority of the test's own, made with openssl(1) in `directory`: NAME-ca.pem, and
// for a server of these names NAME.pem and NAME.key.
void make_certificates(const std::string& directory, const std::string& name,
                       const std::string& server_names = "DNS:localhost,IP:127.0.0.1");

}  // namespace jieban
