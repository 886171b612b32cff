// An order for `jieban route explain` is the same whether it comes from a file or from the archive.
#include "tools/jieban/route_order.h"

#include <gtest/gtest.h>

#include "common/json/json.h"

namespace jieban {
namespace {

using Texts = std::vector<std::string>;

const Lexicon& lexicon() {
  static const auto kLexicon =
      Lexicon::build("1", {{"routing", {"油烟", "燃气味"}}, {"repeat", {"再次反映"}}});
  CHECK(kLexicon.ok());
  return *kLexicon;
}

TEST(RouteOrder, AJsonOrderIsReadAsTheDoorWould) {
  auto orders = read_json_orders(
      R"({"order_no":"A-1","order_type":"投诉","cat_path":"生态环境->大气污染","urgency":"特急",
          "community":"月坛社区","street":"月坛街道","title":"油烟","content":"再次反映油烟扰民",
          "dispatched_at":"2026-03-10 08:00:00"})",
      lexicon());
  ASSERT_TRUE(orders.ok()) << orders.error().message;
  const RouteOrder& order = orders->front();
  EXPECT_EQ(order.order_no, "A-1");
  EXPECT_EQ(order.order_type, "complaint");
  EXPECT_EQ(order.category, "生态环境>大气污染");
  EXPECT_EQ(order.urgency, "emergency");
  EXPECT_EQ(order.street, "月坛街道");
  EXPECT_EQ(order.keywords, Texts{"油烟"});
  EXPECT_EQ(order.keyword_groups, Texts{"repeat"});
  EXPECT_EQ(order.at, parse_local("2026-03-10 08:00:00"));
  EXPECT_EQ(order.facts(Timestamp()).at, *order.at);
}

TEST(RouteOrder, AFileMayHoldOneAListOrAPush) {
  for (const char* text : {R"([{"order_no":"A","cat1":"甲","cat2":"乙"}])",
                           R"({"orders":[{"order_no":"A","cat1":"甲","cat2":"乙"}]})",
                           R"({"order_no":"A","cat1":"甲","cat2":"乙"})"}) {
    auto orders = read_json_orders(text, lexicon());
    ASSERT_TRUE(orders.ok() && orders->size() == 1U) << text;
    EXPECT_EQ(orders->front().category, "甲>乙");
    EXPECT_FALSE(orders->front().at);
  }
  for (const char* text : {"[1]", R"({"orders":3})", "{", "3"}) {
    EXPECT_FALSE(read_json_orders(text, lexicon()).ok()) << text;
  }
}

TEST(RouteOrder, AnExportIsReadByItsColumnNames) {
  ColumnNames names;
  ASSERT_TRUE(names
                  .add_text("version: \"1\"\naliases: {order_no: [工单编号], cat_path: [问题分类], "
                            "community: [社区], content: [主要内容]}\n",
                            "a.yaml")
                  .ok());
  auto table =
      read_export("工单编号,问题分类,社区,主要内容\nA-1,甲->乙,月坛社区,有燃气味\n", names);
  ASSERT_TRUE(table.ok()) << table.error().message;
  const auto orders = read_table_orders(*table, lexicon());
  ASSERT_EQ(orders.size(), 1U);
  EXPECT_EQ(orders[0].category, "甲>乙");
  EXPECT_EQ(orders[0].community, "月坛社区");
  EXPECT_EQ(orders[0].keywords, Texts{"燃气味"});
}

TEST(RouteOrder, AnArchivedOrderIsWhatTheRouterWasToldLast) {
  auto view = parse_json(
      R"({"order":{"order_no":"A-1","order_class":"utility","repeat_of":"A-0","cluster_of":null},
          "routing":{"stage":"directory","code":"chosen"},
          "timeline":[
            {"topic":"order.received","at":"2026-03-10 08:00:00",
             "payload":{"facts":{"category":"甲","community":"月坛社区","others":{}}}},
            {"topic":"order.updated","at":"2026-03-10 09:00:00",
             "payload":{"facts":{"category":"乙","community":"月坛社区","keywords":["油烟"],
                                 "keyword_groups":["routing"],"others":{"street":"月坛街道"}}}},
            {"topic":"order.opened","at":"2026-03-10 09:00:01","payload":{"category":"丙"}}]})");
  ASSERT_TRUE(view.ok());
  auto order = read_archived_order(*view);
  ASSERT_TRUE(order.ok());
  EXPECT_EQ(order->category, "乙");
  EXPECT_EQ(order->street, "月坛街道");
  EXPECT_EQ(order->keywords, Texts{"油烟"});
  EXPECT_EQ(order->raised_class, "utility");
  EXPECT_EQ(order->links.repeat_of, "A-0");
  EXPECT_FALSE(order->links.cluster_of);
  EXPECT_EQ(order->at, parse_local("2026-03-10 09:00:00")) << "no dispatch of the city is known";
  EXPECT_FALSE(order->kept.is_null());
  EXPECT_FALSE(read_archived_order(Value()).ok());
}

}  // namespace
}  // namespace jieban
