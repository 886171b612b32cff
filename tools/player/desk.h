// The desk of a demonstration: meets each event of an order with the next command, after the delay
// that the rules draw. Pure: it is told the events and the time, and says what is due.
//
// Thread rule: one thread.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "tools/player/board.h"
#include "tools/player/desk_rules.h"

namespace jieban {

struct DeskTask {
  std::string order_no;
  std::string command;
  std::string role;
  std::string unit;  // of a dispatch

  // The same task again, after an answer that was lost, is not done twice.
  std::string idempotency_key() const { return "demo-" + order_no + "-" + command; }
};

class Desk {
 public:
  explicit Desk(DeskRules rules) : rules_(std::move(rules)) {}

  // `board` has applied the event already.
  void meet(const SeenEvent& event, const Board& board);
  // The next task whose time has come; with `hurry` the next one whenever it was to be.
  std::optional<DeskTask> next(Timestamp now, bool hurry);
  // Another try, for a task whose answer says that it was not done.
  void put_back(DeskTask task, Timestamp at) { tasks_.emplace(at, std::move(task)); }
  size_t waiting() const { return tasks_.size(); }

 private:
  DeskRules rules_;
  std::multimap<Timestamp, DeskTask> tasks_;
};

}  // namespace jieban
