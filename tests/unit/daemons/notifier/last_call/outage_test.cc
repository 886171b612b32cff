#include "daemons/notifier/last_call/outage.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr OutageRules kRules{minutes(3), minutes(30)};
const Timestamp kBegin = parse_local("2026-11-23 02:00:00").value();

const std::set<std::string> kBoth = {"p-li", "p-zhou"};

// Looks once while it does not work; those of `reachable` who are left hear of it.
std::set<std::string> look_down(Outage& outage, Timestamp now,
                                const std::set<std::string>& reachable) {
  if (look(outage, false, now, kRules) != OutageWord::down) return {};
  std::set<std::string> told;
  for (const std::string& person : still_to_tell(outage, OutageWord::down, kBoth)) {
    if (reachable.contains(person)) told.insert(person);
  }
  note_told(outage, OutageWord::down, told, now);
  return told;
}

TEST(Outage, IsToldAfterAWhileThenNowAndThenUntilItIsOver) {
  Outage outage;
  Timestamp now = kBegin;
  std::vector<int64_t> told;
  for (; now < kBegin + minutes(70); now += minutes(1)) {
    if (look_down(outage, now, kBoth) == kBoth) told.push_back((now - kBegin) / minutes(1));
  }
  EXPECT_EQ(told, (std::vector<int64_t>{3, 33, 63}));
  EXPECT_EQ(outage.since, kBegin);
  EXPECT_EQ(look(outage, true, now, kRules), OutageWord::over);
  EXPECT_EQ(still_to_tell(outage, OutageWord::over, {}), kBoth);
  note_told(outage, OutageWord::over, kBoth, now);
  EXPECT_EQ(outage, Outage());
  EXPECT_EQ(look(outage, true, now, kRules), OutageWord::nothing) << "once";
}

TEST(Outage, OneThatWasShortOrReachedNobody) {
  Outage restart;
  EXPECT_EQ(look(restart, false, kBegin, kRules), OutageWord::nothing);
  EXPECT_EQ(look(restart, true, kBegin + minutes(2), kRules), OutageWord::nothing);
  EXPECT_EQ(restart, Outage());
  Outage unheard;
  look(unheard, false, kBegin, kRules);
  for (int i = 3; i < 6; ++i) {
    EXPECT_EQ(look(unheard, false, kBegin + minutes(i), kRules), OutageWord::down);
    EXPECT_EQ(still_to_tell(unheard, OutageWord::down, kBoth), kBoth);
  }
}

TEST(Outage, WhomARoundDidNotReachIsTriedWithEachLookAndNobodyElse) {
  Outage outage;
  look_down(outage, kBegin, {});
  const std::set<std::string> li = {"p-li"};
  const std::set<std::string> zhou = {"p-zhou"};
  EXPECT_EQ(look_down(outage, kBegin + minutes(3), zhou), zhou);
  EXPECT_EQ(still_to_tell(outage, OutageWord::down, kBoth), li);
  EXPECT_EQ(look_down(outage, kBegin + minutes(4), zhou), std::set<std::string>{});
  EXPECT_EQ(look_down(outage, kBegin + minutes(5), kBoth), li);
  EXPECT_EQ(look_down(outage, kBegin + minutes(6), kBoth), std::set<std::string>{});
  EXPECT_EQ(look_down(outage, kBegin + minutes(33), kBoth), kBoth) << "the next round";
}

TEST(Outage, ThatItIsOverIsForThoseWhoHeardOfItAndIsTriedForAWhile) {
  Outage outage;
  look_down(outage, kBegin, {});
  look_down(outage, kBegin + minutes(3), {"p-zhou"});
  const Timestamp back = kBegin + minutes(10);
  EXPECT_EQ(look(outage, true, back, kRules), OutageWord::over);
  EXPECT_EQ(still_to_tell(outage, OutageWord::over, kBoth), std::set<std::string>{"p-zhou"});
  note_told(outage, OutageWord::over, {}, back);
  EXPECT_EQ(look(outage, true, back + minutes(29), kRules), OutageWord::over);
  Outage again = outage;
  EXPECT_EQ(look(outage, true, back + minutes(30), kRules), OutageWord::nothing);
  EXPECT_EQ(outage, Outage());
  EXPECT_EQ(look(again, false, back + minutes(1), kRules), OutageWord::nothing);
  EXPECT_EQ(again.since, back + minutes(1)) << "another outage, which has to last as well";
  EXPECT_EQ(still_to_tell(again, OutageWord::down, kBoth), kBoth);
}

// The next look goes on with the round, under the ids of the one before.
TEST(Outage, ARoundHasOneIdAndTheNextOneAnother) {
  Outage outage;
  look(outage, false, kBegin, kRules);
  ASSERT_EQ(look(outage, false, kBegin + minutes(3), kRules), OutageWord::down);
  outage.open = {"p-li kannel"};
  const std::string first = round_id(outage, OutageWord::down);
  look(outage, false, kBegin + minutes(4), kRules);
  EXPECT_EQ(round_id(outage, OutageWord::down), first);
  EXPECT_EQ(outage.open, std::set<std::string>{"p-li kannel"});
  note_told(outage, OutageWord::down, kBoth, kBegin + minutes(4));
  outage.groups = {"group"};
  look(outage, false, kBegin + minutes(34), kRules);
  EXPECT_NE(round_id(outage, OutageWord::down), first);
  EXPECT_TRUE(outage.open.empty() && outage.groups.empty()) << "those were of the first one";
}

TEST(Outage, WhoMayHaveHeardOfItHearsThatItIsOver) {
  Outage outage;
  look(outage, false, kBegin, kRules);
  look(outage, false, kBegin + minutes(3), kRules);
  outage.open = {"p-li kannel"};  // the look was ended before the answer
  const Timestamp back = kBegin + minutes(5);
  EXPECT_EQ(look(outage, true, back, kRules), OutageWord::over);
  EXPECT_EQ(still_to_tell(outage, OutageWord::over, kBoth), std::set<std::string>{"p-li"});
  EXPECT_TRUE(outage.open.empty()) << "another message";
  const std::string over = round_id(outage, OutageWord::over);
  look(outage, true, back + minutes(1), kRules);
  EXPECT_EQ(round_id(outage, OutageWord::over), over);
}

TEST(Outage, AClockThatWasSetBackHoldsNoCallBack) {
  Outage outage;
  outage.since = outage.told_at = kBegin + minutes(60);
  outage.reached = kBoth;
  EXPECT_EQ(look(outage, false, kBegin, kRules), OutageWord::nothing);
  EXPECT_EQ(look(outage, false, kBegin + minutes(30), kRules), OutageWord::down);
  EXPECT_EQ(still_to_tell(outage, OutageWord::down, kBoth), kBoth);
}

TEST(Outage, IsKeptAsTextAndWhatIsNoneIsNone) {
  Outage some;
  some.since = kBegin;
  Outage all{kBegin, kBegin + seconds(1), kBegin + seconds(2), {"p-li"},
             kBoth,  kBegin + seconds(3), {"p-li kannel"},     {"group"}};
  for (const Outage& outage : {Outage(), some, all}) {
    EXPECT_EQ(parse_outage(print_outage(outage)), outage);
  }
  for (const char* text : {"", "{", "[]", "{\"since\":\"x\"}", "{\"told_at\":5}"}) {
    EXPECT_EQ(parse_outage(text), Outage()) << text;
  }
  EXPECT_EQ(parse_outage("{\"since\":1,\"reached\":[1,{}],\"heard\":5}").heard.size(), 0U);
}

}  // namespace
}  // namespace jieban
