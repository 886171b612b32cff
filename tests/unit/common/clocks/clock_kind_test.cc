// Goal: every word of time is read back as what it was written for, and no other word is.
#include "common/clocks/clock_kind.h"

#include <gtest/gtest.h>

#include <string>

namespace jieban {
namespace {

template <class Word>
void expect_words(std::initializer_list<std::pair<Word, const char*>> words) {
  for (const auto& [word, text] : words) {
    EXPECT_EQ(to_string(word), text);
    Word read{};
    EXPECT_TRUE(from_string(text, read));
    EXPECT_EQ(read, word);
    EXPECT_FALSE(from_string(std::string(text) + "s", read));
  }
}

TEST(ClockKind, WordsAreReadBack) {
  using enum ClockKind;
  expect_words<ClockKind>({{sign, "sign"},
                           {forward, "forward"},
                           {return_window, "return"},
                           {contact, "contact"},
                           {internal, "internal"},
                           {audit, "audit"},
                           {due, "due"},
                           {redo, "redo"},
                           {appeal, "appeal"},
                           {review, "review"}});
  expect_words<ClockSource>({{ClockSource::rule, "rule"},
                             {ClockSource::order, "order"},
                             {ClockSource::extension, "extension"}});
  expect_words<CalendarKind>({{CalendarKind::natural, "natural"},
                              {CalendarKind::workday, "workday"},
                              {CalendarKind::worktime, "worktime"}});
  expect_words<Rounding>({{Rounding::exact, "exact"}, {Rounding::day_end, "day_end"}});
  expect_words<PauseReason>({{PauseReason::return_pending, "return_pending"},
                             {PauseReason::awaiting_caller, "awaiting_caller"},
                             {PauseReason::court, "court"}});
}

TEST(ClockSet, HoldsWhatItWasGiven) {
  const ClockSet set = {ClockKind::sign, ClockKind::review};
  EXPECT_TRUE(set.has(ClockKind::sign));
  EXPECT_TRUE(set.has(ClockKind::review));
  EXPECT_FALSE(set.has(ClockKind::due));
  EXPECT_TRUE(ClockSet().empty());
  for (ClockKind kind : kClockKinds) EXPECT_TRUE(ClockSet::all().has(kind));
  EXPECT_FALSE(ClockSet::all().without(set).has(ClockKind::sign));
  EXPECT_TRUE((set & ClockSet{ClockKind::sign}).has(ClockKind::sign));
  EXPECT_FALSE((set & ClockSet{ClockKind::sign}).has(ClockKind::review));
}

TEST(ClockSet, IsKeptAsBits) {
  const ClockSet set = {ClockKind::sign, ClockKind::review};
  EXPECT_EQ(ClockSet::of_bits(set.bits()).bits(), set.bits());
  EXPECT_TRUE(ClockSet::of_bits(set.bits()).has(ClockKind::review));
  EXPECT_FALSE(ClockSet::of_bits(set.bits()).has(ClockKind::due));
  EXPECT_EQ(ClockSet::of_bits(~uint64_t{0}).bits(), ClockSet::all().bits()) << "no such clocks";
  EXPECT_TRUE((set | ClockSet{ClockKind::due}).has(ClockKind::due));
}

}  // namespace
}  // namespace jieban
