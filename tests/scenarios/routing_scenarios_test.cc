// Routing across the five cores, by the files that are shipped: DOMAIN §5.2 and §5.4.
#include <set>

#include "common/base/file.h"
#include "common/json/json.h"
#include "common/routing/rules_file.h"
#include "daemons/archiver/answers.h"
#include "daemons/receiver/intake/header.h"
#include "daemons/receiver/intake/json_door.h"
#include "daemons/receiver/intake/normalise.h"
#include "tests/scenarios/desk.h"
#include "tests/support/alias_files.h"
#include "tools/jieban/route_text.h"
#include "tools/site/client.h"

namespace jieban {
namespace {

RouterRules shipped_rules(const std::string& street) {
  const std::string folder = std::string(JIEBAN_SOURCE_DIR) + "/config/";
  auto rules =
      load_rule_files({folder + "routing.yaml", folder + "clocks.yaml",
                       folder + "directory/" + street + ".yaml", folder + "categories.yaml"});
  CHECK(rules.ok());
  return *rules;
}

FiveRules rules_of(const std::string& street) {
  FiveRules rules = shipped_five_rules();
  rules.router = shipped_rules(street);
  return rules;
}

class RoutingScenarios : public testing::Test {
 protected:
  Submission leak(const std::string& order_no, const std::string& phone,
                  const std::string& address) {
    Submission order = Desk::leak(order_no);
    order.caller_phone = phone;
    order.address = address;
    order.street = "月坛街道";
    order.district = "西城区";
    return order;
  }
  Value answer(const std::string& order_no) { return view_value(desk.view(order_no)); }

