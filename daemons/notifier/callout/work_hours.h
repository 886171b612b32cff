// WorkHours: the calendar by which the waits of ladders count, where they count working time.
//
// It is a rule table like the others: the edge reads the files of rules.calendar and hands them in
// whole, so that a replay counts the hours as the day itself did; parsed once for each edition.
// Promises: without a calendar, and beyond the years that it knows, natural time counts: a wait may
// be shorter than meant, and nobody is called too late. The same years are told of as missing by
// the sla-watcher (`calendar.missing`). Fails: as the store does; the load refuses a calendar that
// cannot be parsed. Thread rule: the loop's thread; load_work_calendar any.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "common/clocks/calendar_texts.h"
#include "common/daemon/rule_book.h"

namespace jieban {

struct WorkCalendar {
  std::string version;  // the calendar's name
  std::optional<CalendarTexts> texts;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("version", &WorkCalendar::version);
    visit("texts", &WorkCalendar::texts);
  }
};

// "": there is none.
Result<WorkCalendar> load_work_calendar(const std::string& path);

class WorkHours {
 public:
  static constexpr const char* kName = "calendar";

  Result<void> open(TableOpener& opener) { return book_.open(opener, kName); }
  Result<void> load(const Event& event, Step& step);
  // Null where natural time counts. Holds until the next load.
  Result<const Calendar*> calendar(const Transaction& store) const;

 private:
  RuleBook<WorkCalendar> book_;
  CalendarBook parsed_;
};

// EscalationWorld::add_work of a calendar; none of null.
std::function<Timestamp(Timestamp, Duration)> counting_by(const Calendar* calendar);

}  // namespace jieban
