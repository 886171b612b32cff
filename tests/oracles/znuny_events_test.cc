// Znuny's escalations over closing time and its holidays: the rows that are calendar arithmetic.
#include "tests/oracles/table.h"

namespace jieban::oracles {
namespace {

void check_escalation(const Value& row) {
  const Calendar& calendar = shared_calendar(from_phrase("mon-fri 09:00-18:00"));
  const Timestamp created = at(calendar, text_at(row, "created"));
  const auto due = [&](std::string_view key) {
    return told(calendar, calendar.add(created, std::chrono::minutes(integer_at(row, key))));
  };
  EXPECT_EQ(due("first_response_min"), text_at(row, "expected_escalation"));
  EXPECT_EQ(due("solution_min"), text_at(row, "expected_solution"));
}

// Its default calendar has these days off; calendar 2 lacks the first of January, and a day of
// 2004 that it had once.
void check_holiday(const Value& row) {
  const bool removed = text_at(row, "calendar").starts_with("2");
  const std::string days = removed ? R"(["05-01", "12-24", "12-25", "12-26", "12-31"])"
                                   : R"(["01-01", "05-01", "12-24", "12-25", "12-26", "12-31"])";
  const Calendar& calendar = shared_calendar({"UTC", "every-day", R"(["00:00-24:00"])", days});
  const auto working = calendar.is_working_day(day(text_at(row, "date")));
  ASSERT_TRUE(working.ok());
  EXPECT_EQ(!*working, is_given(row, "expected_holiday")) << text_at(row, "id");
}

TEST(ZnunyEvents, DueTimesAndHolidays) {
  TABLE_OR_SKIP(rows) = rows_of("znuny_escalation_events.json");
  Unapplied unapplied;
  size_t passed = 0;
  for (const Value& row : rows) {
    const std::string id = text_at(row, "id");
    if (is_given(row, "expected_event_counts")) {
      unapplied.add(id, "counts events of a sweep, no arithmetic: ours fire each rung once");
      continue;
    }
    is_given(row, "date") ? check_holiday(row) : check_escalation(row);
    ++passed;
  }
  EXPECT_EQ(passed, 7U);
  EXPECT_EQ(unapplied.size(), 7U);
}

}  // namespace
}  // namespace jieban::oracles
