// GLPI's calendars: days with the time of day kept, the end of a working day, levels before a due.
#include "tests/oracles/table.h"

namespace jieban::oracles {
namespace {

using std::chrono::seconds;

std::string add_working_days(const Value& row) {
  const Calendar& calendar = shared_calendar(from_phrase(text_at(row, "calendar")));
  const WallTime start = parse_wall(text_at(row, "start")).value();
  const auto date = calendar.add_workdays(date_of(start), integer_at(row, "days"));
  if (!date.ok()) return date.error().message;
  if (!*row.find("end_of_working_day")->boolean()) {
    return to_text(*date + (start - date_of(start)));
  }
  return to_text(calendar.zone().wall(*calendar.closing(*date).value()));
}

int64_t seconds_between(const Value& row) {
  // With work in days, GLPI takes every second of a span for work.
  const bool in_days = *row.find("work_in_days")->boolean();
  const Calendar& calendar =
      shared_calendar(in_days ? from_phrase("24x7") : from_phrase(text_at(row, "calendar")));
  const auto work = calendar.between(utc(text_at(row, "start")), utc(text_at(row, "end")));
  EXPECT_TRUE(work.ok());
  return work.ok() ? work->count() / 1'000'000 : -1;
}

bool is_holiday(const Value& row) {
  std::string days;
  for (const Value& range : *row.find("holidays")->array()) {
    const std::string from = text_at(range, "from");
    const std::string to = text_at(range, "to");
    days += (days.empty() ? "" : ", ") + (from == to ? from : from + "/" + to);
  }
  const Calendar& calendar =
      shared_calendar({"UTC", "every-day", R"(["00:00-24:00"])", "[" + days + "]"});
  return !*calendar.is_working_day(day(text_at(row, "at")));
}

// "Tue 11:00" in the week that begins on 2 March 2026.
std::string in_week(std::string_view text) {
  const size_t index = std::string_view("MonTueWedThuFriSatSun").find(text.substr(0, 3)) / 3;
  return "2026-03-0" + std::to_string(2 + index) + " " + std::string(text.substr(4)) + ":00";
}

void check_level(const Value& row) {
  const Calendar& calendar = shared_calendar(from_phrase(text_at(row, "calendar")));
  const auto due = calendar.add(at(calendar, in_week(text_at(row, "created"))),
                                seconds(integer_at(row, "sla_s")));
  EXPECT_EQ(told(calendar, due), in_week(text_at(row, "expected_due")));
  EXPECT_EQ(told(calendar, calendar.add(*due, -seconds(integer_at(row, "level_before_s")))),
            in_week(text_at(row, "expected_level")));
}

void check(const Value& row) {
  const std::string fn = text_at(row, "fn");
  if (fn == "escalation_before_due") return check_level(row);
  if (fn == "add_working_days") {
    EXPECT_EQ(add_working_days(row), text_at(row, "expected"));
    return;
  }
  if (fn == "working_seconds_between") {
    EXPECT_EQ(seconds_between(row), integer_at(row, "expected"));
    return;
  }
  const bool expected = *row.find("expected")->boolean();
  if (fn == "is_holiday") {
    EXPECT_EQ(is_holiday(row), expected);
    return;
  }
  const Calendar& calendar = shared_calendar(from_phrase(text_at(row, "calendar")));
  if (fn == "is_working_day") {
    EXPECT_EQ(*calendar.is_working_day(day(text_at(row, "at"))), expected);
  } else if (fn == "is_working_hour") {
    EXPECT_EQ(*calendar.is_working(utc(text_at(row, "at"))), expected);
  } else {
    ADD_FAILURE() << "an unknown function: " << fn;
  }
}

TEST(Glpi, EveryRowOfItsCalendarAgrees) {
  TABLE_OR_SKIP(rows) = rows_of("glpi_calendar.json");
  for (size_t i = 0; i < rows.size(); ++i) {
    SCOPED_TRACE("row " + std::to_string(i));
    check(rows[i]);
  }
  EXPECT_EQ(rows.size(), 32U);
}

}  // namespace
}  // namespace jieban::oracles
