// The sample day, from its files through the readers and the core, against what it says itself must
// come of it (tools/sample_day/README.md).
#include <gtest/gtest.h>

#include <set>
#include <sstream>

#include "common/json/json.h"
#include "daemons/receiver/intake/header.h"
#include "daemons/receiver/intake/json_door.h"
#include "daemons/receiver/intake/normalise.h"
#include "tests/support/alias_files.h"
#include "tests/unit/daemons/receiver/receiver_fixture.h"

namespace jieban {
namespace {

const std::string kDay = JIEBAN_SOURCE_DIR "/tools/sample_day/";

std::string day_file(const std::string& name) {
  auto bytes = read_file(kDay + name, size_t{16} << 20U);
  CHECK(bytes.ok());
  return std::move(*bytes);
}

Value expected() {
  auto value = parse_json(day_file("expected.json"));
  CHECK(value.ok());
  return std::move(*value);
}

const Value& at(const Value& value, std::string_view key) {
  const Value* found = value.find(key);
  CHECK(found != nullptr);
  return *found;
}
int64_t count_at(const Value& value, std::string_view key) { return *at(value, key).integer(); }
std::string text_of(const Value& value, std::string_view key) { return *at(value, key).string(); }

// What came of rows, by effect: what a client is told when it repeats itself is another matter.
struct Tally {
  std::map<std::string, int64_t> counts = {
      {"new", 0}, {"updated", 0}, {"unchanged", 0}, {"rejected", 0}};
  // "row" or "line.index", with the field where there is one
  std::set<std::string> rejects;
  std::set<std::string> updates;
  std::set<std::string> warnings;

  void expect(const Value& wanted) const {
    for (const auto& [name, count] : counts) EXPECT_EQ(count, count_at(wanted, name)) << name;
  }
};

class Day {
 public:
  Tally take_export() {
    auto sheet = read_sheet("2026-03-10.xlsx", day_file("2026-03-10.xlsx"));
    CHECK(sheet.ok());
    auto rows = map_rows(*sheet, shipped_aliases("aliases.yaml"));
    CHECK(rows.ok());
    header_row = rows->header_row;
    row_count = rows->orders.size();
    Tally tally;
    for (const RawOrder& raw : rows->orders) {
      std::string row = std::to_string(raw.row_no);
      Submission order;
      std::vector<FieldWarning> warnings;
      if (read_order(raw, order, warnings)) {
        reject(row, tally);
        continue;
      }
      times[row] = {order.called_at, order.due_at};
      submit(row, order, warnings, "export-1", tally);
    }
    return tally;
  }

  Tally take_line(size_t line, const Value& push) {
    Tally tally;
    auto batch = read_push(at(push, "body"));
    CHECK(batch.ok());
    bool again = !batches_.insert(batch->batch_id).second;
    for (size_t i = 0; i < batch->orders.size(); ++i) {
      const PushedOrder& order = batch->orders[i];
      std::string row = std::to_string(line) + "." + std::to_string(i);
      if (again) {
        EXPECT_TRUE(receiver_.submit(*order.submission, batch->batch_id).records.empty()) << row;
      } else if (order.submission.ok()) {
        submit(row, *order.submission, order.warnings, batch->batch_id, tally);
      } else {
        reject(row, tally);
      }
    }
    return tally;
  }

  int64_t order_count() { return int64_t(receiver_.contents()["order_numbers"].size()); }

  size_t header_row = 0;
  size_t row_count = 0;
  std::map<std::string, std::pair<std::optional<Timestamp>, std::optional<Timestamp>>> times;

 private:
  static void reject(const std::string& row, Tally& tally) {
    ++tally.counts["rejected"];
    tally.rejects.insert(row);
  }
  void submit(const std::string& row, const Submission& order,
              const std::vector<FieldWarning>& warnings, const std::string& batch, Tally& tally) {
    auto records = events_of(receiver_.submit(order, batch));
    std::string outcome = "unchanged";
    if (!records.empty()) outcome = records[0].topic == topics::kOrderReceived ? "new" : "updated";
    ++tally.counts[outcome];
    if (outcome == "updated") tally.updates.insert(row);
    for (const FieldWarning& each : warnings) tally.warnings.insert(row + " " + each.column);
  }

