// Goal: both forms of the ladder are read, and a ladder that does not rise is refused.
#include "daemons/sla-watcher/ladder_file.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

using std::chrono::hours;

Result<Ladder> read(const std::string& text) {
  auto document = Document::parse("warn_fractions:" + text, "c.yaml");
  if (!document.ok()) return document.error();
  return read_ladder(document->root());
}

TEST(LadderFile, AListIsALadderWithoutLevels) {
  auto ladder = read(" [50, 75]\n");
  ASSERT_TRUE(ladder.ok());
  ASSERT_EQ(ladder->rungs.size(), 2U);
  EXPECT_EQ(ladder->rungs[1].percent, 75U);
  EXPECT_EQ(ladder->rungs[1].level, "");
  EXPECT_EQ(ladder->repeat, 0);
}

TEST(LadderFile, AMapHasLevelsConditionsAndRepeats) {
  auto ladder = read(R"(
  blue: {percent: 40}
  orange: {percent: 80, left: 4h}
  red: {repeat: 2h, repeats_max: 3}
  left_from: 48h
  short: {levels: [orange], clocks: [sign, return], classes: [emergency]}
)");
  ASSERT_TRUE(ladder.ok()) << ladder.error().message;
  ASSERT_EQ(ladder->rungs.size(), 2U);
  EXPECT_EQ(ladder->rungs[0].level, "blue");
  EXPECT_FALSE(ladder->rungs[0].in_short.has_value());
  EXPECT_TRUE(*ladder->rungs[1].in_short);
  EXPECT_EQ(Duration(*ladder->rungs[1].left), hours(4));
  EXPECT_EQ(Duration(ladder->left_from), hours(48));
  EXPECT_EQ(Duration(ladder->repeat), hours(2));
  EXPECT_EQ(ladder->repeats_max, 3U);
  EXPECT_TRUE(ladder->is_short(ClockKind::return_window, "general"));
}

TEST(LadderFile, WhatIsNoLadderIsRefusedWithItsPlace) {
  struct Fault {
    const char* text;
    const char* told;
  };
  const std::vector<Fault> faults = {
      {" {blue: {percent: 75}, yellow: {percent: 50}}\n", "c.yaml:1:57: warn_fractions must rise"},
      {" {blue: {percent: 100}}\n", "c.yaml:1:34: warn_fractions must rise"},
      {" {blue: {left: 4h}}\n", "c.yaml:1:24: "},
      {" {violet: {percent: 50}}\n", "c.yaml:1:18: "},
      {" {red: {repeat: 0h, repeats_max: 1}}\n", "c.yaml:1:32: it must be longer"},
      {" {red: {repeat: 2h}}\n", "c.yaml:1:23: "},
      {" {short: {levels: [blue]}}\n", "c.yaml:1:25: no level of this ladder"},
      {" {blue: {percent: 50}, short: {clocks: [lunch]}}\n", "c.yaml:1:46: no clock is called"},
  };
  for (const Fault& fault : faults) {
    auto ladder = read(fault.text);
    ASSERT_FALSE(ladder.ok()) << fault.text;
    EXPECT_EQ(ladder.error().message.find(fault.told), 0U) << fault.text << ladder.error().message;
  }
}

}  // namespace
}  // namespace jieban
