// GoAlert's weekly rules: is one in force, and from when to when.
#include "common/duty/weekly_window.h"
#include "tests/oracles/table.h"

namespace jieban::oracles {
namespace {

WeeklyWindow window_of(const Value& row) {
  const auto hours = parse_day_hours(text_at(row, "start") + "-" + text_at(row, "end"));
  CHECK(hours.has_value());
  uint64_t weekdays = 0;
  const std::string mask = text_at(row, "weekdays_sun_to_sat");
  for (size_t i = 0; i < mask.size(); ++i) weekdays |= uint64_t(mask[i] == '1') << (i + 6) % 7;
  return {weekdays, hours->begin, hours->end};
}

TEST(GoAlert, EveryRowOfItsWeeklyRulesAgrees) {
  TABLE_OR_SKIP(rows) = rows_of("goalert_shift_rules.json");
  const TimeZone zone = *TimeZone::load("UTC");
  size_t spans = 0;
  for (size_t i = 0; i < rows.size(); ++i) {
    const Value& row = rows[i];
    SCOPED_TRACE("row " + std::to_string(i));
    const WeeklyWindow window = window_of(row);
    const Timestamp at = utc(text_at(row, "at"));
    const std::string fn = text_at(row, "fn");
    if (fn == "is_active") {
      EXPECT_EQ(is_open(window, zone, at), *row.find("expected")->boolean());
      continue;
    }
    ASSERT_TRUE(fn == "start_time" || fn == "end_time") << fn;
    ++spans;
    const auto span = span_at_or_after(window, zone, at);
    ASSERT_TRUE(span.has_value());
    EXPECT_EQ(utc_text(fn == "start_time" ? span->from : span->until),
              utc_text(utc(text_at(row, "expected"))));
  }
  EXPECT_EQ(rows.size(), 96U);
  EXPECT_EQ(spans, 54U);
}

}  // namespace
}  // namespace jieban::oracles
