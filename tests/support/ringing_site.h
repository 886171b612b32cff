// RingingSite: the real jieban-notifier alone, told of alerts at its door, calling one person over
// the channels of the test. Each alert is a call of its own; retries are short.
//
// What cannot be set up is a failed CHECK. Thread rule: one thread.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/support/test_site.h"

namespace jieban {

// What has become of one call.
struct RungNotice {
  std::string id;
  std::string text;
  std::string state;
};

// An event of the notifier's stream, as far as tests look.
struct ToldEvent {
  std::string topic;
  std::string notice;
  Value payload;
};

class RingingSite {
 public:
  static constexpr const char* kPerson = "p-li";
  static constexpr const char* kPhone = "13800138000";

  // `channels`: an item of notices.yaml for each; one has the method sms. `settings`: more lines of
  // notifier.yaml.
  explicit RingingSite(const std::string& channels, const std::string& settings = "");

  void start(const std::vector<std::string>& wrapper = {}) { site_.start(kDaemon, wrapper); }
  // SIGKILL, to the daemon itself also where it runs under another program.
  void kill();
  // New channels come into force by SIGHUP.
  void change_channels(const std::string& channels);
  // True as soon as the door has taken all; whoever asks again changes nothing. False, too, as soon
  // as the daemon has ended.
  bool raise(const std::vector<std::string>& names, Duration at_most);
  // One try.
  bool raise_once(const std::vector<std::string>& names);
  // The call of each alert, by its name; of those that are called by now.
  std::map<std::string, RungNotice> calls(const std::vector<std::string>& names);
  // True as soon as the call of each is in this state.
  bool all_become(const std::vector<std::string>& names, const std::string& state,
                  Duration at_most);
  std::vector<ToldEvent> events();
  size_t count_events(const std::string& topic);

  TestSite& site() { return site_; }
  std::string logs() const { return site_.logs(40); }
  // A path beside the store, which goes away with the site.
  std::string path(const std::string& name) const { return site_.root() + "/" + name; }

 private:
  static constexpr const char* kDaemon = "notifier";
  TestSite site_;
};

}  // namespace jieban
