// TracedKill: the notifier under strace, which kills it as it enters the nth call of a kind; strace
// counts by thread, so it is the nth of whichever thread is the first to come so far.
//
// Thread rule: one thread.
#pragma once

#include <string>
#include <vector>

#include "tests/integration/delivery_kill/delivery_kill.h"

namespace jieban {

class TracedKill : public DeliveryKill {
 protected:
  using DeliveryKill::DeliveryKill;

  static bool strace_works();
  // What to put before the daemon. `calls`: "fdatasync" or more with commas; `manner` of the
  // injection: "signal=KILL:when=3"; empty: nothing is done to them.
  std::vector<std::string> traced(const std::string& calls, const std::string& manner) const;
  std::string trace() const;
  // As strace counts: the most that one thread has made of one of them.
  size_t most_calls(const std::string& calls) const;
  // True as soon as it has ended by itself.
  bool has_ended() {
    return !site_.site().running("notifier") || site_.site().ended("notifier").has_value();
  }
};

}  // namespace jieban
