// Legal terms: the scenarios that are about calendars. The others are about timers.
#include "common/calendar/pauses.h"
#include "tests/oracles/table.h"

namespace jieban::oracles {
namespace {

using std::chrono::days;

void business_days() {
  const Calendar& calendar = shared_calendar(from_phrase("mon-fri 09:00-17:00"));
  // Thursday, 5 March 2026, and the Tuesday after it.
  EXPECT_EQ(told(calendar.add_workdays(day("2026-03-05"), 3)), "2026-03-10");
}

void a_year_without_a_calendar_is_refused() {
  const auto due = office().add_workdays(day("2026-03-05"), 5 * 250);
  ASSERT_FALSE(due.ok());
  EXPECT_EQ(due.error().message.find("CALENDAR_MISSING_2027"), 0U);
}

void an_unknown_calendar_is_refused() {
  EXPECT_EQ(Calendar::load("/nowhere/none.yaml", "/nowhere").error().code, ErrorCode::not_found);
  EXPECT_FALSE(try_calendar(calendar_text("UTC", "weekdays", R"(["09:00-17:00"])")).ok());
}

// Eight weeks, 19 days used; suspended for 14 days, answered on day 6 of them.
void a_suspension_consumes_what_it_lasted() {
  const Calendar& calendar = shared_calendar(from_phrase("24x7"));
  const Timestamp start = utc("2026-03-02T09:00:00Z");
  const Timestamp answered = start + days(19 + 6);
  const Pauses pauses = {{start + days(19), answered}};
  EXPECT_EQ(*used_between(calendar, start, answered, pauses), days(19));
  EXPECT_EQ(*due_after(calendar, start, days(56), pauses), answered + days(56 - 19));
}

TEST(LegalTerms, ScenariosOfCalendarsHold) {
  TABLE_OR_SKIP(rows) = rows_of("legal_term_timer_scenarios.json");
  const std::map<std::string, void (*)(), std::less<>> scenarios = {
      {"business-days", business_days},
      {"calendar-never-expires", a_year_without_a_calendar_is_refused},
      {"unknown-calendar", an_unknown_calendar_is_refused},
      {"suspend", a_suspension_consumes_what_it_lasted}};
  size_t held = 0;
  for (const Value& row : rows) {
    const auto found = scenarios.find(text_at(row, "id"));
    if (found == scenarios.end()) continue;
    SCOPED_TRACE(found->first);
    found->second();
    ++held;
  }
  EXPECT_EQ(held, scenarios.size());
}

}  // namespace
}  // namespace jieban::oracles
