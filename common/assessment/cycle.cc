#include "common/assessment/cycle.h"

#include "common/base/check.h"

namespace jieban {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::months;
using std::chrono::year_month;
using std::chrono::year_month_day;

constexpr hours kNoon{12};

year_month month_of(Date day) {
  const year_month_day date(day);
  return date.year() / date.month();
}

unsigned day_of(Date day) { return static_cast<unsigned>(year_month_day(day).day()); }

Date start_in(year_month month, unsigned day) {
  CHECK(day >= 1 && day <= 28);
  return Date(month / std::chrono::day(day));
}

Timestamp noon(Date day) { return midnight(day) + kNoon; }

Date start_of(Date day, const CycleRules& rules) {
  const bool own_month = rules.rollover && day_of(day) >= rules.cycle_day;
  return start_in(month_of(day) - months(own_month ? 0 : 1), rules.cycle_day);
}

// A cycle that starts on the 1st ends in the same month.
year_month closing_month(Date start) { return month_of(shift_months(start, 1) - days(1)); }

std::string month_text(year_month month) {
  return to_text(Date(month / std::chrono::day(1))).substr(0, 7);
}

std::string chinese_month(year_month month) {
  return std::to_string(int(month.year())) + "年" + std::to_string(unsigned(month.month())) + "月";
}

}  // namespace

Date shift_months(Date day, int count) {
  const year_month month = month_of(day) + months(count);
  const year_month_day wanted = month / year_month_day(day).day();
  return wanted.ok() ? Date(wanted) : Date(month / std::chrono::last);
}

Timestamp midnight(Date day) {
  return Timestamp(Duration(day.time_since_epoch())) - kShanghaiOffset;
}

Date local_day(Timestamp at) {
  return Date(std::chrono::floor<days>(at + kShanghaiOffset).time_since_epoch());
}

CycleSpans cycle_spans(Date report_day, const CycleRules& rules) {
  const Date start = start_of(report_day, rules);
  CycleSpans spans;
  spans.daily = {noon(report_day - days(1)), noon(report_day)};
  spans.cumulative = {midnight(start), noon(report_day)};
  spans.previous = {midnight(shift_months(start, -1)), noon(shift_months(report_day, -1))};
  spans.last_year = {midnight(shift_months(start, -12)), noon(shift_months(report_day, -12))};
  spans.closed = {
      midnight(start_in(month_of(report_day) - months(1), rules.closed_window_start_day)),
      noon(report_day)};
  spans.label = chinese_month(rules.rollover ? closing_month(start) : month_of(report_day));
  return spans;
}

Span whole_cycle(Date day, const CycleRules& rules) {
  CycleRules rolling = rules;
  rolling.rollover = true;
  const Date start = start_of(day, rolling);
  return {midnight(start), midnight(shift_months(start, 1))};
}

std::optional<Span> parse_cycle(std::string_view label, const CycleRules& rules) {
  const auto first = parse_date(std::string(label) + "-01");
  if (!first) return std::nullopt;
  // The day before the cycle's day lies in the cycle that ends there; the 1st ends none earlier.
  const Date inside =
      rules.cycle_day == 1 ? *first : start_in(month_of(*first), rules.cycle_day) - days(1);
  return whole_cycle(inside, rules);
}

std::string cycle_label(Timestamp at, const CycleRules& rules) {
  return month_text(month_of(local_day(whole_cycle(local_day(at), rules).to - hours(1))));
}

}  // namespace jieban