  Desk desk{rules_of("110102007")};
};

TEST_F(RoutingScenarios, AnOrderOfAnotherStreetWaitsWithASuggestedReturnThatTheArchiveKeeps) {
  Submission order = leak("A-1", "13800000000", "安德路1号");
  order.street = "德胜街道";
  EXPECT_EQ(desk.submit(order), "new");
  desk.take("A-1", {"sign", "seat"});
  EXPECT_EQ(desk.summary("A-1").state, OrderState::signed_in);
  EXPECT_EQ(desk.summary("A-1").suggestion, "TERRITORY");
  const Value told = answer("A-1");
  EXPECT_EQ(text_at(*told.find("routing"), "stage"), "fallback");
  EXPECT_EQ(text_at(*told.find("routing"), "code"), "held");
  EXPECT_EQ(text_at(*told.find("routing"), "queue"), "team_leader");
  EXPECT_EQ(text_at(*told.find("order"), "suggestion"), "TERRITORY");
  desk.take("A-1", {"dispatch", "team_leader"});
  EXPECT_EQ(desk.summary("A-1").lead_unit, "housing_station") << "a person decided otherwise";
  EXPECT_TRUE(desk.set_aside().empty());
}

TEST_F(RoutingScenarios, ARepeatIsLinkedHoweverItWasTypedAndHasItsOwnClock) {
  desk.submit(leak("A-1", "13800000000", "真武庙四里3号楼"));
  desk.advance(std::chrono::hours(30 * 24) - std::chrono::seconds(5));
  desk.restart("router");
  desk.submit(leak("A-2", "138-0000-0000", "西城区 真武庙四里3号楼"));
  EXPECT_EQ(desk.summary("A-2").repeat_of, "A-1");
  EXPECT_FALSE(desk.summary("A-1").repeat_of);
  desk.submit(leak("A-3", "13900000000", "真武庙四里3号楼"));
  EXPECT_EQ(desk.summary("A-3").cluster_of, "A-2");
  EXPECT_FALSE(desk.summary("A-3").repeat_of);
  for (const char* order_no : {"A-2", "A-3"}) {
    desk.take(order_no, {"sign", "seat"});
    EXPECT_TRUE(desk.running(order_no, ClockKind::due)) << "its own clock";
    EXPECT_EQ(desk.summary(order_no).lead_unit, "housing_station");
  }
  EXPECT_TRUE(desk.set_aside().empty());
}

TEST_F(RoutingScenarios, TheTagsOfTheCategoryFindTheOrder) {
  desk.submit(leak("A-1", "", ""));
  OrderFilter filter;
  filter.tag = "housing";
  EXPECT_EQ(list_orders(desk.archive(), filter)->orders.size(), 1U);
  filter.tag = "elderly";
  EXPECT_EQ(list_orders(desk.archive(), filter)->orders.size(), 0U);
}

// Art. 17.
TEST_F(RoutingScenarios, ACommunityCannotBeGivenTheLeadByHand) {
  desk.submit(leak("A-1", "", ""));
  desk.take("A-1", {"sign", "seat"});
  desk.take("A-1", {"unit_bounce", "unit", {{"reason_code", "DUTY"}}});
  for (const char* unit : {"community", "真武庙社区"}) {
    const std::string refused = desk.refusal("A-1", {"dispatch", "seat", {{"lead_unit", unit}}});
    EXPECT_EQ(refused.find("community_lead"), 0U) << refused;
    EXPECT_NE(refused.find("条例第十七条"), std::string::npos) << refused;
  }
  EXPECT_EQ(text_at(*answer("A-1").find("routing"), "code"), "bounced");
  desk.take("A-1", {"dispatch", "seat", {{"lead_unit", "urban_office"}}});
  EXPECT_EQ(text_at(*answer("A-1").find("routing"), "code"), "named");
}

// What `route explain ORDER` says is what the router decided, over the archive's answer.
TEST_F(RoutingScenarios, TheExplanationOfAnArchivedOrderIsTheRoutersDecision) {
  desk.submit(leak("A-1", "13800000000", "真武庙四里3号楼"));
  Submission again = leak("A-2", "13800000000", "真武庙四里3号楼");
  again.content = "三号楼顶层雨后渗漏，再次反映，有燃气味";
  desk.submit(again);
  for (const char* order_no : {"A-1", "A-2"}) desk.take(order_no, {"sign", "seat"});
  const RouterRules rules = shipped_rules("110102007");
  for (const char* order_no : {"A-1", "A-2"}) {
    const Value view = answer(order_no);
    auto order = read_archived_order(view);
    ASSERT_TRUE(order.ok());
    const RouteExplanation told = explain(rules, *order, desk.now());
    ASSERT_NE(told.decision.rule, nullptr);
    const Value& kept = *view.find("routing");
    EXPECT_EQ(told.decision.rule->id, text_at(kept, "rule")) << order_no;
    EXPECT_EQ(rules.version, text_at(kept, "rules_version"));
    EXPECT_EQ(told.decision.rule->lead_unit, desk.summary(order_no).lead_unit);
  }
  const std::string text = explanation_text(
      rules, explain(rules, *read_archived_order(answer("A-2")), desk.now()), true);
  for (const char* part : {"gas_smell", "重复诉求", "A-1", "自称不是第一次", "留存的依据"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
}

std::string day_file(const std::string& name) {
  auto bytes =
      read_file(std::string(JIEBAN_SOURCE_DIR) + "/tools/sample_day/" + name, size_t{16} << 20U);
  CHECK(bytes.ok());
  return std::move(*bytes);
}

// Whatever of the invented day is an order, as the doors read it.
std::vector<Submission> orders_of_the_day() {
  std::vector<Submission> orders;
  auto sheet = read_sheet("2026-03-10.xlsx", day_file("2026-03-10.xlsx"));
  CHECK(sheet.ok());
  auto rows = map_rows(*sheet, shipped_aliases("aliases.yaml"));
  CHECK(rows.ok());
  for (const RawOrder& raw : rows->orders) {
    auto order = normalise(raw);
    if (order.ok()) orders.push_back(std::move(*order));
  }
  const std::string pushes = day_file("pushes.jsonl");
  for (size_t begin = 0; begin < pushes.size();) {
    const size_t end = std::min(pushes.find('\n', begin), pushes.size());
    auto line = parse_json(std::string_view(pushes).substr(begin, end - begin));
    CHECK(line.ok());
    auto batch = read_push(*line->find("body"));
    CHECK(batch.ok());
    for (PushedOrder& order : batch->orders) {
      if (order.submission.ok()) orders.push_back(std::move(*order.submission));
    }
    begin = end + 1;
  }
  return orders;
}

// The day says itself which of its orders repeat another; the files bring them in another order.
TEST_F(RoutingScenarios, TheRepeatsOfTheSampleDayAreFound) {
  desk.advance_to("2026-03-11 00:00:00");
  for (const Submission& order : orders_of_the_day()) desk.submit(order);
  using Pair = std::set<std::string>;
  std::set<Pair> found;
  OrderFilter filter;
  filter.page_size = kPageSizeMax;
  for (bool more = true; more;) {
    auto page = list_orders(desk.archive(), filter);
    ASSERT_TRUE(page.ok());
    for (const OrderRow& row : page->orders) {
      if (row.summary.repeat_of) found.insert(Pair{row.summary.order_no, *row.summary.repeat_of});
    }
    filter.below = page->next;
    more = page->next.has_value();
  }
  auto expected = parse_json(day_file("expected.json"));
  ASSERT_TRUE(expected.ok());
  std::set<Pair> wanted;
  for (const Value& each : array_at(*expected->find("facts"), "repeats")) {
    wanted.insert(Pair{text_at(each, "order_no"), text_at(each, "of")});
  }
  EXPECT_GE(wanted.size(), 10U);
  for (const Pair& each : wanted) {
    EXPECT_TRUE(found.contains(each)) << *each.begin() << " " << *each.rbegin();
  }
  for (const Pair& each : found) {
    EXPECT_TRUE(wanted.contains(each)) << *each.begin() << " " << *each.rbegin();
  }
  EXPECT_TRUE(desk.set_aside().empty());
}

}  // namespace
}  // namespace jieban
