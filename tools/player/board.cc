#include "tools/player/board.h"

#include "common/domain/topics.h"
#include "tools/site/client.h"

namespace jieban {
namespace {

// A time travels as microseconds, or as local text where people read it.
Timestamp time_at(const Value& value, std::string_view key) {
  const Value* member = value.find(key);
  if (member == nullptr) return {};
  if (const std::string* text = member->string()) return parse_local(*text).value_or(Timestamp());
  const int64_t* micros = member->integer();
  return micros == nullptr ? Timestamp() : from_micros(*micros);
}

}  // namespace

SeenEvent read_event(const Value& event) {
  SeenEvent seen;
  seen.topic = text_at(event, "topic");
  seen.at = time_at(event, "at");
  if (const Value* payload = event.find("payload")) seen.payload = *payload;
  seen.order_no = text_at(seen.payload, "order_no");
  return seen;
}

void Board::apply(const SeenEvent& event) {
  ++counts_[event.topic];
  if (event.topic == topics::kClockChanged) return change_clocks(event);
  if (event.topic.starts_with("order.")) move_order(event);
}

void Board::move_order(const SeenEvent& event) {
  BoardOrder& order = orders_[event.order_no];
  const std::string order_class = text_at(event.payload, "order_class");
  if (!order_class.empty()) {
    order.order_class = order_class;
    order.category = text_at(event.payload, "category");
  }
  OrderState state{};
  if (from_string(text_at(event.payload, "to"), state)) order.state = state;
}

void Board::change_clocks(const SeenEvent& event) {
  for (const Value& change : array_at(event.payload, "changes")) {
    const std::string clock = text_at(change, "clock");
    const std::pair<std::string, std::string> key(event.order_no, clock);
    auto known = running_.find(key);
    if (known != running_.end()) {
      deadlines_.erase({known->second, event.order_no, clock});
      running_.erase(known);
    }
    const std::string what = text_at(change, "change");
    if (what != "started" && what != "moved" && what != "resumed" && what != "refused") continue;
    running_[key] = time_at(change, "deadline");
    deadlines_.insert({time_at(change, "deadline"), event.order_no, clock});
  }
}

const BoardOrder* Board::find(std::string_view order_no) const {
  auto found = orders_.find(order_no);
  return found == orders_.end() ? nullptr : &found->second;
}

std::map<OrderState, int64_t> Board::by_state() const {
  std::map<OrderState, int64_t> counts;
  for (const auto& [order_no, order] : orders_) ++counts[order.state];
  return counts;
}

std::map<std::string, int64_t> Board::by_class() const {
  std::map<std::string, int64_t> counts;
  for (const auto& [order_no, order] : orders_) ++counts[order.order_class];
  return counts;
}

bool Board::all_completed(const std::set<std::string>& orders) const {
  for (const std::string& order_no : orders) {
    const BoardOrder* order = find(order_no);
    if (order == nullptr || order->state != OrderState::completed) return false;
  }
  return true;
}

std::vector<RunningDeadline> Board::next_deadlines(Timestamp now, size_t count) const {
  std::vector<RunningDeadline> next;
  for (auto at = deadlines_.lower_bound({now, "", ""});
       at != deadlines_.end() && next.size() < count; ++at) {
    next.push_back(*at);
  }
  return next;
}

int64_t Board::count(std::string_view topic) const {
  auto found = counts_.find(topic);
  return found == counts_.end() ? 0 : found->second;
}

}  // namespace jieban
