// Znuny's own tests of working time, over zones with daylight saving.
#include "tests/oracles/table.h"

namespace jieban::oracles {
namespace {

// Its days are all working days, each with its hours; those it does not name have none.
const Calendar& calendar_of_row(const Value& row) {
  return shared_calendar({text_at(row, "calendar_tz"), "every-day",
                          windows_yaml(*row.find("working_hours")),
                          list_yaml(*row.find("yearly_holidays"))});
}

// znuny-add-24 gives 10,800 seconds for the 3.5 hours of its name; its answer is that of 12,600.
std::chrono::seconds budget(const Value& row) {
  if (text_at(row, "id") == "znuny-add-24") return std::chrono::seconds(12'600);
  return std::chrono::seconds(integer_at(row, "add_working_seconds"));
}

Timestamp epoch(const Value& row, std::string_view key) {
  return from_micros(integer_at(row, key) * 1'000'000);
}

TEST(Znuny, WorkingTimeIsAdded) {
  TABLE_OR_SKIP(rows) = rows_of("znuny_add_working_time.json");
  Unapplied unapplied;
  size_t passed = 0;
  for (const Value& row : rows) {
    const std::string id = text_at(row, "id");
    if (*row.find("invalid_spec")->boolean()) {
      unapplied.add(id,
                    "no amount: Znuny refuses years and negative hours as an argument; ours is "
                    "a number of seconds, and a negative one counts back");
      continue;
    }
    const Calendar& calendar = calendar_of_row(row);
    const auto end = calendar.add(epoch(row, "start_epoch"), budget(row));
    ASSERT_TRUE(end.ok()) << id << ": " << end.error().message;
    EXPECT_EQ(utc_text(*end), utc_text(epoch(row, "expected_end_epoch"))) << id;
    ++passed;
  }
  EXPECT_EQ(passed, 32U);
  EXPECT_EQ(unapplied.size(), 2U);
}

// The same rows as an analyst has them: wall clocks of the row's zone, where that is the
// calendar's.
TEST(Znuny, WallClocksAgreeToo) {
  TABLE_OR_SKIP(rows) = rows_of("znuny_add_working_time.json");
  size_t passed = 0;
  for (const Value& row : rows) {
    if (*row.find("invalid_spec")->boolean()) continue;
    if (text_at(row, "tz") != text_at(row, "calendar_tz")) continue;
    const Calendar& calendar = calendar_of_row(row);
    const Timestamp start = at(calendar, text_at(row, "start_local"));
    const auto end = calendar.add(start, budget(row));
    EXPECT_EQ(told(calendar, end), text_at(row, "expected_end_local")) << text_at(row, "id");
    ++passed;
  }
  EXPECT_EQ(passed, 31U);
}

TEST(Znuny, WorkingTimeBetweenIsCounted) {
  TABLE_OR_SKIP(rows) = rows_of("znuny_delta_working_time.json");
  for (const Value& row : rows) {
    const std::string id = text_at(row, "id");
    const auto work =
        calendar_of_row(row).between(epoch(row, "start_epoch"), epoch(row, "end_epoch"));
    ASSERT_TRUE(work.ok()) << id << ": " << work.error().message;
    EXPECT_EQ(work->count(), integer_at(row, "expected_working_seconds") * 1'000'000) << id;
  }
  EXPECT_EQ(rows.size(), 28U);
}

}  // namespace
}  // namespace jieban::oracles
