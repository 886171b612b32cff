// Goal: what is recorded of a calendar counts the same days as its files do.
#include "common/clocks/calendar_texts.h"

#include "common/base/file.h"
#include "tests/support/calendars.h"
#include "tests/support/clock_limits.h"
#include "tests/support/temp_dir.h"

namespace jieban {
namespace {

Timestamp local_time(const std::string& text) { return *parse_local(text); }

TEST(CalendarTexts, TheRecordedCalendarCountsAsItsFilesDo) {
  const CalendarTexts texts = office_calendar();
  EXPECT_EQ(texts.years.size(), 8U);
  auto calendar = parse_calendar(texts);
  ASSERT_TRUE(calendar.ok()) << calendar.error().message;
  const Timestamp start = local_time("2026-02-13 17:00:00");
  EXPECT_EQ(told(*calendar, calendar->add(start, std::chrono::hours(9))),
            told(office(), office().add(start, std::chrono::hours(9))));
  EXPECT_FALSE(calendar->add_workdays(day("2026-12-31"), 5).ok());
}

TEST(CalendarTexts, ACalendarWithoutOfficialDaysNeedsNoYears) {
  TempDir dir("/dev/shm");
  const std::string path = dir.path("plain.yaml");
  ASSERT_TRUE(write_file(path, calendar_text("UTC", "mon-fri", R"(["09:00-17:00"])")).ok());
  auto texts = read_calendar_texts(path);
  ASSERT_TRUE(texts.ok()) << texts.error().message;
  EXPECT_TRUE(texts->years.empty());
  EXPECT_TRUE(parse_calendar(*texts).ok());
}

TEST(CalendarTexts, WhatIsWrongWithAFileIsTold) {
  EXPECT_FALSE(read_calendar_texts("/nowhere/office.yaml").ok());
  TempDir dir("/dev/shm");
  const std::string path = dir.path("office.yaml");
  ASSERT_TRUE(write_file(path, calendar_text("UTC", "official", R"(["09:00-17:00"])")).ok());
  EXPECT_FALSE(read_calendar_texts(path).ok());  // no official year lies beside it
}

TEST(CalendarBook, KeepsTheOneThatItParsedLast) {
  CalendarBook book;
  const CalendarTexts texts = office_calendar();
  const Calendar* first = *book.calendar(texts, 1);
  EXPECT_EQ(*book.calendar(texts, 1), first);
  CalendarTexts fewer = texts;
  fewer.years.erase("2026.yaml");
  fewer.years.erase("2027.yaml");
  EXPECT_FALSE((*book.calendar(fewer, 2))->is_working_day(day("2026-03-10")).ok());
  EXPECT_TRUE((*book.calendar(texts, 3))->is_working_day(day("2026-03-10")).ok());
  fewer.plan = "name: nothing\n";
  EXPECT_FALSE(book.calendar(fewer, 4).ok());
}

}  // namespace
}  // namespace jieban
