// What the tests of the skeleton share: a store in memory, inputs, records and a look at tables.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "common/wire/record.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temp_dir.h"
#include "tests/unit/common/daemon/counter_service.h"

namespace jieban {

const std::string kOwn = "demo.router";
const std::string kUp = "demo.receiver";
constexpr uint64_t kEpoch = 7;
constexpr uint64_t kUpEpoch = 5;

inline EnvironmentOptions store_options(const std::string& path, size_t map_size = 8U << 20U) {
  EnvironmentOptions options;
  options.path = path;
  options.stream = kOwn;
  options.new_epoch = kEpoch;
  options.now = FakeClock().now();
  options.map_size = map_size;
  return options;
}

inline Input input(const std::string& topic, uint64_t order_id, const std::string& payload = "") {
  Input out;
  out.topic = topic;
  out.order_id = order_id;
  out.actor = "desk1";
  out.payload = payload;
  return out;
}

inline std::string record(const std::string& topic, uint64_t order_id,
                          Timestamp at = FakeClock().now()) {
  Event event;
  event.topic = topic;
  event.order_id = order_id;
  event.occurred_at = at;
  event.actor = "system";
  event.payload = encode_payload(Count{order_id});
  return encode_record(event);
}

inline BatchPart input_part(Input input) {
  BatchPart part;
  part.kind = BatchPart::Kind::input;
  part.input = std::move(input);
  return part;
}

// The records must outlive the part.
inline BatchPart run_part(uint64_t first, const std::vector<std::string>& records) {
  BatchPart part;
  part.kind = BatchPart::Kind::run;
  part.stream = kUp;
  part.epoch = kUpEpoch;
  part.first = first;
  part.records.assign(records.begin(), records.end());
  return part;
}

using Rows = std::vector<std::pair<std::string, std::string>>;

inline Rows rows_of(const Fold& fold, TableId table) {
  auto txn = fold.environment().read();
  CHECK(txn.ok());
  Range range(*txn, table);
  Rows rows;
  for (auto found = range.seek({}); found.ok() && *found; found = range.next()) {
    rows.emplace_back(range.key(), range.value());
  }
  return rows;
}

// Every table that the fold's work can change.
inline std::map<std::string, Rows> all_rows(const Fold& fold) {
  std::map<std::string, Rows> out;
  for (const auto& [name, table] : fold.tables()) out[name] = rows_of(fold, table);
  out["(outbox)"] = rows_of(fold, fold.outbox().table());
  out["(journal)"] = rows_of(fold, fold.journal().table());
  out["(quarantine)"] = rows_of(fold, fold.quarantine().id());
  return out;
}

inline std::vector<Event> events_of(const Fold& fold) {
  std::vector<Event> events;
  for (const auto& [key, bytes] : rows_of(fold, fold.outbox().table())) {
    auto event = decode_record(bytes);
    CHECK(event.ok());
    events.push_back(std::move(*event));
  }
  return events;
}

inline std::vector<std::string> topics_of(const Fold& fold) {
  std::vector<std::string> names;
  for (const Event& event : events_of(fold)) names.push_back(event.topic);
  return names;
}

inline std::vector<JournalEntry> journal_of(const Fold& fold) {
  std::vector<JournalEntry> entries;
  for (const auto& [key, bytes] : rows_of(fold, fold.journal().table())) {
    auto entry = decode_payload<JournalEntry>(bytes);
    CHECK(entry.ok());
    entries.push_back(std::move(*entry));
  }
  return entries;
}

inline uint64_t count_of(const Fold& fold, const CounterService& service, uint64_t order_id) {
  auto txn = fold.environment().read();
  CHECK(txn.ok());
  auto row = service.counts.get(*txn, make_key(order_id));
  CHECK(row.ok());
  return *row ? (*row)->value : 0;
}

inline StreamCursor cursor_of(const Fold& fold) {
  auto txn = fold.environment().read();
  CHECK(txn.ok());
  auto cursor = fold.cursors().get(*txn, kUp);
  CHECK(cursor.ok());
  return *cursor;
}

}  // namespace jieban
