// TimerTable: the timers of all clocks, each under the moment at which it fires.
//
// Those of the hours to come lie sorted by time (awake). All others lie by the slot of six hours in
// which they fire and, within it, by order (asleep): orders come in by rising numbers, so that
// arming writes at the end of a few slots, and not anywhere among ten million. Tick by tick the
// slots to come are woken, in order; a timer fires only when all that are earlier are awake.
// Fails: what the transaction fails with, `corrupt` for a key that is none.
// Thread rule: that of its transaction.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "common/clocks/clock_kind.h"
#include "common/daemon/table.h"

namespace jieban {

// A timer that is awake says all in its key.
struct Timer {
  template <class Visit>
  static void fields(Visit&) {}
};

struct SleepingTimer {
  Timestamp fires_at;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("fires_at", &SleepingTimer::fires_at);
  }
};

struct WakeLine {
  Timestamp awake_until;  // no timer before it is asleep

  template <class Visit>
  static void fields(Visit& visit) {
    visit("awake_until", &WakeLine::awake_until);
  }
};

std::string timer_key(Timestamp fires_at, uint64_t order_id, ClockKind clock);

class TimerTable {
 public:
  Result<void> open(TableOpener& tables);

  // REQUIRES: the clock has no timer. `now`: of the first one, from which slots are woken.
  Result<void> arm(Transaction& store, Timestamp now, Timestamp fires_at, uint64_t order_id,
                   ClockKind clock) const;
  // Whether there was one.
  Result<bool> disarm(Transaction& store, Timestamp fires_at, uint64_t order_id,
                      ClockKind clock) const;

  // Wakes what fires within the next slot, at most `most` timers, and returns the keys of at most
  // `most` that are due, in order of time. next() says whether more are.
  Result<std::vector<std::string>> due(Transaction& store, Timestamp now, size_t most) const;
  // Of a key that due() gave; whether it was there.
  Result<bool> erase(Transaction& store, std::string_view key) const;
  // When due() has something to do: at the next timer or slot; kTimestampMax: never.
  Result<Timestamp> next(const Transaction& store) const;

  // The keys of all, those awake first.
  Result<void> scan(const Transaction& store,
                    const std::function<void(const std::string& key)>& visit) const;

  TableId awake() const { return awake_.id(); }
  TableId asleep() const { return asleep_.id(); }

 private:
  Result<Timestamp> awake_until(const Transaction& store) const;
  Result<void> wake(Transaction& store, Timestamp now, size_t most) const;

  Table<Timer> awake_;           // timer_key()
  Table<SleepingTimer> asleep_;  // the start of the slot, order id, clock name
  Table<WakeLine> line_;         // one row
};

}  // namespace jieban
