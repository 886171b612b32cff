// A small core for the tests of the skeleton: counts per order, keeps blobs and one timer, and
// misbehaves on request.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "common/daemon/fold.h"

namespace jieban {

struct Count {
  uint64_t value = 0;
  template <class Visit>
  static void fields(Visit& visit) {
    visit("value", &Count::value);
  }
};

struct Due {
  Timestamp at;
  template <class Visit>
  static void fields(Visit& visit) {
    visit("at", &Due::at);
  }
};

inline const std::string kTimerKey = make_key(uint64_t{1});

class CounterService : public Service {
 public:
  Result<void> open(TableOpener& tables) override {
    RETURN_IF_ERROR(counts.open(tables, "counts"));
    auto opened = tables.open("blobs");
    if (!opened.ok()) return opened.error();
    blobs = *opened;
    return timers.open(tables, "timers");
  }

  Result<void> apply(const Event& event, Step& step) override {
    times.push_back(step.now());
    secrets.push_back(event.stream == step.stream() ? step.secret() : "");
    if (event.topic == "silent") return {};
    if (event.topic == "blob") {
      return step.store().put(blobs, make_key(event.order_id), event.payload);
    }
    if (event.topic == "timer") {
      return timers.put(step.store(), kTimerKey, Due{step.now() + std::chrono::minutes(1)});
    }
    RETURN_IF_ERROR(count(event, step));
    if (!misbehaves || event.topic == "add") return {};
    if (event.topic == "throw") throw std::runtime_error("a bug of the core");
    // A failure that the core does not look at.
    if (event.topic == "bad key") (void)step.store().put(blobs, "", "x");
    if (event.topic == "refuse") return Error{ErrorCode::refused, "this one is not wanted"};
    return {};
  }

  Result<void> tick(Step& step) override {
    ++ticks;
    auto due = timers.get(step.store(), kTimerKey);
    if (!due.ok()) return due.error();
    if (!*due || (*due)->at > step.now()) return {};
    auto gone = timers.erase(step.store(), kTimerKey);
    if (!gone.ok()) return gone.error();
    step.emit({.topic = "timer.rang", .payload = ""});
    step.signal({"rang", 0, ""});
    if (tick_fails) return Error{ErrorCode::internal, "the timer does not work"};
    if (tick_throws) throw std::runtime_error("the timer throws");
    return {};
  }

  Result<Timestamp> next_due(const Transaction& store) const override {
    auto due = timers.get(store, kTimerKey);
    if (!due.ok()) return due.error();
    return *due ? (*due)->at : kTimestampMax;
  }

  Table<Count> counts;
  Table<Due> timers;
  TableId blobs;
  bool misbehaves = true;
  bool tick_fails = false;
  bool tick_throws = false;
  int ticks = 0;
  std::vector<Timestamp> times;      // of every call, undone ones too
  std::vector<std::string> secrets;  // as the calls were given them

 private:
  Result<void> count(const Event& event, Step& step) {
    auto row = counts.get(step.store(), make_key(event.order_id));
    if (!row.ok()) return row.error();
    Count next{*row ? (*row)->value + 1 : 1};
    RETURN_IF_ERROR(counts.put(step.store(), make_key(event.order_id), next));
    step.emit({.topic = "counted", .order_id = event.order_id, .payload = event.payload});
    step.signal({"counted", event.order_id, ""});
    step.answer("is " + std::to_string(next.value));
    return {};
  }
};

}  // namespace jieban
