// Goal: answers hold what the query found, times as local text, absences as null.
#include "daemons/archiver/answers.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

OrderRow some_order() {
  OrderRow order;
  order.order_id = 7;
  order.summary.order_no = "YT-7";
  order.summary.order_class = "general";
  order.summary.state = OrderState::signed_in;
  order.summary.received_at = parse_local("2026-07-18 09:00:00");
  order.summary.printed_due_at = parse_local("2026-07-25 09:00:00");
  return order;
}

TEST(Answers, AnOrderHasCodesWordsAndTimes) {
  Value value = order_value(some_order());
  EXPECT_EQ(*value.find("order_id"), Value(uint64_t{7}));
  EXPECT_EQ(*value.find("state"), Value("SIGNED"));
  EXPECT_EQ(*value.find("state_label"), Value("已签收"));
  EXPECT_EQ(*value.find("class_label"), Value("一般诉求"));
  EXPECT_EQ(*value.find("received_at"), Value("2026-07-18 09:00:00"));
  EXPECT_EQ(*value.find("due_at"), Value("2026-07-25 09:00:00"));
  EXPECT_TRUE(value.find("submitted_at")->is_null());
}

TEST(Answers, APageSaysWhereTheNextOneBegins) {
  EXPECT_TRUE(page_value({{some_order()}, {}}).find("next")->is_null());
  Value value = page_value({{some_order()}, 7});
  EXPECT_EQ(*value.find("next"), Value(uint64_t{7}));
  EXPECT_EQ(value.find("orders")->array()->size(), 1U);
}

TEST(Answers, ATimelineTellsWhoDidWhatAndWhy) {
  OrderView view;
  view.order = some_order();
  TimelineEntry entry;
  entry.number = 3;
  entry.label = "签收";
  entry.event.stream = "110102007.router";
  entry.event.sequence = 2;
  entry.event.actor = "wang";
  entry.event.occurred_at = *parse_local("2026-07-18 09:05:00");
  view.timeline.push_back(entry);
  entry.event.cause = {"110102007.receiver", 9};
  view.timeline.push_back(entry);
  view.field_history.push_back({*parse_local("2026-07-18 10:00:00"), "li", {"point", "a", "b"}});
  Value value = view_value(view);
  const Value& first = (*value.find("timeline")->array())[0];
  EXPECT_EQ(*first.find("at"), Value("2026-07-18 09:05:00"));
  EXPECT_EQ(*first.find("actor"), Value("wang"));
  EXPECT_EQ(first.find("cause"), nullptr);
  const Value& second = (*value.find("timeline")->array())[1];
  EXPECT_EQ(*second.find("cause")->find("sequence"), Value(uint64_t{9}));
  EXPECT_EQ(*value.find("timeline_cut"), Value(false));
  const Value& change = (*value.find("field_history")->array())[0];
  EXPECT_EQ(*change.find("after"), Value("b"));
}

TEST(Answers, AnOrderTellsWhyItIsRoutedAsItIs) {
  OrderView view;
  view.order = some_order();
  view.order.summary.tags = {"housing", "safety"};
  view.order.summary.repeat_of = "YT-1";
  EXPECT_TRUE(view_value(view).find("routing")->is_null());
  const auto say = [&](const std::string& at, const std::string& stage, const std::string& rule) {
    TimelineEntry entry;
    entry.event.order_id = 7;
    entry.event.occurred_at = *parse_local(at);
    Value route;
    if (!stage.empty()) route.set("stage", stage).set("code", "chosen");
    entry.payload.set("rule", rule).set("rules_version", "7").set("route", std::move(route));
    view.timeline.push_back(entry);
  };
  say("2026-07-18 09:05:00", "directory", "heating");
  say("2026-07-18 09:06:00", "directory", "parking");
  say("2026-07-18 09:07:00", "", "");
  const Value value = view_value(view);
  const Value& routing = *value.find("routing");
  EXPECT_EQ(*routing.find("stage"), Value("directory"));
  EXPECT_EQ(*routing.find("rule"), Value("parking")) << "the last that says it";
  EXPECT_EQ(*routing.find("at"), Value("2026-07-18 09:06:00"));
  EXPECT_EQ(*routing.find("rules_version"), Value("7"));
  const Value& order = *value.find("order");
  EXPECT_EQ(order.find("tags")->array()->size(), 2U);
  EXPECT_EQ(*order.find("repeat_of"), Value("YT-1"));
  EXPECT_TRUE(order.find("cluster_of")->is_null());
  EXPECT_TRUE(order.find("suggestion")->is_null());
}

TEST(Answers, CountsAreByTheCodeOfTheState) {
  OrderCounts counts{3, {{OrderState::new_order, 1}, {OrderState::completed, 2}}};
  Value value = counts_value(counts);
  EXPECT_EQ(*value.find("total"), Value(uint64_t{3}));
  EXPECT_EQ(*value.find("by_state")->find("COMPLETED"), Value(uint64_t{2}));
}

TEST(Answers, AChainIsWholeOrSaysWhereItBroke) {
  Value whole = chain_value({9, "\x0f", {}, ""});
  EXPECT_EQ(*whole.find("whole"), Value(true));
  EXPECT_EQ(*whole.find("head_hash"), Value("0f"));
  EXPECT_EQ(whole.find("broken_at"), nullptr);
  Value broken = chain_value({4, "\x0f", 5, "the record is missing"});
  EXPECT_EQ(*broken.find("whole"), Value(false));
  EXPECT_EQ(*broken.find("broken_at"), Value(uint64_t{5}));
}

}  // namespace
}  // namespace jieban
