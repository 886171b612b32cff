// Goal: in both shipped streets an order goes where its people would send it.
#include <gtest/gtest.h>

#include "common/routing/route_decision.h"
#include "common/routing/rules_file.h"

namespace jieban {
namespace {

RouterRules shipped(const std::string& street) {
  const std::string folder = std::string(JIEBAN_SOURCE_DIR) + "/config/";
  auto rules =
      load_rule_files({folder + "routing.yaml", folder + "clocks.yaml",
                       folder + "directory/" + street + ".yaml", folder + "categories.yaml"});
  CHECK(rules.ok());
  return *rules;
}

struct Case {
  const char* category;
  const char* community;
  std::vector<std::string> keywords;
  const char* outcome;  // the rule, or the reason of the suggested return
  const char* unit;
};

void expect_routes(const std::string& street, const std::vector<Case>& cases) {
  const RouterRules rules = shipped(street);
  for (const Case& each : cases) {
    RouteFacts facts;
    facts.category = each.category;
    facts.community = each.community;
    facts.street = rules.directory->name;
    facts.keywords = each.keywords;
    facts.at = *parse_local("2026-12-01 08:00:00");
    NoTrace nobody;
    const RouteDecision decision = choose(rules, facts, screen(rules, facts, {}, nobody), nobody);
    if (decision.rule != nullptr) {
      EXPECT_EQ(decision.rule->id, each.outcome) << each.category << " " << each.community;
      EXPECT_EQ(decision.rule->lead_unit, each.unit);
    } else {
      EXPECT_EQ(decision.suggestion ? decision.suggestion->reason : "none", each.outcome)
          << each.category << " " << each.community;
      EXPECT_EQ(each.unit, std::string());
    }
  }
}

TEST(ShippedStreets, Yuetan) {
  expect_routes(
      "110102007",
      {{"公共服务>供暖>停暖", "真武庙社区", {}, "heating_zhenwumiao", "heating_company"},
       {"公共服务>供暖>停暖", "月坛社区", {}, "heating", "heating_company"},
       {"住房城乡建设>物业管理>物业服务",
        "铁道部住宅区第二、二社区",
        {},
        "estate_rail_second_second",
        "housing_station"},
       {"住房城乡建设>物业管理>物业服务",
        "铁道部住宅区第二、一社区",
        {},
        "estate",
        "property_company"},
       {"交通管理>停车", "南礼士路社区", {}, "parking_nanlishilu", "parking_company"},
       {"生态环境>大气污染>油烟", "木樨地社区", {"油烟"}, "restaurant_fumes", "enforcement_team"},
       {"公共服务>供气", "木樨地社区", {"燃气味"}, "gas_smell", "gas_company"},
       {"政务服务>社区工作>居民证明", "白云观社区", {}, "community_certificate", "community"},
       {"政务服务>社区工作>居委会", "白云观社区", {}, "community_work", "community_office"},
       {"园林绿化", "裕中西里社区", {}, "TERRITORY", ""},
       {"通信管理>移动信号", "月坛社区", {}, "ENTERPRISE", ""},
       {"社会秩序>经济纠纷", "月坛社区", {}, "LEGAL_CHANNEL", ""},
       {"交通运输>出租车", "月坛社区", {}, "DUTY", ""},
       {"其他", "月坛社区", {}, "none", ""}});
}

TEST(ShippedStreets, Desheng) {
  expect_routes(
      "110102010",
      {{"住房城乡建设>物业管理", "新风中直社区", {}, "estate_zhongzhi", "housing_station"},
       {"住房城乡建设>物业管理", "裕中西里社区", {}, "estate", "property_company"},
       {"公共服务>供暖", "黄寺大街24号社区", {}, "heating_huangsi", "heating_company"},
       {"交通管理>停车>停车秩序",
        "六铺炕北小街社区",
        {},
        "parking_liupukang_north",
        "parking_company"},
       {"交通管理>停车>停车秩序",
        "六铺炕南小街居委会",
        {},
        "parking_liupukang_south",
        "parking_company"},
       {"交通管理>停车>停车秩序", "马甸社区", {}, "parking", "urban_office"},
       {"公共安全>消防安全>火情", "马甸社区", {"着火"}, "fire", "safety_office"},
       {"公共服务>供暖", "真武庙社区", {}, "TERRITORY", ""},
       {"交通运输>公交>线路站点", "马甸社区", {}, "DUTY", ""}});
}

// Names and codes of communities are public facts; the list is compared where it is at hand.
TEST(ShippedStreets, EveryCommunityIsNamedOnceInEachStreet) {
  for (const char* street : {"110102007", "110102010"}) {
    const RouterRules rules = shipped(street);
    for (const Community& each : rules.directory->communities) {
      EXPECT_EQ(find_community(*rules.directory, each.name), &each);
      EXPECT_EQ(each.code.size(), 12U);
    }
  }
  EXPECT_EQ(shipped("110102007").directory->communities.size(), 26U);
  EXPECT_EQ(shipped("110102010").directory->communities.size(), 20U);
}

}  // namespace
}  // namespace jieban
