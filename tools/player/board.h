// What a spectator knows: the state of every order, running deadlines, alerts and notices, all from
// the streams of the daemons. Pure.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/clock.h"
#include "common/base/value.h"
#include "common/domain/lifecycle.h"

namespace jieban {

// An event as GET /admin/stream tells it.
struct SeenEvent {
  std::string topic;
  Timestamp at;
  std::string order_no;
  Value payload;
};

SeenEvent read_event(const Value& event);

struct BoardOrder {
  std::string order_class;
  std::string category;
  OrderState state = OrderState::new_order;
};

struct RunningDeadline {
  Timestamp at;
  std::string order_no;
  std::string clock;

  auto operator<=>(const RunningDeadline&) const = default;
};

class Board {
 public:
  void apply(const SeenEvent& event);

  const BoardOrder* find(std::string_view order_no) const;
  std::map<OrderState, int64_t> by_state() const;
  std::map<std::string, int64_t> by_class() const;
  bool all_completed(const std::set<std::string>& orders) const;
  // The soonest that are still running and not past.
  std::vector<RunningDeadline> next_deadlines(Timestamp now, size_t count) const;
  // How often a topic was told.
  int64_t count(std::string_view topic) const;
  size_t order_count() const { return orders_.size(); }

 private:
  void move_order(const SeenEvent& event);
  void change_clocks(const SeenEvent& event);

  std::map<std::string, BoardOrder, std::less<>> orders_;
  std::map<std::pair<std::string, std::string>, Timestamp> running_;  // (order, clock)
  std::set<RunningDeadline> deadlines_;
  std::map<std::string, int64_t, std::less<>> counts_;
};

}  // namespace jieban
