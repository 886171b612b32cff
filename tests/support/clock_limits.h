// Short ways to say how long a clock may run, and the shipped calendar as it is recorded.
#pragma once

#include "common/base/check.h"
#include "common/clocks/calendar_texts.h"
#include "common/clocks/class_rules.h"

namespace jieban {

inline int64_t micros(Duration span) { return span.count(); }

inline ClockLimit limit_of(Duration span) { return {.span = span.count()}; }
inline ClockLimit before_due(Duration lead) { return {.span = lead.count(), .before_due = true}; }
inline ClockLimit limit_by(CalendarKind calendar, Duration span,
                           Rounding rounding = Rounding::exact) {
  return {.span = span.count(), .calendar = calendar, .rounding = rounding};
}

inline CalendarTexts office_calendar() {
  auto texts = read_calendar_texts(std::string(JIEBAN_SOURCE_DIR) + "/config/calendar/office.yaml");
  CHECK(texts.ok());
  return *texts;
}

}  // namespace jieban
