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
                "110102007", local("2026-03-01 08:00"));
}

TEST(RotaIcs, IsACalendarOfItsShifts) {
  EXPECT_EQ(ics_of(seat_book(), "2026-03-02 08:30", "2026-03-02 20:30"),
            "BEGIN:VCALENDAR\r\n"
            "VERSION:2.0\r\n"
            "PRODID:-//jieban//rota//ZH\r\n"
            "CALSCALE:GREGORIAN\r\n"
            "BEGIN:VEVENT\r\n"
            "UID:110102007-seat-20260302T003000Z-1@jieban\r\n"
            "SEQUENCE:29538720\r\n"
            "DTSTAMP:20260301T000000Z\r\n"
            "DTSTART:20260302T003000Z\r\n"
            "DTEND:20260302T123000Z\r\n"
            "SUMMARY:坐席值班：白班 坐席a\r\n"
            "CATEGORIES:坐席值班\r\n"
            "END:VEVENT\r\n"
            "END:VCALENDAR\r\n");
}

TEST(RotaIcs, TheSameShiftHasTheSameUidWhateverWasAskedFor) {
  const std::string uid = "UID:110102007-seat-20260302T123000Z-1@jieban\r\n";
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
    EXPECT_NE(text.find("UID:110102007-seat-20260405T003000Z-1@jieban\r\n"), std::string::npos)
        << text;
    EXPECT_NE(text.find("UID:110102007-seat-always-1@jieban\r\n"), std::string::npos) << text;
  }
}

// The lines that begin with one of these, of all events.
Lines picked(const std::string& text, const Lines& names) {
  Lines found;
  for (const std::string& line : raw_lines(unfolded(text))) {
    for (const std::string& name : names) {
      if (line.starts_with(name)) found.push_back(line);
    }
  }
  return found;
}

TEST(RotaIcs, ASwappedShiftReplacesItsEvent) {
  RotaBook book = seat_book();
  const TimeSpan span{local("2026-03-02 08:30"), local("2026-03-02 20:30")};
  const auto file = [&](std::string_view stamp) {
    return to_ics({make_sheet(book, book.rotas.front(), {}, span)}, "110102007", local(stamp));
  };
  const std::string before = file("2026-03-01 08:00");
  book.changes.overrides = {override_of("2026-03-02 08:30", "2026-03-02 20:30", "c", {"a"})};
  const std::string after = file("2026-03-01 09:00");
  EXPECT_EQ(picked(before, {"UID:"}), picked(after, {"UID:"}));
  EXPECT_EQ(picked(before, {"SUMMARY:"}), Lines{"SUMMARY:坐席值班：白班 坐席a"});
  EXPECT_NE(picked(after, {"SUMMARY:"}), picked(before, {"SUMMARY:"}));
  EXPECT_EQ(picked(before, {"SEQUENCE:"}), Lines{"SEQUENCE:29538720"});
  EXPECT_EQ(picked(after, {"SEQUENCE:"}), Lines{"SEQUENCE:29538780"}) << "a later file wins";
}

// Two persons begin together; one goes at noon, and leaves no other place to the one who stays.
TEST(RotaIcs, APlaceIsTheSameWhateverWasAskedFor) {
  RotaBook book = seat_book();
  book.rotas.front().rules = {rule_of({"a"}, hour(8), hour(12)), rule_of({"b"}, hour(8), hour(16))};
  const Lines both = picked(ics_of(book, "2026-03-02 08:00", "2026-03-02 20:00"), {"UID:"});
  ASSERT_EQ(both.size(), 2U);
  EXPECT_NE(both[0], both[1]);
  EXPECT_EQ(picked(ics_of(book, "2026-03-02 13:00", "2026-03-02 14:00"), {"UID:"}), Lines{both[1]});
}

TEST(RotaIcs, TwoStreetsDoNotShareAnEvent) {
  const RotaBook book = seat_book();
  const std::vector<RotaSheet> sheets = {make_sheet(
      book, book.rotas.front(), {}, {local("2026-03-02 08:30"), local("2026-03-02 20:30")})};
  const Timestamp stamp = local("2026-03-01 08:00");
  EXPECT_NE(picked(to_ics(sheets, "110102007", stamp), {"UID:"}),
            picked(to_ics(sheets, "110105001", stamp), {"UID:"}));
}

// RFC 5545 §3.6: a calendar has at least one component.
TEST(RotaIcs, ASpanWithoutShiftsIsOneEventThatSaysSo) {
  RotaBook book = seat_book();
  book.rotas.front().rules.clear();
  EXPECT_EQ(
      picked(ics_of(book, "2026-03-02 08:30", "2026-03-02 20:30"),
             {"BEGIN:", "UID:", "DTSTART:", "DTEND:", "SUMMARY:"}),
      (Lines{"BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:110102007-seat-nobody-20260302T003000Z@jieban",
             "DTSTART:20260302T003000Z", "DTEND:20260302T123000Z", "SUMMARY:坐席值班：无人值班"}));
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
