#include "daemons/notifier/last_call/outage.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr OutageRules kRules{minutes(3), minutes(30)};
const Timestamp kBegin = parse_local("2026-11-23 02:00:00").value();

TEST(Outage, IsToldAfterAWhileThenNowAndThenUntilItIsOver) {
  Outage outage;
  Timestamp now = kBegin;
  std::vector<int64_t> told;
  for (; now < kBegin + minutes(70); now += minutes(1)) {
    if (look(outage, false, now, kRules) != OutageWord::down) continue;
    told.push_back((now - kBegin) / minutes(1));
    outage.told_at = now;
  }
  EXPECT_EQ(told, (std::vector<int64_t>{3, 33, 63}));
  EXPECT_EQ(outage.since, kBegin);
  EXPECT_EQ(look(outage, true, now, kRules), OutageWord::over);
  EXPECT_EQ(outage, Outage());
  EXPECT_EQ(look(outage, true, now, kRules), OutageWord::nothing) << "once";
}

TEST(Outage, OneThatWasShortOrReachedNobody) {
  Outage restart;
  EXPECT_EQ(look(restart, false, kBegin, kRules), OutageWord::nothing);
  EXPECT_EQ(look(restart, true, kBegin + minutes(2), kRules), OutageWord::nothing);
  Outage unheard;
  look(unheard, false, kBegin, kRules);
  for (int i = 3; i < 6; ++i) {
    EXPECT_EQ(look(unheard, false, kBegin + minutes(i), kRules), OutageWord::down);
  }
}

TEST(Outage, AClockThatWasSetBackHoldsNoCallBack) {
  Outage outage{kBegin + minutes(60), kBegin + minutes(60)};
  EXPECT_EQ(look(outage, false, kBegin, kRules), OutageWord::nothing);
  EXPECT_EQ(look(outage, false, kBegin + minutes(30), kRules), OutageWord::down);
}

TEST(Outage, IsKeptAsTextAndWhatIsNoneIsNone) {
  for (const Outage& outage : {Outage(), Outage{kBegin, {}}, Outage{kBegin, kBegin + seconds(1)}}) {
    EXPECT_EQ(parse_outage(print_outage(outage)), outage);
  }
  for (const char* text : {"", "{", "[]", "{\"since\":\"x\"}", "{\"told_at\":5}"}) {
    EXPECT_EQ(parse_outage(text), Outage()) << text;
  }
}

}  // namespace
}  // namespace jieban
