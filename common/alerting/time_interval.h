// Time intervals: named times of the week or the year, such as the quiet hours (DOMAIN §4.4).
//
// An interval holds at an instant when all of its lists do, in its own time zone; an empty list
// holds always. Times are minutes of the day, the end excluded; one that ends before it begins goes
// over midnight and belongs to the day on which it starts, so 22:00-07:00 on fri ends on saturday.
// Days of the month count from the end when negative; days that a month lacks are left out.
// Weekdays may wrap (fri:mon). Several intervals of one name hold when one of them does. What fails
// and how: make() returns `invalid`, or `not_found` for a zone. Thread rule: immutable.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/clock.h"
#include "common/base/result.h"
#include "common/calendar/time_zone.h"
#include "common/domain/fields.h"

namespace jieban {

struct NumberRange {
  int64_t first = 0;
  int64_t last = 0;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("first", &NumberRange::first);
    visit("last", &NumberRange::last);
  }
  bool operator==(const NumberRange&) const = default;
};

struct TimeInterval {
  std::vector<NumberRange> minutes;   // of the day: first <= minute < last
  std::vector<NumberRange> weekdays;  // 0 is Monday
  std::vector<NumberRange> days_of_month;
  std::vector<NumberRange> months;
  std::vector<NumberRange> years;
  std::string zone = "Asia/Shanghai";

  template <class Visit>
  static void fields(Visit& visit) {
    visit("minutes", &TimeInterval::minutes);
    visit("weekdays", &TimeInterval::weekdays);
    visit("days_of_month", &TimeInterval::days_of_month);
    visit("months", &TimeInterval::months);
    visit("years", &TimeInterval::years);
    visit("zone", &TimeInterval::zone);
  }
  bool operator==(const TimeInterval&) const = default;
};

using NamedIntervals = std::map<std::string, std::vector<TimeInterval>>;

// The texts of files: "22:00-07:00" and "00:00-24:00"; "mon:fri"; "1:15", "-3:-1", "2026:2027".
Result<NumberRange> parse_time_range(std::string_view text);
Result<NumberRange> parse_weekday_range(std::string_view text);
Result<NumberRange> parse_number_range(std::string_view text);

class TimeIntervals {
 public:
  TimeIntervals() = default;
  static Result<TimeIntervals> make(const NamedIntervals& named);

  bool has(const std::string& name) const { return named_.contains(name); }
  // False of a name that there is not.
  bool is_inside(const std::string& name, Timestamp at) const;
  // Those of `names` that hold, in their order.
  std::vector<std::string> inside(const std::vector<std::string>& names, Timestamp at) const;
  // When it next begins or ends to hold; kTimestampMax when it does neither within 400 days.
  // Whoever needs none beyond `until` may get kTimestampMax for those, sooner.
  Timestamp next_change(const std::string& name, Timestamp at,
                        Timestamp until = kTimestampMax) const;
  // `at` if it holds then, else when it next does; `at` as well where it never will, or has no such
  // name: a rule with a mistake delays nothing for ever.
  Timestamp opening(const std::string& name, Timestamp at) const;

 private:
  struct Zoned {
    TimeInterval interval;
    TimeZone zone;
  };
  std::map<std::string, std::vector<Zoned>> named_;
};

}  // namespace jieban
