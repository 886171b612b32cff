// A real Alertmanager on loopback: Debian's, with the shipped configuration, in front of a door.
//
// Waits are shortened, the port is a free one, all files lie in a given directory; the process ends
// with its owner. What fails is told as text: empty means that all is well.
#pragma once

#include <memory>
#include <string>

#include "tools/site/child_process.h"

namespace jieban {

class AlertmanagerSite {
 public:
  // REQUIRES: `directory` is there and outlives the object.
  explicit AlertmanagerSite(std::string directory) : directory_(std::move(directory)) {}
  ~AlertmanagerSite();
  AlertmanagerSite(const AlertmanagerSite&) = delete;
  AlertmanagerSite& operator=(const AlertmanagerSite&) = delete;

  // Alerts go to the notifier's door at `door_port`; `token` is that of its client.
  std::string start(int door_port, const std::string& token);
  // `labels`: "\"alertname\":\"A\",...". `more`: further members of the alert.
  std::string raise(const std::string& labels, const std::string& more = "");
  // The same alert has ended.
  std::string resolve(const std::string& labels);
  std::string logs() const;

 private:
  std::string path(const std::string& name) const { return directory_ + "/" + name; }
  std::string address() const { return "http://127.0.0.1:" + std::to_string(port_); }

  std::string directory_;
  int port_ = 0;
  std::unique_ptr<ChildProcess> process_;
};

// What Alertmanager is told when an alert is over.
inline constexpr const char* kEndedAlert =
    R"(,"endsAt":"2026-01-01T00:00:00Z","startsAt":"2025-12-31T00:00:00Z")";
// The configuration as it is shipped.
inline constexpr const char* kShippedAlertmanager =
    JIEBAN_SOURCE_DIR "/config/alertmanager/alertmanager.yml";

}  // namespace jieban