  ReceiverFixture receiver_;
  std::set<std::string> batches_;
};

std::vector<Value> pushes() {
  std::vector<Value> lines;
  std::istringstream in(day_file("pushes.jsonl"));
  for (std::string line; std::getline(in, line);) {
    auto value = parse_json(line);
    CHECK(value.ok());
    lines.push_back(std::move(*value));
  }
  return lines;
}

void add(Tally& sum, const Tally& more) {
  for (const auto& [name, count] : more.counts) sum.counts[name] += count;
  sum.rejects.insert(more.rejects.begin(), more.rejects.end());
  sum.updates.insert(more.updates.begin(), more.updates.end());
  sum.warnings.insert(more.warnings.begin(), more.warnings.end());
}

// The rows that a list of the expectation names.
std::set<std::string> rows_of(const Value& source, const char* list) {
  std::set<std::string> rows;
  for (const Value& each : *at(source, list).array()) {
    std::string row = each.find("row") != nullptr ? std::to_string(count_at(each, "row"))
                                                  : std::to_string(count_at(each, "line")) + "." +
                                                        std::to_string(count_at(each, "index"));
    if (const Value* field = each.find("field")) row += " " + *field->string();
    rows.insert(row);
  }
  return rows;
}

TEST(SampleDay, TheExportAlone) {
  Value wanted = at(expected(), "export");
  Day day;
  Tally tally = day.take_export();
  EXPECT_EQ(int64_t(day.header_row), count_at(wanted, "header_row"));
  EXPECT_EQ(int64_t(day.row_count), count_at(wanted, "rows"));
  tally.expect(at(wanted, "alone"));
  EXPECT_EQ(tally.rejects, rows_of(wanted, "rejects"));
  EXPECT_EQ(tally.updates, rows_of(wanted, "updates"));
  EXPECT_EQ(tally.warnings, rows_of(wanted, "warnings"));
  EXPECT_EQ(day.order_count(), int64_t(at(wanted, "order_numbers").array()->size()));
  for (const auto& [row, texts] : *at(wanted, "times").object()) {
    auto read = day.times.find(row);
    if (read == day.times.end()) continue;  // a rejected row
    const Value* called = texts.find("called_at");
    const Value* due = texts.find("due_at");
    auto [called_at, due_at] = read->second;
    EXPECT_EQ(called_at ? format_local(*called_at) : "", called ? *called->string() : "") << row;
    EXPECT_EQ(due_at ? format_local(*due_at) : "", due ? *due->string() : "") << row;
  }
}

TEST(SampleDay, ThePushesAlone) {
  Value wanted = at(expected(), "pushes");
  Day day;
  Tally tally;
  size_t line = 0;
  for (const Value& push : pushes()) add(tally, day.take_line(++line, push));
  EXPECT_EQ(int64_t(line), count_at(wanted, "lines"));
  tally.expect(at(wanted, "alone"));
  EXPECT_EQ(tally.rejects, rows_of(wanted, "rejects"));
  EXPECT_EQ(tally.updates, rows_of(wanted, "updates"));
  EXPECT_EQ(tally.warnings, rows_of(wanted, "warnings"));
  EXPECT_EQ(day.order_count(), int64_t(at(wanted, "order_numbers").array()->size()));
}

TEST(SampleDay, TheWholeDayStepByStep) {
  Value wanted = at(expected(), "course");
  std::vector<Value> lines = pushes();
  Day day;
  Tally sum;
  for (const Value& step : *at(wanted, "steps").array()) {
    Tally tally;
    if (step.find("export") != nullptr) {
      tally = day.take_export();
    } else {
      auto line = size_t(count_at(step, "line"));
      tally = day.take_line(line, lines.at(line - 1));
    }
    SCOPED_TRACE(text_of(step, "at"));
    tally.expect(step);
    add(sum, tally);
  }
  sum.expect(at(wanted, "totals"));
  EXPECT_EQ(day.order_count(), count_at(wanted, "orders"));
}

}  // namespace
}  // namespace jieban
