// The whole way of a call, all of it real: Debian's Alertmanager posts to the door of the
// notifier's process, which calls by Debian's Kannel, behind which a telephone rings and answers.
//
// Rules are the shipped ones but for waits of seconds, and two persons: li has the watch, zhou is
// the team leader. Without Kannel's answer a call goes into the folder of the group (a spool).
// Whatever cannot be set up is told by start(). Thread rule: one thread.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "common/base/value.h"
#include "tests/integration/alertmanager/alertmanager_site.h"
#include "tests/integration/kannel/kannel_site.h"
#include "tests/support/test_site.h"

namespace jieban {

inline constexpr const char* kLisPhone = "13800138000";
inline constexpr const char* kZhousPhone = "13800138001";

class ChainSite {
 public:
  ChainSite();
  // Empty when all run and the telephone is on.
  std::string start();

  TestSite& site() { return site_; }
  AlertmanagerSite& alertmanager() { return alertmanager_; }
  KannelSite& kannel() { return kannel_; }
  // The telephone sends this; what it had got is forgotten.
  void text(const std::string& phone, const std::string& words);

  // Payloads of the notifier's events of a topic, as `jieban stream tail` prints them.
  std::vector<Value> told(const std::string& topic) const;
  // The alert that was opened for a daemon; empty when there is none (yet).
  std::string alert_of(const std::string& daemon) const;
  // That some event of the topic has these words: {"alert", "a12"}, {"person", "zhou"}.
  using Words = std::vector<std::pair<std::string, std::string>>;
  bool is_told(const std::string& topic, const Words& words) const;
  // The id of the notice that called somebody for an alert, over a channel; empty: none.
  std::string call_to(const std::string& person, const std::string& channel,
                      const std::string& alert) const;
  // The state of a notice, as `jieban notice show` says.
  std::string state_of(const std::string& notice) const;
  // The texts that lie in the group's folder.
  std::vector<std::string> in_the_group() const;
  // The text that the phone of a number has got; empty: none yet.
  std::string on_phone(const std::string& number) const;
  std::string logs() const;

 private:
  void write_rules();
  // What `jieban --json ...` prints; empty when it fails.
  std::string ask(const std::vector<std::string>& words) const;
  std::string door(const std::string& target) const;

  TestSite site_;
  KannelSite kannel_;
  AlertmanagerSite alertmanager_;
};

}  // namespace jieban
