// Questions about orders: lists, one order with all that happened to it, counts.
//
// Each answer is read in short transactions (archive.h). A list is of the moment it was read; a
// page goes on below the last order of the page before, so that no order is shown twice.
// Fails: `not_found`, `invalid` for a question that makes no sense, `corrupt` and `io` of the
// store. Thread rule: any thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "common/base/value.h"
#include "daemons/archiver/archive.h"

namespace jieban {

constexpr size_t kPageSizeMax = 200;
// An order has some dozens of events; a shelf of ten thousand is shown cut, and says so.
constexpr size_t kTimelineMax = 10'000;

// Empty members do not filter.
struct OrderFilter {
  std::optional<OrderState> state;
  std::string order_class;
  std::string community;
  std::string category;  // a prefix: "城市管理" also finds "城市管理>违法建设"
  std::string order_no;  // a prefix
  std::string tag;       // of 七有五性, a code
  std::optional<Timestamp> received_from;
  std::optional<Timestamp> received_to;  // not included
  std::optional<uint64_t> below;         // order id: the `next` of the page before
  size_t page_size = 50;
};

struct OrderRow {
  uint64_t order_id = 0;
  OrderSummary summary;
};

struct OrderPage {
  std::vector<OrderRow> orders;  // newest first
  std::optional<uint64_t> next;
};

struct TimelineEntry {
  uint64_t number = 0;  // in the hash chain
  Event event;          // its payload is raw
  std::string label;    // in Chinese
  Value payload;        // for people: times as local text
};

struct FieldHistoryEntry {
  Timestamp at;
  std::string actor;
  FieldChange change;
};

struct OrderView {
  OrderRow order;
  std::vector<TimelineEntry> timeline;
  bool cut = false;
  std::vector<FieldHistoryEntry> field_history;
};

struct OrderCounts {
  uint64_t total = 0;
  std::map<OrderState, uint64_t> by_state;  // every state, also with 0
};

Result<OrderPage> list_orders(const Archive& archive, const OrderFilter& filter);
// Without a round, the latest.
Result<OrderRow> find_order(const Archive& archive, const std::string& order_no,
                            std::optional<uint64_t> round);
Result<OrderView> view_order(const Archive& archive, const std::string& order_no,
                             std::optional<uint64_t> round);
Result<OrderCounts> count_orders(const Archive& archive);

// Calls `visit` for every known order, in the order of their ids.
using VisitOrder = std::function<void(uint64_t order_id, const OrderSummary& summary)>;
Result<void> for_each_order(const Archive& archive, const VisitOrder& visit);

// A payload for people: times, which travel as numbers, become local text.
Value readable_payload(std::string_view payload);

}  // namespace jieban
