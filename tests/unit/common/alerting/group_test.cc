#include "common/alerting/group.h"

#include "tests/unit/common/alerting/payloads.h"

namespace jieban {
namespace {

using std::chrono::seconds;

GroupTiming timing() { return {seconds(30), seconds(300), seconds(1000), Duration::zero(), true}; }

Alert about(const char* unit) { return {{{"unit", unit}}, {}, {}, {}}; }

Alert ended(const char* unit, int64_t at) { return {{{"unit", unit}}, {}, {}, second(at)}; }

std::vector<std::string> units(const std::vector<AlertEpisode>& episodes) {
  std::vector<std::string> out;
  for (const AlertEpisode& each : episodes) out.push_back(each.labels.at("unit"));
  return out;
}

using Names = std::vector<std::string>;

struct Desk {
  GroupRow group;
  Names quiet;  // units that are muted

  void push(const Alert& alert, int64_t at) { jieban::push(group, alert, timing(), second(at)); }
  std::optional<GroupNotice> flush(int64_t at) {
    return jieban::flush(
        group, timing(),
        [&](const AlertEpisode& each) {
          return std::find(quiet.begin(), quiet.end(), each.labels.at("unit")) != quiet.end();
        },
        second(at));
  }
  Timestamp due() const { return next_due(group, timing()); }
};

TEST(Group, WaitsForCompanyAndTellsAllAtOnce) {
  Desk desk;
  EXPECT_EQ(desk.due(), kTimestampMax);
  desk.push(about("a"), 0);
  desk.push(about("b"), 20);
  EXPECT_EQ(desk.due(), second(30));
  EXPECT_FALSE(desk.flush(29).has_value());
  const auto notice = desk.flush(30);
  ASSERT_TRUE(notice.has_value());
  EXPECT_EQ(notice->reason, UpdateReason::first);
  EXPECT_EQ(units(notice->firing), (Names{"a", "b"}));
}

TEST(Group, AnAlertThatIsOldAlreadyWaitsNoLonger) {
  Desk desk;
  Alert old = about("a");
  old.starts_at = second(-31);
  desk.push(old, 0);
  EXPECT_EQ(desk.due(), second(0));
}

TEST(Group, ChangesAreToldAtTheNextTick) {
  Desk desk;
  desk.push(about("a"), 0);
  ASSERT_TRUE(desk.flush(30).has_value());
  desk.push(about("b"), 31);
  EXPECT_EQ(desk.due(), second(330));
  const auto notice = desk.flush(330);
  ASSERT_TRUE(notice.has_value());
  EXPECT_EQ(notice->reason, UpdateReason::more_firing);
  EXPECT_EQ(units(notice->firing), (Names{"a", "b"}));
}

// Alertmanager waits for the tick after: 1000 s came at 1200 s.
TEST(Group, ARepeatComesAtItsTimeAndNotAtTheTickAfter) {
  Desk desk;
  desk.push(about("a"), 0);
  ASSERT_TRUE(desk.flush(30).has_value());
  for (int64_t tick : {330, 630, 930}) {
    EXPECT_EQ(desk.due(), second(tick));
    EXPECT_FALSE(desk.flush(tick).has_value());
  }
  EXPECT_EQ(desk.due(), second(1030));
  const auto notice = desk.flush(1030);
  ASSERT_TRUE(notice.has_value());
  EXPECT_EQ(notice->reason, UpdateReason::repeat);
}

TEST(Group, ARepeatIsNeverWithinTheInterval) {
  GroupTiming fast = timing();
  fast.repeat = Duration(1000);
  GroupRow group;
  push(group, about("a"), fast, second(0));
  ASSERT_TRUE(flush(group, fast, {}, second(30)).has_value());
  EXPECT_EQ(next_due(group, fast), second(330));
}

// Alertmanager never tells of it: the alert fires before as after.
TEST(Group, AnEndAndANewBeginningBetweenTwoTicksAreBothTold) {
  Desk desk;
  desk.push(about("a"), 0);
  ASSERT_TRUE(desk.flush(30).has_value());
  desk.push(ended("a", 100), 100);
  desk.push(about("a"), 120);
  const auto notice = desk.flush(330);
  ASSERT_TRUE(notice.has_value());
  EXPECT_EQ(units(notice->firing), Names{"a"});
  EXPECT_EQ(units(notice->resolved), Names{"a"});
  EXPECT_EQ(notice->resolved[0].ends_at, second(100));
  EXPECT_EQ(notice->firing[0].starts_at, second(120));
}

TEST(Group, AnEndIsToldOnceAndThenTheGroupIsOver) {
  Desk desk;
  desk.push(about("a"), 0);
  ASSERT_TRUE(desk.flush(30).has_value());
  desk.push(ended("a", 100), 100);
  const auto notice = desk.flush(330);
  ASSERT_TRUE(notice.has_value());
  EXPECT_EQ(notice->reason, UpdateReason::all_resolved);
  EXPECT_FALSE(notice->silent);
  EXPECT_TRUE(is_over(desk.group));
  EXPECT_EQ(desk.due(), kTimestampMax);
}

TEST(Group, WhereEndsAreNotToldTheLastOneIsSilent) {
  GroupTiming quiet = timing();
  quiet.send_resolved = false;
  GroupRow group;
  push(group, about("a"), quiet, second(0));
  ASSERT_TRUE(flush(group, quiet, {}, second(30)).has_value());
  push(group, ended("a", 100), quiet, second(100));
  const auto notice = flush(group, quiet, {}, second(330));
  ASSERT_TRUE(notice.has_value());
  EXPECT_TRUE(notice->silent);
  EXPECT_TRUE(notice->resolved.empty());
}

TEST(Group, WhatIsMutedIsToldWhenItIsMutedNoLonger) {
  Desk desk;
  desk.quiet = {"b"};
  desk.push(about("a"), 0);
  desk.push(about("b"), 0);
  EXPECT_EQ(units(desk.flush(30)->firing), Names{"a"});
  EXPECT_FALSE(desk.flush(330).has_value());
  desk.quiet.clear();
  EXPECT_EQ(units(desk.flush(630)->firing), (Names{"a", "b"}));
}

TEST(Group, AMutedGroupIsNotToldButStays) {
  Desk desk;
  desk.quiet = {"a"};
  desk.push(about("a"), 0);
  EXPECT_FALSE(desk.flush(30).has_value());
  EXPECT_FALSE(is_over(desk.group));
  desk.quiet.clear();
  EXPECT_EQ(desk.flush(330)->reason, UpdateReason::first);
}

TEST(Group, WhatWasToldBeforeItWasMutedIsNoNewsAfterwards) {
  Desk desk;
  desk.push(about("a"), 0);
  ASSERT_TRUE(desk.flush(30).has_value());
  desk.quiet = {"a"};
  EXPECT_FALSE(desk.flush(330).has_value()) << "it still fires";
  desk.quiet.clear();
  EXPECT_FALSE(desk.flush(630).has_value()) << "and was told";
  EXPECT_EQ(desk.flush(1030)->reason, UpdateReason::repeat) << "at its time";
}

TEST(Group, ARepeatThatNobodyMayHearWaitsForTheFirstTickThatMayTell) {
  Desk desk;
  desk.push(about("a"), 0);
  ASSERT_TRUE(desk.flush(30).has_value());
  desk.quiet = {"a"};
  for (int64_t tick : {330, 630, 930, 1030}) EXPECT_FALSE(desk.flush(tick).has_value()) << tick;
  EXPECT_EQ(desk.due(), second(1230)) << "not at once, again and again";
  EXPECT_FALSE(desk.flush(1230).has_value());
  desk.quiet.clear();
  EXPECT_EQ(desk.due(), second(1530));
  EXPECT_EQ(desk.flush(1530)->reason, UpdateReason::repeat);
}

TEST(Group, WhatDidNotFitIsToldOnlyWhenOneOfThemFiresAndIsNotMuted) {
  Desk desk;
  for (size_t i = 0; i < kGroupAlertsMax; ++i) desk.push(about("a"), 0);
  for (size_t i = 0; i <= kGroupAlertsMax; ++i) desk.push(about(std::to_string(i).c_str()), 0);
  const Muted all = [](const AlertEpisode&) { return true; };
  const auto no = [] { return false; };
  const auto yes = [] { return true; };
  EXPECT_FALSE(flush(desk.group, timing(), all, second(30), no).has_value());
  EXPECT_EQ(desk.group.beyond, 2U) << "kept for later";
  const auto notice = flush(desk.group, timing(), all, second(330), yes);
  ASSERT_TRUE(notice.has_value());
  EXPECT_EQ(notice->beyond, 2U);
}

TEST(Group, SaysWhetherItHasAPlaceForAnAlert) {
  GroupRow group;
  for (size_t i = 0; i < kGroupAlertsMax; ++i) {
    EXPECT_TRUE(push(group, about(std::to_string(i).c_str()), timing(), second(0)));
  }
  EXPECT_FALSE(push(group, about("more"), timing(), second(0)));
  EXPECT_TRUE(push(group, about("0"), timing(), second(0))) << "it is in already";
}

TEST(Group, WhatBeganAndEndedBeforeTheFirstTellingIsNotTold) {
  Desk desk;
  desk.push(about("a"), 0);
  desk.push(ended("a", 10), 10);
  EXPECT_FALSE(desk.flush(30).has_value());
  EXPECT_TRUE(is_over(desk.group));
}

TEST(Group, ADowntimeIsOneTelling) {
  Desk desk;
  desk.push(about("a"), 0);
  ASSERT_TRUE(desk.flush(30).has_value());
  ASSERT_TRUE(desk.flush(100'000).has_value());
  EXPECT_FALSE(desk.flush(100'000).has_value());
  EXPECT_EQ(desk.due(), second(100'300));
}

TEST(Group, WithoutRefreshAnAlertEndsByItself) {
  GroupTiming expiring = timing();
  expiring.resolve_timeout = seconds(200);
  GroupRow group;
  push(group, about("a"), expiring, second(0));
  push(group, about("a"), expiring, second(100));
  EXPECT_FALSE(flush(group, expiring, {}, second(30))->firing[0].ends_at.has_value());
  EXPECT_FALSE(group.episodes[0].ended(second(299)));
  EXPECT_EQ(flush(group, expiring, {}, second(330))->resolved[0].ends_at, second(300));
}

TEST(Group, AnAlertThatDoesNotFitIsCountedAndTold) {
  Desk desk;
  for (size_t i = 0; i < kGroupAlertsMax; ++i) desk.push(about(std::to_string(i).c_str()), 0);
  ASSERT_EQ(desk.flush(30)->beyond, 0U);
  desk.push(about("more"), 40);
  desk.push(about("still more"), 40);
  desk.push(about("0"), 40);  // a refresh has its place
  const auto notice = desk.flush(330);
  ASSERT_TRUE(notice.has_value());
  EXPECT_EQ(notice->beyond, 2U);
  EXPECT_FALSE(desk.flush(630).has_value());
}

TEST(Group, OneThatHadNoPlaceTakesItWhenTheOthersHaveEndedAndIsNoNews) {
  Desk desk;
  for (size_t i = 0; i < kGroupAlertsMax; ++i) desk.push(about(std::to_string(i).c_str()), 0);
  desk.push(about("more"), 10);
  ASSERT_EQ(desk.flush(30)->beyond, 1U);
  for (size_t i = 0; i < kGroupAlertsMax; ++i) desk.push(ended(std::to_string(i).c_str(), 40), 40);
  EXPECT_FALSE(fires(desk.group, second(40)));
  adopt(desk.group, about("more"), timing(), second(40));
  EXPECT_TRUE(fires(desk.group, second(40)));
  EXPECT_FALSE(desk.flush(330).has_value()) << "it was told, as one of those beyond";
  desk.flush(630);
  desk.flush(930);
  const auto notice = desk.flush(1030);
  ASSERT_TRUE(notice.has_value());
  EXPECT_EQ(notice->reason, UpdateReason::repeat);
  EXPECT_EQ(units(notice->firing), Names{"more"});
}

TEST(Group, IsAPayload) {
  Desk desk;
  desk.push(about("a"), 0);
  desk.push(about("b"), 0);
  ASSERT_TRUE(desk.flush(30).has_value());
  desk.push(ended("a", 100), 100);
  expect_payload(desk.group);
  expect_payload(desk.group.episodes[0]);
  expect_payload(*desk.group.told);
}

TEST(Group, AFullRowCanBeRead) {
  Desk desk;
  for (size_t i = 0; i < kGroupAlertsMax; ++i) {
    Alert alert = about(std::to_string(i).c_str());
    for (int n = 0; n < 8; ++n) alert.labels["l" + std::to_string(n)] = "x";
    desk.push(alert, 0);
  }
  ASSERT_TRUE(desk.flush(30).has_value());
  expect_payload(desk.group);
}

}  // namespace
}  // namespace jieban
