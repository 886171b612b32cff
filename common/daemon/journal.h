// Journal: what a daemon's fold was fed, in the order in which it was fed.
//
// Upstream events are named by their range, since the upstream keeps them; inputs of the daemon's
// own edges and ticks that had an effect are recorded whole. Feeding a journal and its upstreams to
// an empty store gives byte-identical tables: that is the test of every core, and the way to see
// afterwards why a daemon did what it did.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "common/base/clock.h"
#include "common/domain/fields.h"

namespace jieban {

struct JournalEntry {
  Timestamp now;
  std::string kind;                   // "run", "input" or "tick"
  std::optional<std::string> stream;  // run
  std::optional<uint64_t> epoch;
  std::optional<uint64_t> first;
  std::optional<uint64_t> last;
  std::optional<Bytes> record;      // input: the event
  std::optional<uint64_t> emitted;  // input: its payload is that of this event of the own stream
  // Inputs up to the one that became this event, each of which emitted one event, its own payload;
  // else they are alike. Absent: a single one.
  std::optional<uint64_t> emitted_last;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("now", &JournalEntry::now);
    visit("kind", &JournalEntry::kind);
    visit("stream", &JournalEntry::stream);
    visit("epoch", &JournalEntry::epoch);
    visit("first", &JournalEntry::first);
    visit("last", &JournalEntry::last);
    visit("record", &JournalEntry::record);
    visit("emitted", &JournalEntry::emitted);
    visit("emitted_last", &JournalEntry::emitted_last);
  }
};

// An event that the core refused, set aside with the reason.
struct QuarantineRow {
  std::string stream;
  uint64_t sequence = 0;
  std::string topic;
  uint64_t order_id = 0;
  Bytes record;  // as it came
  std::string error;
  Timestamp at;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("stream", &QuarantineRow::stream);
    visit("sequence", &QuarantineRow::sequence);
    visit("topic", &QuarantineRow::topic);
    visit("order_id", &QuarantineRow::order_id);
    visit("record", &QuarantineRow::record);
    visit("error", &QuarantineRow::error);
    visit("at", &QuarantineRow::at);
  }
};

}  // namespace jieban
