// The assessment cycle (考核周期) and the spans of a report (DOMAIN §9.3, §11.1), by the report's
// day.
//
// A cycle runs from the 19th 00:00 to the 18th 24:00 of the next month, and is called after the
// month in which it ends. With `rollover` a day from the 19th on belongs to the cycle that begins
// in its own month; without it, as in the district's program that the rule was read from, every
// report starts at the 19th of the month before, and is called after its own month. Reports count
// to noon of their day. A day that a month lacks is that month's last one.
// REQUIRES: cycle_day and closed_window_start_day from 1 to 28.
// Nothing fails. Thread rule: pure functions. Civil time is Asia/Shanghai.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "common/base/clock.h"
#include "common/calendar/civil.h"

namespace jieban {

struct CycleRules {
  unsigned cycle_day = 19;
  bool rollover = true;
  unsigned closed_window_start_day = 10;  // of the month before the report's
};

struct Span {
  Timestamp from;
  Timestamp to;  // not included
  bool contains(Timestamp at) const { return from <= at && at < to; }
  bool operator==(const Span&) const = default;
};

struct CycleSpans {
  Span daily;       // noon of the day before to noon
  Span cumulative;  // from the start of the cycle to noon
  Span previous;    // the cycle before, to the same day of the month before (环比)
  Span last_year;   // the dates of `cumulative` a year earlier (同比)
  Span closed;      // in which 办结时间 counts, as that program has it
  std::string label;
};

CycleSpans cycle_spans(Date report_day, const CycleRules& rules);

// The whole cycle that a day belongs to, or that a label such as "2026-07" names.
Span whole_cycle(Date day, const CycleRules& rules);
std::optional<Span> parse_cycle(std::string_view label, const CycleRules& rules);
// "2026-07": the month in which the cycle of that instant ends.
std::string cycle_label(Timestamp at, const CycleRules& rules);

// The same day of the month `count` months later (earlier if negative), or that month's last day.
Date shift_months(Date day, int count);
// 00:00 of a day.
Timestamp midnight(Date day);
Date local_day(Timestamp at);

}  // namespace jieban
