// Goal: a due time is put off within the limits of its class, to the microsecond.
#include "common/clocks/extension.h"

#include <gtest/gtest.h>

#include "tests/support/clock_limits.h"

namespace jieban {
namespace {

using std::chrono::hours;

constexpr Timestamp kDue = from_micros(hours(1000) / std::chrono::microseconds(1));

ClassRules week() {
  ClassRules rules;
  rules.due = limit_of(hours(168));
  return rules;
}

ExtensionQuestion by(Duration longer) {
  return {.due = kDue, .wanted = kDue + longer, .now = kDue - hours(1)};
}

TEST(Extension, IsOneMorePeriodOfTheClassAtMost) {
  EXPECT_EQ(judge_extension(week(), by(hours(168))), ExtensionFault::none);
  EXPECT_EQ(judge_extension(week(), by(hours(168) + Duration(1))), ExtensionFault::length);
  EXPECT_EQ(judge_extension(week(), by(Duration(1))), ExtensionFault::none);
  EXPECT_EQ(judge_extension(week(), by(Duration(0))), ExtensionFault::earlier);
  ClassRules rules = week();
  rules.extension.length = micros(hours(5));
  EXPECT_EQ(extension_length(rules), hours(5));
  EXPECT_EQ(judge_extension(rules, by(hours(6))), ExtensionFault::length);
  EXPECT_EQ(extension_length(ClassRules()), Duration(0)) << "a class without a due clock";
}

TEST(Extension, IsGrantedAsOftenAsTheClassAllows) {
  ExtensionQuestion question = by(hours(1));
  question.approved = 1;
  EXPECT_EQ(judge_extension(week(), question), ExtensionFault::count);
  ClassRules rules = week();
  rules.extension.count = 2;
  EXPECT_EQ(judge_extension(rules, question), ExtensionFault::none);
  rules.extension.count = 0;
  EXPECT_EQ(judge_extension(rules, by(hours(1))), ExtensionFault::count);
}

TEST(Extension, WhatIsLateStaysLateAndWhatStandsStillIsNotLate) {
  ExtensionQuestion question = by(hours(1));
  question.now = kDue;
  EXPECT_EQ(judge_extension(week(), question), ExtensionFault::none) << "at the due time";
  question.now = kDue + Duration(1);
  EXPECT_EQ(judge_extension(week(), question), ExtensionFault::expired);
  question.paused_since = kDue;
  EXPECT_EQ(judge_extension(week(), question), ExtensionFault::none);
  question.paused_since = kDue + Duration(1);
  EXPECT_EQ(judge_extension(week(), question), ExtensionFault::expired);
}

TEST(Extension, EachFaultHasItsWord) {
  EXPECT_EQ(to_string(ExtensionFault::expired), "extension_expired");
  EXPECT_EQ(to_string(ExtensionFault::earlier), "extension_earlier");
  EXPECT_EQ(to_string(ExtensionFault::count), "extension_count");
  EXPECT_EQ(to_string(ExtensionFault::length), "extension_length");
}

}  // namespace
}  // namespace jieban
