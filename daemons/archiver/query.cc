#include "daemons/archiver/query.h"

#include <algorithm>
#include <array>

#include "common/domain/topics.h"
#include "daemons/archiver/labels.h"
#include "daemons/archiver/timeline.h"

namespace jieban {
namespace {

bool has_tag(const OrderSummary& summary, const std::string& tag) {
  if (tag.empty()) return true;
  return summary.tags && std::ranges::find(*summary.tags, tag) != summary.tags->end();
}

bool matches(const OrderSummary& summary, const OrderFilter& filter) {
  auto is_or_any = [](const std::string& wanted, const std::string& text) {
    return wanted.empty() || wanted == text;
  };
  return summary.known() && (!filter.state || *filter.state == summary.state) &&
         is_or_any(filter.order_class, summary.order_class) &&
         is_or_any(filter.community, summary.community) &&
         summary.category.starts_with(filter.category) && has_tag(summary, filter.tag) &&
         (!filter.received_from || *filter.received_from <= *summary.received_at) &&
         (!filter.received_to || *summary.received_at < *filter.received_to);
}

// Takes an order into the page if it matches; false when the page is full.
bool take(OrderPage& page, uint64_t order_id, OrderSummary summary, const OrderFilter& filter) {
  if (!matches(summary, filter)) return true;
  page.orders.push_back({order_id, std::move(summary)});
  if (page.orders.size() < filter.page_size) return true;
  page.next = order_id;
  return false;
}

// The ids of all orders whose number begins so, below the filter's cursor, newest first.
Result<std::vector<uint64_t>> ids_by_number(const Archive& archive, const OrderFilter& filter) {
  std::vector<uint64_t> ids;
  auto walked = walk(archive.environment, archive.tables.order_numbers, filter.order_no,
                     [&](const Transaction&, std::string_view key, std::string_view value) {
                       if (!key.starts_with(filter.order_no)) return Result<bool>(false);
                       auto id = decode_number(value);
                       if (!id.ok()) return Result<bool>(id.error());
                       if (!filter.below || *id < *filter.below) ids.push_back(*id);
                       return Result<bool>(true);
                     });
  if (!walked.ok()) return walked.error();
  std::ranges::sort(ids, std::greater<>());
  return ids;
}

Result<OrderSummary> summary_of(const Archive& archive, const Transaction& txn, uint64_t id) {
  auto summary = archive.tables.orders.get(txn, make_key(id));
  if (!summary.ok()) return summary.error();
  if (!*summary) return Error{ErrorCode::corrupt, "an order number leads to no order"};
  return std::move(**summary);
}

Result<void> list_by_number(const Archive& archive, const OrderFilter& filter, OrderPage& page) {
  auto ids = ids_by_number(archive, filter);
  if (!ids.ok()) return ids.error();
  for (uint64_t id : *ids) {
    auto txn = archive.environment.read();
    if (!txn.ok()) return txn.error();
    auto summary = summary_of(archive, *txn, id);
    if (!summary.ok()) return summary.error();
    if (!take(page, id, std::move(*summary), filter)) return {};
  }
  return {};
}

Result<void> list_all(const Archive& archive, const OrderFilter& filter, OrderPage& page) {
  std::string below = filter.below ? make_key(*filter.below) : std::string();
  return walk_back(archive.environment, archive.tables.orders.id(), below,
                   [&](const Transaction&, std::string_view key, std::string_view value) {
                     auto summary = decode_row<OrderSummary>(value);
                     if (!summary.ok()) return Result<bool>(summary.error());
                     uint64_t id = KeyReader(key).number();
                     return Result<bool>(take(page, id, std::move(*summary), filter));
                   });
}

bool is_time(std::string_view name) {
  constexpr std::array<std::string_view, 2> kNames = {"deadline", "clock_start"};
  return name.ends_with("_at") || std::ranges::find(kNames, name) != kNames.end();
}

// What a civil date can show; other numbers stay numbers.
bool is_civil(int64_t micros) {
  constexpr int64_t kYear = 366LL * 24 * 3600 * 1'000'000;
  return micros >= 0 && micros < 230 * kYear;
}

void make_readable(Value& value) {
  if (Value::Array* items = value.array()) {
    for (Value& item : *items) make_readable(item);
  }
  Value::Object* members = value.object();
  if (members == nullptr) return;
  for (auto& [name, member] : *members) {
    const int64_t* number = member.integer();
    if (number != nullptr && is_time(name) && is_civil(*number)) {
      member = Value(format_local(from_micros(*number)));
    } else {
      make_readable(member);
    }
  }
}

Result<void> read_history(const Event& event, std::vector<FieldHistoryEntry>& history) {
  if (event.topic != topics::kOrderUpdated) return {};
  auto intake = decode_payload<OrderIntake>(event.payload);
  if (!intake.ok()) return intake.error();
  for (FieldChange& change : intake->changes) {
    history.push_back({event.occurred_at, event.actor, std::move(change)});
  }
  return {};
}

// One event of a timeline, from the entry of the chain that the index names.
Result<TimelineEntry> read_entry(const Archive& archive, const Transaction& txn, uint64_t number) {
  auto event = event_at(txn, archive.tables.records, number);
  if (!event.ok()) return event.error();
  TimelineEntry told;
  told.number = number;
  told.label = topic_label(event->topic);
  told.payload = readable_payload(event->payload);
  told.event = std::move(*event);
  return told;
}

}  // namespace

Result<OrderPage> list_orders(const Archive& archive, const OrderFilter& filter) {
  if (filter.page_size == 0 || filter.page_size > kPageSizeMax) {
    return invalid("a page has 1 to " + std::to_string(kPageSizeMax) + " orders");
  }
  if (!is_key_text(filter.order_no)) return invalid("this cannot be an order number");
  OrderPage page;
  auto listed = filter.order_no.empty() ? list_all(archive, filter, page)
                                        : list_by_number(archive, filter, page);
  if (!listed.ok()) return listed.error();
  return page;
}

Result<OrderRow> find_order(const Archive& archive, const std::string& order_no,
                            std::optional<uint64_t> round) {
  Error unknown{ErrorCode::not_found, "no such order: " + order_no};
  if (order_no.empty() || !is_key_text(order_no)) return invalid("this cannot be an order number");
  std::string prefix = make_key(std::string_view(order_no));
  auto txn = archive.environment.read();
  if (!txn.ok()) return txn.error();
  Range range(*txn, archive.tables.order_numbers);
  std::optional<uint64_t> found_id;
  auto found = range.seek(prefix);
  for (; found.ok() && *found && range.key().starts_with(prefix); found = range.next()) {
    if (round && range.key() != make_key(std::string_view(order_no), *round)) continue;
    auto id = decode_number(range.value());
    if (!id.ok()) return id.error();
    found_id = *id;
  }
  if (!found.ok()) return found.error();
  if (!found_id) return unknown;
  auto summary = summary_of(archive, *txn, *found_id);
  if (!summary.ok()) return summary.error();
  return OrderRow{*found_id, std::move(*summary)};
}

Result<OrderView> view_order(const Archive& archive, const std::string& order_no,
                             std::optional<uint64_t> round) {
  auto order = find_order(archive, order_no, round);
  if (!order.ok()) return order.error();
  OrderView view;
  view.order = std::move(*order);
  auto txn = archive.environment.read();
  if (!txn.ok()) return txn.error();
  auto numbers = timeline_of(*txn, archive.tables, view.order.order_id, kTimelineMax + 1);
  if (!numbers.ok()) return numbers.error();
  view.cut = numbers->size() > kTimelineMax;
  if (view.cut) numbers->pop_back();
  for (uint64_t number : *numbers) {
    auto entry = read_entry(archive, *txn, number);
    if (!entry.ok()) return entry.error();
    RETURN_IF_ERROR(read_history(entry->event, view.field_history));
    view.timeline.push_back(std::move(*entry));
  }
  return view;
}

Result<OrderCounts> count_orders(const Archive& archive) {
  OrderCounts counts;
  for (OrderState state : all_order_states()) counts.by_state[state] = 0;
  RETURN_IF_ERROR(for_each_order(archive, [&](uint64_t, const OrderSummary& summary) {
    ++counts.total;
    ++counts.by_state[summary.state];
  }));
  return counts;
}

Result<void> for_each_order(const Archive& archive, const VisitOrder& visit) {
  return walk(archive.environment, archive.tables.orders.id(), {},
              [&](const Transaction&, std::string_view key, std::string_view value) {
                auto summary = decode_row<OrderSummary>(value);
                if (!summary.ok()) return Result<bool>(summary.error());
                if (summary->known()) visit(KeyReader(key).number(), *summary);
                return Result<bool>(true);
              });
}

Value readable_payload(std::string_view payload) {
  auto value = payload_to_value(payload);
  if (!value.ok()) return Value("（无法解读）");
  make_readable(*value);
  return std::move(*value);
}

}  // namespace jieban
