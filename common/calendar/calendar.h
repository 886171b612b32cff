// Calendar: when people work, and every question about working time and working days.
//
// A day's windows of work are those of its weekday if it is a working day, else none; a window over
// midnight belongs to the day on which it starts, whatever the next day is. A make-up working day
// of the file goes before its holidays, these before the official year, that before the weekday.
// Promises: amounts are exact, in microseconds of real time: a window over a change of the clocks
// is as long as it really is. A budget that ends exactly at closing time ends at closing time; one
// counted back to opening time ends there. add() of nothing is the instant itself. Adding n working
// days to a date counts from the next day (from the day before for a negative n).
// A question costs a binary search. All days are laid out when the calendar is made, in some
// milliseconds and at most about 10 MB: 1969 to 2200, or the announced years for `official`.
// What fails and how: what cannot be known is an error and never a guess: `not_found` with
// CALENDAR_MISSING_<year> beyond the official years, `limit` beyond the years laid out.
// Thread rule: immutable; any number of threads.
#pragma once

#include <string>
#include <vector>

#include "common/calendar/calendar_plan.h"
#include "common/calendar/official_years.h"
#include "common/calendar/time_zone.h"
#include "common/calendar/work_spans.h"

namespace jieban {

class Calendar {
 public:
  // `official` is asked for nothing unless the plan is official.
  static Result<Calendar> make(CalendarPlan plan, OfficialYears official = {});
  // `official_directory` is opened only if the file says `working_days: official`.
  static Result<Calendar> load(const std::string& path, const std::string& official_directory);

  const std::string& name() const { return plan_.name; }
  const TimeZone& zone() const { return zone_; }

  // The instant by which `work` more (or, negative, less) working time has passed than at `from`.
  Result<Timestamp> add(Timestamp from, Duration work) const;
  // The working time from `from` to `to`; none when `to` is the earlier.
  Result<Duration> between(Timestamp from, Timestamp to) const;
  Result<bool> is_working(Timestamp at) const;
  // `at` itself within working time, else the next opening.
  Result<Timestamp> opening(Timestamp at) const;

  Result<bool> is_working_day(Date date) const;
  Result<Date> add_workdays(Date from, int64_t count) const;
  // Working days after `from` up to and with `to`; none when `to` is the earlier.
  Result<int64_t> workdays_between(Date from, Date to) const;
  // When the last window of a working day closes; empty on a day without hours.
  Result<std::optional<Timestamp>> closing(Date date) const;

 private:
  Calendar(CalendarPlan plan, OfficialYears official, TimeZone zone);
  void lay_out();
  void find_bounds();
  bool works_on(Date date) const;
  const Windows& windows_of(Date date) const;
  bool is_makeup(Date date) const;
  Error unknown(int year) const;
  Result<void> check_known(Timestamp at) const;
  Result<void> check_known(Date date) const;

  CalendarPlan plan_;
  OfficialYears official_;
  TimeZone zone_;
  Date first_;         // the days laid out: first_ <= day < end_
  Date end_;           //
  Timestamp known_;    // working time is known from here
  Timestamp unknown_;  // to here
  WorkSpans spans_;
  std::vector<Date> workdays_;
};

}  // namespace jieban
