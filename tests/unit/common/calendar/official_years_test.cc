// The shipped years, and files that are refused rather than guessed at.
#include "common/calendar/official_years.h"

#include <gtest/gtest.h>

#include "common/base/file.h"
#include "tests/support/calendars.h"
#include "tests/support/temp_dir.h"

namespace jieban {
namespace {

constexpr const char* kNotice = "announced: true\nnotices: [{title: t, url: u}]\n";

std::string year_text(int year, const std::string& holidays) {
  return "year: " + std::to_string(year) + "\n" + kNotice + "holidays: " + holidays + "\n";
}

std::string refusal(const std::string& text) {
  OfficialYears years;
  const auto added = years.add(text, "x.yaml");
  return added.ok() ? "taken" : added.error().message;
}

TEST(OfficialYears, TheShippedYearsSayWhereTheyCameFrom) {
  const OfficialYears& years = shipped_years();
  EXPECT_EQ(years.first(), 2020);
  EXPECT_EQ(years.last(), 2026);
  for (const auto& [year, entry] : years.years()) {
    EXPECT_EQ(entry.announced, year < 2027);
    if (!entry.announced) continue;
    ASSERT_FALSE(entry.notices.empty()) << year;
    EXPECT_NE(entry.notices[0].title.find(std::to_string(year) + "年"), std::string::npos);
    EXPECT_NE(entry.notices[0].url.find("www.gov.cn"), std::string::npos);
  }
  EXPECT_EQ(years.years().count(2027), 1U);
}

// Figures counted by hand in the notice of 2026: 33 days off, 6 make-up days.
TEST(OfficialYears, TheDaysOf2026AreThoseOfItsNotice) {
  const OfficialYears& years = shipped_years();
  int off = 0;
  int makeup = 0;
  for (Date date = new_year(2026); date < new_year(2027); date += std::chrono::days(1)) {
    const OfficialDay* found = years.find(date);
    if (found != nullptr) ++(found->working ? makeup : off);
  }
  EXPECT_EQ(off, 3 + 9 + 3 + 5 + 3 + 3 + 7);
  EXPECT_EQ(makeup, 6);
  EXPECT_EQ(years.find(day("2026-02-14"))->name, "春节");
  EXPECT_TRUE(years.is_working_day(day("2026-02-14")));
  EXPECT_FALSE(years.is_working_day(day("2026-02-16")));
  EXPECT_FALSE(years.is_working_day(day("2026-03-07")));
  EXPECT_TRUE(years.is_working_day(day("2026-03-09")));
}

TEST(OfficialYears, ADecemberInTheNextYearsNoticeIsItsOwnDay) {
  EXPECT_EQ(shipped_years().find(day("2022-12-31"))->name, "元旦");
  // 3 January 2023 was a working Tuesday: the notice ends on the 2nd.
  EXPECT_TRUE(shipped_years().is_working_day(day("2023-01-03")));
}

TEST(OfficialYears, AMissingYearIsToldWithItsReason) {
  const Error next = shipped_years().missing_year(2027);
  EXPECT_EQ(next.code, ErrorCode::not_found);
  EXPECT_EQ(next.message,
            "CALENDAR_MISSING_2027: no official calendar for 2027: it is not announced yet; known "
            "are 2020 to 2026");
  EXPECT_NE(shipped_years().missing_year(2031).message.find("there is no file"), std::string::npos);
}

TEST(OfficialYears, SlipsOfThePenAreRefusedWithTheirPlace) {
  EXPECT_EQ(refusal(year_text(2026, "[{name: a, off: 2026-01-01, work: [2026-01-05]}]")),
            "x.yaml:4:46: a make-up working day is a Saturday or a Sunday, 2026-01-05 is neither");
  for (const char* holidays :
       {"[{name: a, off: 2026-01-01/2026-12-31}]", "[{name: a, off: 2027-01-01}]",
        "[{name: a, off: 2025-11-30}]", "[{name: a, off: 2026-01-03, work: [2026-01-03]}]",
        "[{name: a, off: 2026-02-30}]", "[{off: 2026-02-01}]",
        "[{name: a, off: 2026-01-01, wrok: []}]", "[x]", "{}"}) {
    EXPECT_EQ(refusal(year_text(2026, holidays)).find("x.yaml:"), 0U) << holidays;
  }
  EXPECT_EQ(refusal(year_text(2026, "[{name: a, off: 2025-12-31/2026-01-01}]")), "taken");
}

TEST(OfficialYears, DaysWithoutANoticeAreRefused) {
  EXPECT_NE(refusal("year: 2027\nannounced: false\nholidays: []\n"), "taken");
  EXPECT_NE(refusal("year: 2027\nannounced: true\nholidays: []\n"), "taken");
  EXPECT_NE(refusal("year: 2027\nannounced: true\nnotices: []\nholidays: []\n"), "taken");
  EXPECT_NE(refusal("year: 27\nannounced: false\n"), "taken");
  EXPECT_EQ(refusal("year: 2027\nannounced: false\n"), "taken");
}

TEST(OfficialYears, NoticesThatContradictEachOtherAreRefused) {
  OfficialYears years;
  ASSERT_TRUE(years.add(year_text(2022, "[{name: a, off: 2022-01-01, work: [2022-12-31]}]"), "a"));
  EXPECT_FALSE(years.add(year_text(2023, "[{name: b, off: 2022-12-31}]"), "b").ok());
  EXPECT_FALSE(years.add(year_text(2022, "[]"), "c").ok());
}

TEST(OfficialYears, AHoleBetweenYearsIsRefused) {
  OfficialYears years;
  EXPECT_EQ(years.check().error().code, ErrorCode::not_found);
  ASSERT_TRUE(years.add(year_text(2024, "[]"), "a").ok());
  ASSERT_TRUE(years.add(year_text(2026, "[]"), "b").ok());
  EXPECT_NE(years.check().error().message.find("2025 is missing"), std::string::npos);
  ASSERT_TRUE(years.add(year_text(2025, "[]"), "c").ok());
  EXPECT_TRUE(years.check().ok());
}

TEST(OfficialYears, AFolderIsReadByTheNamesOfItsFiles) {
  const TempDir folder;
  const auto put = [&](const std::string& name, const std::string& text) {
    ASSERT_TRUE(write_file(folder.root() + "/" + name, text).ok());
  };
  EXPECT_EQ(OfficialYears::load(folder.root()).error().code, ErrorCode::not_found);
  put("2026.yaml", year_text(2026, "[]"));
  put("office.yaml", "name: not a year\n");
  EXPECT_TRUE(OfficialYears::load(folder.root()).ok());
  put("2027.yaml", year_text(2028, "[]"));
  EXPECT_EQ(OfficialYears::load(folder.root()).error().code, ErrorCode::invalid);
  EXPECT_EQ(OfficialYears::load(folder.root() + "/none").error().code, ErrorCode::io);
}

}  // namespace
}  // namespace jieban
