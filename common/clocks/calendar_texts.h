// A calendar as part of the rules: the files whole, and the Calendar that they give.
//
// The text is what is recorded; parsing it is pure, so a replay counts by the same days. A
// CalendarBook keeps the last one that it parsed. Fails: as Calendar::load does, naming the file.
// Thread rule: CalendarTexts is a plain value; a CalendarBook belongs to one thread.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "common/calendar/calendar.h"

namespace jieban {

struct CalendarTexts {
  std::string plan;                          // a calendar file (config/README.md)
  std::map<std::string, std::string> years;  // "2026.yaml" and its text; empty: not official

  template <class Visit>
  static void fields(Visit& visit) {
    visit("plan", &CalendarTexts::plan);
    visit("years", &CalendarTexts::years);
  }
  bool operator==(const CalendarTexts&) const = default;
};

// Reads a calendar file and the official years that lie beside it.
Result<CalendarTexts> read_calendar_texts(const std::string& path);
Result<Calendar> parse_calendar(const CalendarTexts& texts);

class CalendarBook {
 public:
  // `edition`: another number for other texts, so that they are not compared for each event.
  Result<const Calendar*> calendar(const CalendarTexts& texts, uint64_t edition) const;

 private:
  mutable uint64_t edition_ = 0;
  mutable std::optional<Calendar> calendar_;
};

}  // namespace jieban
