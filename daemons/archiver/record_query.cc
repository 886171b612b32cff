#include "daemons/archiver/record_query.h"

#include "common/domain/record_kind.h"
#include "daemons/archiver/labels.h"
#include "daemons/archiver/query.h"
#include "daemons/archiver/timeline.h"

namespace jieban {
namespace {

Result<RecordRow> read_record(const Archive& archive, const Transaction& txn, uint64_t number) {
  auto event = event_at(txn, archive.tables.records, number);
  if (!event.ok()) return event.error();
  return RecordRow{number, std::move(*event)};
}

struct Place {
  Timestamp at;
  uint64_t number = 0;
};

// Where a record stands in its kind: the rest of its key.
Place place_of(std::string_view key, std::string_view prefix) {
  KeyReader reader(key.substr(prefix.size()));
  const Timestamp at = reader.time();
  return {at, reader.number()};
}

Result<std::string> start_below(const RecordFilter& filter, const std::string& prefix) {
  if (!filter.below.empty()) {
    auto rest = from_hex(filter.below);
    constexpr size_t kPlaceBytes = 2 * sizeof(uint64_t);
    if (!rest || rest->size() != kPlaceBytes) return invalid("below: not the `next` of a page");
    return prefix + *rest;
  }
  if (filter.to) return prefix + make_key(*filter.to);
  // Behind everything of this kind: the terminator of the kind's name is the lowest byte.
  std::string behind = prefix;
  behind.back() = '\x01';
  return behind;
}

Result<RecordPage> list_of_kind(const Archive& archive, const RecordFilter& filter) {
  RecordPage page;
  const std::string prefix = make_key(std::string_view(filter.kind));
  auto below = start_below(filter, prefix);
  if (!below.ok()) return below.error();
  auto walked = walk_back(archive.environment, archive.tables.records_by_kind, *below,
                          [&](const Transaction& txn, std::string_view key, std::string_view) {
                            if (!key.starts_with(prefix)) return Result<bool>(false);
                            const Place place = place_of(key, prefix);
                            if (filter.to && place.at >= *filter.to) return Result<bool>(true);
                            if (filter.from && place.at < *filter.from) return Result<bool>(false);
                            if (page.records.size() == filter.page_size) {
                              page.next = to_hex(make_key(page.records.back().event.occurred_at,
                                                          page.records.back().number));
                              return Result<bool>(false);
                            }
                            auto row = read_record(archive, txn, place.number);
                            if (!row.ok()) return Result<bool>(row.error());
                            page.records.push_back(std::move(*row));
                            return Result<bool>(true);
                          });
  if (!walked.ok()) return walked.error();
  return page;
}

// An order has some dozens of events: its records of one kind are one page.
Result<RecordPage> list_of_order(const Archive& archive, const RecordFilter& filter) {
  auto order = find_order(archive, filter.order_no, std::nullopt);
  if (!order.ok()) return order.error();
  RecordPage page;
  auto txn = archive.environment.read();
  if (!txn.ok()) return txn.error();
  auto numbers = timeline_of(*txn, archive.tables, order->order_id);
  if (!numbers.ok()) return numbers.error();
  for (uint64_t number : *numbers) {
    if (page.records.size() == kTimelineMax) break;
    auto row = read_record(archive, *txn, number);
    if (!row.ok()) return row.error();
    const Timestamp at = row->event.occurred_at;
    bool wanted = record_kind_of(row->event.topic) == filter.kind &&
                  (!filter.from || at >= *filter.from) && (!filter.to || at < *filter.to);
    if (wanted) page.records.push_back(std::move(*row));
  }
  std::reverse(page.records.begin(), page.records.end());
  return page;
}

Value record_value(const RecordRow& row) {
  Value value;
  Value payload = readable_payload(row.event.payload);
  const Value* order_no = payload.find("order_no");
  const Value* role = payload.find("role");
  const Value* arguments = payload.find("arguments");
  value.set("order_no", order_no != nullptr ? *order_no : Value());
  value.set("at", format_local(row.event.occurred_at));
  value.set("topic", row.event.topic);
  value.set("label", topic_label(row.event.topic));
  value.set("actor", row.event.actor);
  value.set("role", role != nullptr ? *role : Value());
  for (const char* name : {"from", "to", "lead_unit", "due_at", "audit", "reuse"}) {
    const Value* member = payload.find(name);
    if (member != nullptr) value.set(name, *member);
  }
  value.set("fields", arguments != nullptr ? *arguments : Value(Value::Object{}));
  value.set("has_sealed_text", payload.find("sealed") != nullptr);
  value.set("number", row.number);
  return value;
}

}  // namespace

Result<RecordPage> list_records(const Archive& archive, const RecordFilter& filter) {
  if (!is_record_kind(filter.kind)) return invalid("kind is one of " + record_kind_names());
  if (filter.page_size == 0 || filter.page_size > kPageSizeMax) {
    return invalid("a page has 1 to " + std::to_string(kPageSizeMax) + " records");
  }
  return filter.order_no.empty() ? list_of_kind(archive, filter) : list_of_order(archive, filter);
}

Result<void> for_each_record(const Archive& archive, std::string_view kind, Timestamp from,
                             Timestamp to, const VisitRecord& visit) {
  const std::string prefix = make_key(kind);
  return walk(archive.environment, archive.tables.records_by_kind, prefix + make_key(from),
              [&](const Transaction& txn, std::string_view key, std::string_view) {
                if (!key.starts_with(prefix)) return Result<bool>(false);
                const Place place = place_of(key, prefix);
                if (place.at >= to) return Result<bool>(false);
                auto row = read_record(archive, txn, place.number);
                if (!row.ok()) return Result<bool>(row.error());
                auto visited = visit(row->event);
                if (!visited.ok()) return Result<bool>(visited.error());
                return Result<bool>(true);
              });
}

Value records_value(const RecordPage& page) {
  Value::Array records;
  for (const RecordRow& row : page.records) records.push_back(record_value(row));
  Value value;
  value.set("records", std::move(records));
  value.set("next", page.next ? Value(*page.next) : Value());
  return value;
}

}  // namespace jieban
