// Names are found however sources write them, and others are not.
#include "common/routing/street_directory.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

StreetDirectory street() {
  StreetDirectory directory;
  directory.code = "110102007";
  directory.name = "月坛街道";
  directory.district = "西城区";
  directory.communities = {{"110102007003", "月坛社区"},
                           {"110102007013", "铁道部住宅区第二、二社区"}};
  directory.units = {{"community", "属地社区居委会", "community"},
                     {"neighbours", "邻里中心", "community"},
                     {"office", "办公室", "office"}};
  return directory;
}

TEST(StreetDirectory, ACategoryPrefixEndsWhereALevelEnds) {
  EXPECT_TRUE(is_category_prefix("城市管理>违法建设", "城市管理>违法建设>新建"));
  EXPECT_TRUE(is_category_prefix("城市管理>违法建设", "城市管理>违法建设"));
  EXPECT_TRUE(is_category_prefix("", "城市管理"));
  EXPECT_FALSE(is_category_prefix("城市管理>违法建设", "城市管理>违法建设物"));
  EXPECT_FALSE(is_category_prefix("城市管理>违法建设", "城市管理"));
}

TEST(StreetDirectory, ACommunityIsFoundByAllItsNames) {
  for (const char* name :
       {"月坛社区", "月坛", "月坛社区居委会", "月坛居委会", "月坛社区居民委员会", "110102007003"}) {
    const Community* found = find_community(street(), name);
    ASSERT_NE(found, nullptr) << name;
    EXPECT_EQ(found->name, "月坛社区");
  }
  EXPECT_NE(find_community(street(), "铁道部住宅区第二、二社区"), nullptr);
  EXPECT_EQ(find_community(street(), "铁道部住宅区第二"), nullptr);
  EXPECT_EQ(find_community(street(), "月坛南街社区"), nullptr);
}

TEST(StreetDirectory, TheStreetIsKnownByAllItsNames) {
  for (const char* name :
       {"月坛街道", "月坛", "西城区月坛街道", "北京市西城区月坛街道办事处", "110102007"}) {
    EXPECT_TRUE(is_this_street(street(), name)) << name;
  }
  EXPECT_FALSE(is_this_street(street(), "德胜街道"));
  EXPECT_FALSE(is_this_street(street(), "西城区"));
}

TEST(StreetDirectory, ACommunityIsAUnitByItsKindOrItsName) {
  const StreetDirectory directory = street();
  EXPECT_TRUE(is_community_unit(&directory, "community"));
  EXPECT_TRUE(is_community_unit(&directory, "neighbours"));
  EXPECT_TRUE(is_community_unit(&directory, "月坛社区"));
  EXPECT_FALSE(is_community_unit(&directory, "office"));
  EXPECT_FALSE(is_community_unit(&directory, "nobody"));
  EXPECT_TRUE(is_community_unit(nullptr, "community"));
  EXPECT_FALSE(is_community_unit(nullptr, "月坛社区"));
}

TEST(StreetDirectory, ADutyCoversWhatLiesUnderItInItsDays) {
  const std::vector<StreetDuty> duties = {
      {"政务服务>证明", Validity{std::nullopt, *parse_local("2026-01-01 00:00:00")}}};
  const Timestamp before = *parse_local("2025-12-31 23:59:59");
  EXPECT_TRUE(covers(duties, "政务服务>证明>居住", before));
  EXPECT_FALSE(covers(duties, "政务服务>证明>居住", before + std::chrono::seconds(1)));
  EXPECT_FALSE(covers(duties, "政务服务", before));
  EXPECT_TRUE(may_cover(duties, "政务服务"));
  EXPECT_TRUE(may_cover(duties, "政务服务>证明>居住"));
  EXPECT_TRUE(may_cover(duties, ""));
  EXPECT_FALSE(may_cover(duties, "政务服务>窗口"));
}

}  // namespace
}  // namespace jieban
