// Street: what a street's day looks like from outside, invented from order numbers alone.
//
// The same number always makes the same order and the same commands, so that a storm and a quiet
// day can be fed alike. Two kinds: most orders are carried to their end by commands; some were due
// long ago, are only signed, and so are breached and told to somebody.
// Pure but for Desk, which talks to the receiver and repeats whatever was not answered.
// Thread rule: one Desk for each thread.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "common/base/value.h"
#include "tests/support/test_site.h"

namespace jieban {

std::string street_order_no(uint64_t number);
bool is_overdue(uint64_t number);
// As it stands in a push. `text_bytes` more of running text.
Value street_order(uint64_t number, size_t text_bytes = 0);
std::string street_push(const std::string& batch_id, uint64_t first, uint64_t count,
                        size_t text_bytes = 0);

struct StreetCommand {
  std::string command;
  std::string body;  // with its idempotency key
};
// In the order in which the desk gives them. An overdue order is only signed.
std::vector<StreetCommand> street_commands(uint64_t number);

class Desk {
 public:
  // `patient` false: gives up repeating.
  Desk(const TestSite& site, std::function<bool()> patient)
      : feed_(site.api("receiver", "city")),
        desk_(site.api("receiver", "desk")),
        patient_(std::move(patient)) {}

  // Until every order was acknowledged; false when patience ended before, or an order was refused.
  bool push(const std::string& batch_id, uint64_t first, uint64_t count, size_t text_bytes = 0);
  // Until the command is done or refused; false when patience ended before.
  bool command(uint64_t number, const StreetCommand& command);
  bool carry_through(uint64_t number);

  uint64_t repeats() const { return repeats_; }
  // How often the door was full, and said when to come back.
  uint64_t times_full() const { return times_full_; }
  // What was not answered as it must be.
  const std::vector<std::string>& complaints() const { return complaints_; }

 private:
  bool again();

  DaemonClient feed_;
  DaemonClient desk_;
  std::function<bool()> patient_;
  uint64_t repeats_ = 0;
  uint64_t times_full_ = 0;
  std::vector<std::string> complaints_;
};

// What happened to each order: for each stream the topics with what matters in their payload.
// Attempts to deliver a notice are left out, since a crash rightly adds some.
using Timeline = std::vector<std::string>;
Result<Timeline> timeline_of(DaemonClient& archiver, uint64_t number);

// A whole stream, as /admin/stream gives it.
Result<std::vector<Value>> read_stream(DaemonClient& ops);

}  // namespace jieban
