// RT's service levels and Business::Hours: the rows that are calendar arithmetic.
//
// Business::Hours rolls a due that lands on closing time over to the next opening; ours stays. No
// row of this table lands there.
#include "tests/oracles/table.h"

namespace jieban::oracles {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

CalendarText hours_of(const Value& row) {
  const Value& hours = *row.find("hours");
  CalendarText text;
  if (hours.object() != nullptr) {
    text.windows = windows_yaml(hours);
  } else {
    std::string phrase = *hours.string();
    if (phrase.starts_with("default ")) phrase.erase(0, 8);
    const bool lunch = phrase.ends_with(" less 13:00-14:00");
    text = from_phrase(lunch ? "mon-fri 09:00-18:00" : phrase);
    if (lunch) text.windows = R"(["09:00-13:00", "14:00-18:00"])";
  }
  if (is_given(row, "tz")) text.zone = text_at(row, "tz");
  if (is_given(row, "holidays")) text.holidays = list_yaml(*row.find("holidays"));
  return text;
}

void check_level(const Value& row) {
  const bool real_time = is_given(row, "resolve_real_min");
  const Calendar& calendar = shared_calendar(real_time ? from_phrase("24x7") : hours_of(row));
  const Timestamp created = utc(text_at(row, "created"));
  if (is_given(row, "expected_starts")) {
    EXPECT_EQ(utc_text(*calendar.opening(created)), utc_text(utc(text_at(row, "expected_starts"))));
  }
  if (!is_given(row, "expected_due")) return;
  const auto budget =
      minutes(integer_at(row, real_time ? "resolve_real_min" : "resolve_business_min"));
  EXPECT_EQ(utc_text(*calendar.add(created, budget)), utc_text(utc(text_at(row, "expected_due"))));
}

// "2008-12-31T23:59:59 local".
Timestamp local(const Calendar& calendar, const std::string& text) {
  return at(calendar, text.substr(0, 19));
}

void check_function(const Value& row) {
  const Calendar& calendar = shared_calendar(hours_of(row));
  const std::string fn = text_at(row, "fn");
  if (fn == "between") {
    const auto work = calendar.between(from_micros(integer_at(row, "from_epoch") * 1'000'000),
                                       from_micros(integer_at(row, "to_epoch") * 1'000'000));
    EXPECT_EQ(*work, seconds(integer_at(row, "expected_seconds")));
  } else if (is_given(row, "expected")) {
    EXPECT_EQ(told(calendar, calendar.opening(at(calendar, "2026-03-08 00:00:00"))),
              "2026-03-09 09:00:00");
  } else {
    const Timestamp start = local(calendar, text_at(row, "at"));
    const auto end = fn == "add_seconds"
                         ? calendar.add(start, seconds(integer_at(row, "add_seconds")))
                         : calendar.opening(start);
    EXPECT_EQ(told(calendar, end).substr(0, 10), text_at(row, "expected_date"));
  }
}

TEST(Rt, RowsOfCalendarArithmeticAgree) {
  TABLE_OR_SKIP(rows) = rows_of("rt_sla.json");
  Unapplied unapplied;
  size_t passed = 0;
  for (const Value& row : rows) {
    const std::string id = text_at(row, "id");
    SCOPED_TRACE(id);
    if (is_given(row, "case")) {
      unapplied.add(id, "who wrote and what the status is, no arithmetic: " + text_at(row, "case"));
      continue;
    }
    is_given(row, "fn") ? check_function(row) : check_level(row);
    ++passed;
  }
  EXPECT_EQ(passed, 13U);
  EXPECT_EQ(unapplied.size(), 16U);
}

}  // namespace
}  // namespace jieban::oracles
