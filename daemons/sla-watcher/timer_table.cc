#include "daemons/sla-watcher/timer_table.h"

#include <chrono>

namespace jieban {
namespace {

using Slots = std::chrono::duration<int64_t, std::ratio<6 * 3600>>;  // of six hours
constexpr Slots kSlot{1};

Timestamp slot_of(Timestamp at) { return std::chrono::floor<Slots>(at); }

// What has to be awake by now: the slot that runs, and the next.
Timestamp wake_line_at(Timestamp now) { return slot_of(now) + 2 * kSlot; }

const std::string& line_key() {
  static const std::string kKey = make_key(uint64_t{0});
  return kKey;
}

std::string sleeping_key(Timestamp fires_at, uint64_t order_id, ClockKind clock) {
  return make_key(slot_of(fires_at), order_id, to_string(clock));
}

}  // namespace

std::string timer_key(Timestamp fires_at, uint64_t order_id, ClockKind clock) {
  return make_key(fires_at, order_id, to_string(clock));
}

Result<void> TimerTable::open(TableOpener& tables) {
  RETURN_IF_ERROR(awake_.open(tables, "timers"));
  RETURN_IF_ERROR(asleep_.open(tables, "timers_asleep"));
  return line_.open(tables, "timers_line");
}

Result<Timestamp> TimerTable::awake_until(const Transaction& store) const {
  auto line = line_.get(store, line_key());
  if (!line.ok()) return line.error();
  return *line ? (*line)->awake_until : Timestamp::min();
}

Result<void> TimerTable::arm(Transaction& store, Timestamp now, Timestamp fires_at,
                             uint64_t order_id, ClockKind clock) const {
  // Held, because each clock of a batch asks for it.
  auto held = line_.edit(store, line_key());
  if (!held.ok()) return held.error();
  const WakeLine& line =
      *held != nullptr ? **held : line_.add(store, line_key(), {wake_line_at(now)});
  if (fires_at < line.awake_until) {
    awake_.add_new(store, timer_key(fires_at, order_id, clock), {});
  } else {
    asleep_.add_new(store, sleeping_key(fires_at, order_id, clock), {fires_at});
  }
  return {};
}

Result<bool> TimerTable::disarm(Transaction& store, Timestamp fires_at, uint64_t order_id,
                                ClockKind clock) const {
  auto line = line_.edit(store, line_key());
  if (!line.ok()) return line.error();
  if (*line == nullptr || fires_at >= (*line)->awake_until) {
    auto erased = asleep_.erase(store, sleeping_key(fires_at, order_id, clock));
    if (!erased.ok() || *erased) return erased;
  }
  // Of a slot that is being woken some are awake already.
  return awake_.erase(store, timer_key(fires_at, order_id, clock));
}

Result<void> TimerTable::wake(Transaction& store, Timestamp now, size_t most) const {
  auto line = awake_until(store);
  if (!line.ok()) return line.error();
  Timestamp target = wake_line_at(now);
  struct Sleeper {
    std::string key;
    Timestamp fires_at;
  };
  std::vector<Sleeper> woken;
  RETURN_IF_ERROR(asleep_.scan(store, {}, [&](std::string_view key, const SleepingTimer& timer) {
    const Timestamp slot = KeyReader(key).time();
    if (slot >= target) return false;
    if (woken.size() == most) {
      target = slot;  // not all of this one are awake
      return false;
    }
    woken.push_back({std::string(key), timer.fires_at});
    return true;
  }));
  for (const Sleeper& each : woken) {
    KeyReader reader(each.key);
    reader.time();
    const uint64_t order_id = reader.number();
    auto erased = asleep_.erase(store, each.key);
    if (!erased.ok()) return erased.error();
    awake_.add_new(store, make_key(each.fires_at, order_id, reader.text()), {});
  }
  if (target <= *line) return {};
  return line_.put(store, line_key(), {target});
}

Result<std::vector<std::string>> TimerTable::due(Transaction& store, Timestamp now,
                                                 size_t most) const {
  RETURN_IF_ERROR(wake(store, now, most));
  auto line = awake_until(store);
  if (!line.ok()) return line.error();
  std::vector<std::string> keys;
  Range range(store, awake_.id());
  auto found = range.seek({});
  while (found.ok() && *found && keys.size() < most) {
    const Timestamp at = KeyReader(range.key()).time();
    if (at > now || at >= *line) break;
    keys.emplace_back(range.key());
    found = range.next();
  }
  if (!found.ok()) return found.error();
  return keys;
}

Result<bool> TimerTable::erase(Transaction& store, std::string_view key) const {
  return awake_.erase(store, key);
}

Result<Timestamp> TimerTable::next(const Transaction& store) const {
  auto line = awake_until(store);
  if (!line.ok()) return line.error();
  Range timers(store, awake_.id());
  auto timer = timers.seek({});
  if (!timer.ok()) return timer.error();
  Range sleepers(store, asleep_.id());
  auto sleeper = sleepers.seek({});
  if (!sleeper.ok()) return sleeper.error();
  if (!*timer && !*sleeper) return kTimestampMax;
  const Timestamp fires = *timer ? KeyReader(timers.key()).time() : kTimestampMax;
  return *line == Timestamp::min() ? fires : std::min(fires, *line - kSlot);
}

Result<void> TimerTable::scan(const Transaction& store,
                              const std::function<void(const std::string& key)>& visit) const {
  RETURN_IF_ERROR(awake_.scan(store, {}, [&](std::string_view key, const Timer&) {
    visit(std::string(key));
    return true;
  }));
  return asleep_.scan(store, {}, [&](std::string_view key, const SleepingTimer& timer) {
    KeyReader reader(key);
    reader.time();
    const uint64_t order_id = reader.number();
    visit(make_key(timer.fires_at, order_id, reader.text()));
    return true;
  });
}

}  // namespace jieban
