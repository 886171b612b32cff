// Goal: RFC 5545: CR LF, folding at 75 octets, escaped texts, UTC, UIDs that stay.
#include "common/duty/rota_ics.h"

#include "common/base/bytes.h"
#include "common/base/text.h"
#include "tests/unit/common/duty/duty_fixture.h"

namespace jieban {
namespace {

using namespace duty_test;

// The lines of a file, without their ends. Fails where one is not ended by CR LF.
Lines raw_lines(const std::string& text) {
  Lines lines;
  for (size_t at = 0; at < text.size();) {
    const size_t end = text.find("\r\n", at);
    EXPECT_NE(end, std::string::npos);
    if (end == std::string::npos) break;
    lines.push_back(text.substr(at, end - at));
    EXPECT_EQ(lines.back().find_first_of("\r\n"), std::string::npos);
    at = end + 2;
  }
  return lines;
}

std::string unfolded(std::string text) {
  replace_all(text, "\r\n ", "");
  return text;
}

std::string ics_of(const RotaBook& book, std::string_view from, std::string_view until) {
  return to_ics({make_sheet(book, book.rotas.front(), {}, {local(from), local(until)})},
                local("2026-03-01 08:00"));
}

TEST(RotaIcs, IsACalendarOfItsShifts) {
  EXPECT_EQ(ics_of(seat_book(), "2026-03-02 08:30", "2026-03-02 20:30"),
            "BEGIN:VCALENDAR\r\n"
            "VERSION:2.0\r\n"
            "PRODID:-//jieban//rota//ZH\r\n"
            "CALSCALE:GREGORIAN\r\n"
            "BEGIN:VEVENT\r\n"
            "UID:seat-a-20260302T003000Z@jieban\r\n"
            "DTSTAMP:20260301T000000Z\r\n"
            "DTSTART:20260302T003000Z\r\n"
            "DTEND:20260302T123000Z\r\n"
            "SUMMARY:坐席值班：白班 坐席a\r\n"
            "CATEGORIES:坐席值班\r\n"
            "END:VEVENT\r\n"
            "END:VCALENDAR\r\n");
}

TEST(RotaIcs, TheSameShiftHasTheSameUidWhateverWasAskedFor) {
  const std::string uid = "UID:seat-d-20260302T123000Z@jieban\r\n";
  EXPECT_NE(ics_of(seat_book(), "2026-03-02 08:30", "2026-03-03 08:30").find(uid),
            std::string::npos);
  EXPECT_NE(ics_of(seat_book(), "2026-03-03 03:00", "2026-03-04 08:30").find(uid),
            std::string::npos);
}

// Also of a shift of three months, and of one that has no beginning.
TEST(RotaIcs, TheUidOfALongShiftStaysToo) {
  RotaBook book = seat_book();
  book.rotas.front().rules = {rule_of({}, 0, hour(24)), rule_of({"c"}, 0, hour(24))};
  book.rotas.front().rules.front().rotation =
      Rotation{RotationUnit::monthly, 3, local("2026-01-05 08:30"), {"a", "b"}, {}};
  for (const char* day : {"2026-04-05", "2026-05-20", "2026-07-04"}) {
    const std::string text = ics_of(book, std::string(day) + " 09:00", std::string(day) + " 10:00");
    EXPECT_NE(text.find("UID:seat-b-20260405T003000Z@jieban\r\n"), std::string::npos) << text;
    EXPECT_NE(text.find("UID:seat-c-always@jieban\r\n"), std::string::npos) << text;
  }
}

TEST(RotaIcs, LongLinesAreFoldedBetweenCharacters) {
  RotaBook book = seat_book();
  for (size_t blanks = 0; blanks < 4; ++blanks) {
    std::string name(blanks, 'x');
    for (int i = 0; i < 60; ++i) name += "值班";
    book.persons.front().name = name;
    const std::string text = ics_of(book, "2026-03-02 08:30", "2026-03-02 20:30");
    size_t folded = 0;
    for (const std::string& each : raw_lines(text)) {
      EXPECT_LE(each.size(), 75U);
      EXPECT_TRUE(is_utf8(each)) << each;
      folded += size_t(each.starts_with(' '));
    }
    EXPECT_GE(folded, 4U);
    EXPECT_NE(unfolded(text).find("SUMMARY:坐席值班：白班 " + name + "\r\n"), std::string::npos);
  }
}

TEST(RotaIcs, ALineOf75OctetsIsNotFolded) {
  EXPECT_EQ(ics_line(std::string(75, 'a')), std::string(75, 'a') + "\r\n");
  EXPECT_EQ(ics_line(std::string(76, 'a')), std::string(75, 'a') + "\r\n a\r\n");
  EXPECT_EQ(ics_line(std::string(150, 'a')),
            std::string(75, 'a') + "\r\n " + std::string(74, 'a') + "\r\n a\r\n");
  // What is no UTF-8 still ends.
  EXPECT_EQ(raw_lines(ics_line(std::string(200, '\x80'))).size(), 3U);
}

TEST(RotaIcs, TextsAreEscaped) {
  EXPECT_EQ(ics_text("a,b;c\\d\ne\r\tf"), "a\\,b\\;c\\\\d\\nef");
  RotaBook book = seat_book();
  book.persons.front().name = "甲\nEND:VEVENT";
  const std::string text = ics_of(book, "2026-03-02 08:30", "2026-03-02 20:30");
  EXPECT_NE(text.find("SUMMARY:坐席值班：白班 甲\\nEND:VEVENT\r\n"), std::string::npos);
}

}  // namespace
}  // namespace jieban
