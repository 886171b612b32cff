// ChannelChange: a channel of the notifier failed some times in a row, or takes messages again;
// channel.failed and channel.recovered in its stream, with order id 0. Plain value; any thread.
#pragma once

#include <cstdint>
#include <string>

namespace jieban {

struct ChannelChange {
  std::string channel;    // its name in notices.yaml
  uint64_t failures = 0;  // in a row

  template <class Visit>
  static void fields(Visit& visit) {
    visit("channel", &ChannelChange::channel);
    visit("failures", &ChannelChange::failures);
  }
};

}  // namespace jieban
