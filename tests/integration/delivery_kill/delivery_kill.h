// DeliveryKill: the real notifier before one channel whose counterpart is the test's; alerts come
// in at its door, and count from the door's answer on.
//
// What a delivery may leave behind is one check: nothing lost, nothing twice but what says that it
// may be. A failure prints the daemon's log. Thread rule: one thread.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "tests/integration/delivery_kill/killed_channel.h"
#include "tests/support/ringing_site.h"

namespace jieban {

class DeliveryKill : public testing::Test {
 protected:
  static constexpr Duration kPatience = std::chrono::seconds(60);

  explicit DeliveryKill(std::unique_ptr<KilledChannel> channel = webhook_door());

  std::vector<std::string> new_names(size_t count);
  // How often the gateway has had each call; marked from the second time on. What it refused is
  // not out.
  std::map<std::string, size_t> received();
  // After all have been sent: nothing lost, nothing twice but what may be.
  void check(const std::vector<std::string>& names);
  // Killed at a stage of the nth delivery, and started again.
  void kill_at(Stage stage, size_t nth, const std::vector<Manner>& manners);
  // By which the gateway knows it.
  std::string key_of(const RungNotice& notice) const;
  size_t attempts_of(const std::string& notice_id);

  std::unique_ptr<KilledChannel> channel_;
  RingingSite site_;
  bool by_text_ = false;  // the gateway is told no id
  size_t alerts_ = 0;
  std::vector<std::string> all_;
};

}  // namespace jieban
