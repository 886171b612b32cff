// Alertmanager's time intervals: every row. Ours also knows times over midnight and weekdays that
// wrap, which it refuses; no row asks for them.
#include <sstream>

#include "common/alerting/time_interval.h"
#include "common/json/json.h"
#include "tests/oracles/alertmanager.h"

namespace jieban::oracles {
namespace {

using ParseRange = Result<NumberRange> (*)(std::string_view);

void read_list(const Value& said, std::string_view key, ParseRange parse,
               std::vector<NumberRange>& out) {
  if (!is_given(said, key)) return;
  for (const Value& each : *said.find(key)->array()) {
    auto range = parse(*each.string());
    ASSERT_TRUE(range.ok()) << range.error().message;
    out.push_back(*range);
  }
}

TimeInterval interval_of(const Value& said) {
  TimeInterval interval;
  interval.zone = is_given(said, "location") ? text_at(said, "location") : "UTC";
  read_list(said, "times", parse_time_range, interval.minutes);
  read_list(said, "weekdays", parse_weekday_range, interval.weekdays);
  read_list(said, "days_of_month", parse_number_range, interval.days_of_month);
  read_list(said, "months", parse_number_range, interval.months);
  read_list(said, "years", parse_number_range, interval.years);
  return interval;
}

// "+1000", "-0400", "+11:00" or "Z".
std::chrono::minutes offset_of(std::string text) {
  if (text == "Z") return {};
  std::erase(text, ':');
  const int sign = text[0] == '-' ? -1 : 1;
  return std::chrono::minutes(sign *
                              (std::stoi(text.substr(1, 2)) * 60 + std::stoi(text.substr(3, 2))));
}

// "06 Apr 21 13:00 +1000" or "2024-01-01T09:00:00+11:00".
Timestamp instant_of(const std::string& text) {
  if (text[4] == '-') return utc(text.substr(0, 19)) - offset_of(text.substr(19));
  static const std::string kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  std::istringstream parts(text);
  std::string day, month, year, time, offset;
  parts >> day >> month >> year >> time >> offset;
  const size_t number = kMonths.find(month) / 3 + 1;
  const std::string date =
      "20" + year + "-" + (number < 10 ? "0" : "") + std::to_string(number) + "-" + day;
  return utc(date + " " + time + ":00") - offset_of(offset);
}

void check_muted(const Value& row, Timestamp at) {
  NamedIntervals named;
  std::vector<std::string> names;
  for (const auto& [name, said] : *member(row, "interval").object()) {
    named[name] = {interval_of(said)};
    names.push_back(name);
  }
  auto made = TimeIntervals::make(named);
  ASSERT_TRUE(made.ok()) << made.error().message;
  Value inside{Value::Array{}};
  for (const std::string& name : made->inside(names, at)) inside.push(name);
  EXPECT_EQ(to_json(inside), to_json(member(row, "expected_muted_by")));
}

void check_inside(const Value& row, Timestamp at) {
  auto made = TimeIntervals::make({{"it", {interval_of(member(row, "interval"))}}});
  ASSERT_TRUE(made.ok()) << made.error().message;
  EXPECT_EQ(made->is_inside("it", at), *member(row, "expected_in").boolean());
}

TEST(AlertmanagerTimeIntervals, EveryRowAgrees) {
  TABLE_OR_SKIP(rows) = rows_of("alertmanager_time_intervals.json");
  for (const Value& row : rows) {
    SCOPED_TRACE(to_json(row));
    const Timestamp at = instant_of(text_at(row, "at"));
    is_given(row, "expected_in") ? check_inside(row, at) : check_muted(row, at);
  }
  EXPECT_EQ(rows.size(), 43U);
}

}  // namespace
}  // namespace jieban::oracles
