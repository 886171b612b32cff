// Goal: the classes are read whole, and a clock that counts by a calendar has one.
#include "common/clocks/clocks_file.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

const std::string kOffice = JIEBAN_SOURCE_DIR "/config/calendar/office.yaml";

Document document_of(const std::string& general = "due: 7d") {
  auto document = Document::parse(
      "version: \"1\"\nclasses:\n"
      "  emergency: {sign: 10m, forward: 10m, due: 2h}\n"
      "  general: {sign: 30m, forward: 1h, " +
          general + "}\n",
      "clocks.yaml");
  CHECK(document.ok());
  return std::move(*document);
}

ClassTable table_of(const Document& document) {
  auto table = read_class_table(document.root());
  CHECK(table.ok());
  return *table;
}

TEST(ClocksFile, ReadsEachClass) {
  const ClassTable table = table_of(document_of("due: 7d, pauses: [court]"));
  ASSERT_EQ(table.size(), 2U);
  EXPECT_TRUE(table.at("general").may_pause(PauseReason::court));
  EXPECT_FALSE(table.at("emergency").may_pause(PauseReason::court));
}

TEST(ClocksFile, TheTwoClassesThatAreAlwaysGivenAreNeeded) {
  for (const char* one : {"emergency", "general"}) {
    auto document = Document::parse(
        std::string("classes:\n  ") + one + ": {sign: 1m, forward: 1m, due: 1h}\n", "clocks.yaml");
    ASSERT_TRUE(document.ok());
    auto table = read_class_table(document->root());
    ASSERT_FALSE(table.ok()) << one;
    EXPECT_EQ(table.error().message.find("clocks.yaml:2:"), 0U) << table.error().message;
  }
}

TEST(ClocksFile, AKeyThatNobodyReadsIsRefused) {
  EXPECT_TRUE(check_clocks_keys(document_of().root()).ok());
  auto document = Document::parse("version: \"1\"\npause: []\n", "clocks.yaml");
  ASSERT_TRUE(document.ok());
  EXPECT_FALSE(check_clocks_keys(document->root()).ok());
}

TEST(ClocksFile, AClockThatCountsByACalendarHasOne) {
  const Document natural = document_of();
  const Document working = document_of("due: {limit: 5d, calendar: workday}");
  EXPECT_FALSE(needs_calendar(table_of(natural)));
  EXPECT_TRUE(needs_calendar(table_of(working)));
  auto none = read_clock_calendar(natural.root(), table_of(natural), "");
  ASSERT_TRUE(none.ok());
  EXPECT_FALSE(none->has_value());
  auto missing = read_clock_calendar(working.root(), table_of(working), "");
  ASSERT_FALSE(missing.ok());
  EXPECT_NE(missing.error().message.find("the clock due of general"), std::string::npos);
  EXPECT_NE(missing.error().message.find("rules.calendar"), std::string::npos);
  auto found = read_clock_calendar(working.root(), table_of(working), kOffice);
  ASSERT_TRUE(found.ok()) << found.error().message;
  EXPECT_TRUE(parse_calendar(**found).ok());
  EXPECT_FALSE(read_clock_calendar(working.root(), table_of(working), "/nowhere.yaml").ok());
}

}  // namespace
}  // namespace jieban
