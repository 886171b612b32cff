// Two searches over prefix sums: how much before an instant, and when so much is done.
#include "common/calendar/work_spans.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

Timestamp t(int64_t micros) { return from_micros(micros); }
Duration d(int64_t micros) { return Duration(micros); }

// Work from 10 to 20, and from 30 to 35.
WorkSpans two_spans() {
  WorkSpans spans;
  spans.append(t(10), t(20));
  spans.append(t(30), t(35));
  return spans;
}

TEST(WorkSpans, WorkBeforeAnInstant) {
  const WorkSpans spans = two_spans();
  EXPECT_EQ(spans.total(), d(15));
  EXPECT_EQ(spans.before(t(5)), d(0));
  EXPECT_EQ(spans.before(t(10)), d(0));
  EXPECT_EQ(spans.before(t(11)), d(1));
  EXPECT_EQ(spans.before(t(20)), d(10));
  EXPECT_EQ(spans.before(t(29)), d(10));
  EXPECT_EQ(spans.before(t(32)), d(12));
  EXPECT_EQ(spans.before(t(99)), d(15));
}

TEST(WorkSpans, AnAmountUsedUpAtAnEndIsReachedThere) {
  const WorkSpans spans = two_spans();
  EXPECT_EQ(spans.first_with(d(1)), t(11));
  EXPECT_EQ(spans.first_with(d(10)), t(20));
  EXPECT_EQ(spans.first_with(d(11)), t(31));
  EXPECT_EQ(spans.first_with(d(15)), t(35));
}

TEST(WorkSpans, AnAmountTakenBackToABeginningIsReachedThere) {
  const WorkSpans spans = two_spans();
  EXPECT_EQ(spans.last_with(d(0)), t(10));
  EXPECT_EQ(spans.last_with(d(9)), t(19));
  EXPECT_EQ(spans.last_with(d(10)), t(30));
  EXPECT_EQ(spans.last_with(d(14)), t(34));
}

TEST(WorkSpans, SpansThatTouchOrOverlapAreOne) {
  WorkSpans spans;
  spans.append(t(10), t(20));
  spans.append(t(20), t(25));
  spans.append(t(22), t(23));
  spans.append(t(24), t(30));
  spans.append(t(40), t(40));
  spans.append(t(40), t(39));
  EXPECT_EQ(spans.total(), d(20));
  EXPECT_TRUE(spans.contains(t(20)));
  EXPECT_FALSE(spans.contains(t(40)));
  EXPECT_FALSE(spans.next(t(30)).has_value());
}

TEST(WorkSpans, AnEndIsNoLongerWithin) {
  const WorkSpans spans = two_spans();
  EXPECT_FALSE(spans.contains(t(9)));
  EXPECT_TRUE(spans.contains(t(10)));
  EXPECT_TRUE(spans.contains(t(19)));
  EXPECT_FALSE(spans.contains(t(20)));
  EXPECT_EQ(spans.next(t(0)), t(10));
  EXPECT_EQ(spans.next(t(15)), t(15));
  EXPECT_EQ(spans.next(t(20)), t(30));
  EXPECT_FALSE(spans.next(t(35)).has_value());
}

TEST(WorkSpans, NothingIsNoWork) {
  const WorkSpans spans;
  EXPECT_EQ(spans.total(), d(0));
  EXPECT_EQ(spans.before(t(5)), d(0));
  EXPECT_FALSE(spans.contains(t(5)));
  EXPECT_FALSE(spans.next(t(5)).has_value());
}

}  // namespace
}  // namespace jieban
