// Debian's smsd, unprivileged, with a modem of the test on loopback; its folders are set up as
// config/README.md says, and go away with it.
#pragma once

#include <signal.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>

#include "common/base/file.h"
#include "tests/support/temp_dir.h"
#include "tools/site/child_process.h"

namespace jieban {

class Smsd {
 public:
  explicit Smsd(uint16_t modem_port) {
    for (const char* folder :
         {"outgoing", "checked", "sent", "failed", "incoming", "report", "saved"}) {
      std::filesystem::create_directories(dir_.path(folder));
    }
    std::ofstream(dir_.path("smsd.conf")) << configuration(modem_port);
  }
  ~Smsd() {
    if (!process_) return;
    process_->signal(SIGTERM);
    (void)process_->wait(std::chrono::seconds(5));
  }
  Smsd(const Smsd&) = delete;
  Smsd& operator=(const Smsd&) = delete;

  bool start() {
    auto process = ChildProcess::start({"/usr/sbin/smsd", "-t", "-c" + dir_.path("smsd.conf")},
                                       dir_.path("smsd.out"));
    if (!process.ok()) return false;
    process_.emplace(std::move(*process));
    return true;
  }
  const std::string& root() const { return dir_.root(); }
  size_t files(const std::string& folder) const {
    return size_t(std::distance(std::filesystem::directory_iterator(dir_.path(folder)), {}));
  }
  std::string logs() const {
    std::string all;
    for (const char* name : {"smsd.out", "smsd.log"}) {
      auto text = read_file(dir_.path(name), size_t{16} << 20U);
      constexpr size_t kTail = 6000;
      if (text.ok()) all += text->substr(text->size() > kTail ? text->size() - kTail : 0);
    }
    return all;
  }

 private:
  std::string configuration(uint16_t modem_port) const {
    std::ostringstream text;
    text << "devices = GSM1\n";
    for (const char* folder :
         {"outgoing", "checked", "sent", "failed", "incoming", "report", "saved"}) {
      text << folder << " = " << dir_.path(folder) << "\n";
    }
    text << "logfile = " << dir_.path("smsd.log") << "\ninfofile = " << dir_.path("smsd.running")
         << "\npidfile = " << dir_.path("smsd.pid") << "\nuser = \ngroup = \nloglevel = 7\n"
         << "delaytime = 1\nautosplit = 3\nincoming_utf8 = yes\nblocktime = 1\nerrorsleeptime = 1\n"
         << "[GSM1]\ndevice = @127.0.0.1:" << modem_port
         << "\ninit = AT+CPMS=\"SM\",\"SM\",\"SM\"\nincoming = yes\nreport = yes\n"
         << "check_network = no\nkeep_open = yes\nsend_retries = 1\n";
    return text.str();
  }

  TempDir dir_;
  std::optional<ChildProcess> process_;
};

}  // namespace jieban
