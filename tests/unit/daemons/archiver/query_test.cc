// Goal: lists find what they are asked for, page without loss, and one order tells everything.
#include "daemons/archiver/query.h"

#include "tests/unit/daemons/archiver/day.h"

namespace jieban {
namespace {

using namespace archiver_test;
using enum OrderState;

struct Query : testing::Test {
  Place place;
  Streams streams;

  // Ten orders; the odd ones signed, the third of three in another community.
  Query() {
    for (uint64_t id = 1; id <= 10; ++id) {
      OrderWish wish;
      wish.id = id;
      wish.order_no = (id < 5 ? "A-" : "B-") + std::to_string(id);
      wish.received_at += std::chrono::hours(id);
      if (id % 3 == 0) wish.community = "月坛社区";
      if (id % 2 == 0) wish.order_class = "complex";
      if (id == 10) wish.category = "公共服务>供暖";
      if (id % 4 == 0) wish.route.emplace().tags = {"housing", id == 8 ? "safety" : "fairness"};
      say_order(streams, wish);
      if (id % 2 == 1) say_move(streams, wish, new_order, "sign", wish.received_at);
    }
    OrderWish stranger;
    stranger.id = 11;
    say_move(streams, stranger, new_order, "sign", streams.now);
    streams.deliver(place);
  }

  std::vector<uint64_t> ids(const OrderFilter& filter) {
    auto page = list_orders(place.archive(), filter);
    EXPECT_TRUE(page.ok()) << page.error().message;
    std::vector<uint64_t> found;
    for (const OrderRow& row : page->orders) found.push_back(row.order_id);
    return found;
  }
  static OrderFilter with(auto change) {
    OrderFilter filter;
    change(filter);
    return filter;
  }
};

using Ids = std::vector<uint64_t>;

TEST_F(Query, ListsKnownOrdersNewestFirst) {
  EXPECT_EQ(ids({}), (Ids{10, 9, 8, 7, 6, 5, 4, 3, 2, 1}));
}

TEST_F(Query, EachFilterFindsItsOwn) {
  EXPECT_EQ(ids(with([](OrderFilter& f) { f.state = signed_in; })), (Ids{9, 7, 5, 3, 1}));
  EXPECT_EQ(ids(with([](OrderFilter& f) { f.order_class = "complex"; })), (Ids{10, 8, 6, 4, 2}));
  EXPECT_EQ(ids(with([](OrderFilter& f) { f.community = "月坛社区"; })), (Ids{9, 6, 3}));
  EXPECT_EQ(ids(with([](OrderFilter& f) { f.category = "公共服务"; })), (Ids{10}));
  EXPECT_EQ(ids(with([](OrderFilter& f) { f.order_no = "A-"; })), (Ids{4, 3, 2, 1}));
  EXPECT_EQ(ids(with([](OrderFilter& f) { f.tag = "housing"; })), (Ids{8, 4}));
  EXPECT_EQ(ids(with([](OrderFilter& f) { f.tag = "safety"; })), (Ids{8}));
  EXPECT_EQ(ids(with([](OrderFilter& f) {
              f.order_no = "A";
              f.state = signed_in;
            })),
            (Ids{3, 1}));
  EXPECT_TRUE(ids(with([](OrderFilter& f) { f.order_no = "C"; })).empty());
}

TEST_F(Query, TheTimeOfArrivalIncludesItsBeginAndNotItsEnd) {
  EXPECT_EQ(ids(with([](OrderFilter& f) {
              f.received_from = local("2026-07-18 11:00:00");
              f.received_to = local("2026-07-18 13:00:00");
            })),
            (Ids{3, 2}));
}

TEST_F(Query, PagesGoOnWhereTheLastOneEnded) {
  for (const char* order_no : {"", "A", "B"}) {
    OrderFilter filter;
    filter.order_no = order_no;
    Ids whole = ids(filter);
    Ids paged;
    filter.page_size = 3;
    while (true) {
      auto page = list_orders(place.archive(), filter);
      ASSERT_TRUE(page.ok());
      EXPECT_LE(page->orders.size(), 3U);
      for (const OrderRow& row : page->orders) paged.push_back(row.order_id);
      if (!page->next) break;
      filter.below = page->next;
    }
    EXPECT_EQ(paged, whole);
  }
}

TEST_F(Query, AQuestionThatCannotBeIsInvalid) {
  OrderFilter filter;
  filter.page_size = 0;
  EXPECT_EQ(list_orders(place.archive(), filter).error().code, ErrorCode::invalid);
  filter.page_size = kPageSizeMax + 1;
  EXPECT_EQ(list_orders(place.archive(), filter).error().code, ErrorCode::invalid);
  filter = {};
  filter.order_no = std::string("A\0", 2);
  EXPECT_EQ(list_orders(place.archive(), filter).error().code, ErrorCode::invalid);
  EXPECT_EQ(find_order(place.archive(), filter.order_no, {}).error().code, ErrorCode::invalid);
  EXPECT_EQ(find_order(place.archive(), std::string(500, 'A'), {}).error().code,
            ErrorCode::invalid);
}

TEST_F(Query, AnOrderIsFoundByItsWholeNumberOnly) {
  EXPECT_EQ(find_order(place.archive(), "A-3", {})->order_id, 3U);
  EXPECT_EQ(find_order(place.archive(), "A-", {}).error().code, ErrorCode::not_found);
  EXPECT_EQ(find_order(place.archive(), "B-1", {}).error().code, ErrorCode::not_found);
}

TEST_F(Query, WithoutARoundTheLatestIsShown) {
  OrderWish again;
  again.id = 20;
  again.order_no = "A-3";
  again.round = 2;
  say_order(streams, again);
  streams.deliver(place);
  EXPECT_EQ(find_order(place.archive(), "A-3", {})->order_id, 20U);
  EXPECT_EQ(find_order(place.archive(), "A-3", 1)->order_id, 3U);
  EXPECT_EQ(find_order(place.archive(), "A-3", 3).error().code, ErrorCode::not_found);
}

TEST_F(Query, AnOrderTellsItsWholeStory) {
  OrderWish wish;
  wish.order_no = "A-1";
  OrderIntake corrected = intake_of(wish);
  corrected.facts.community = "月坛社区";
  corrected.changes.push_back({"community", "三里河社区", "月坛社区"});
  streams.say("receiver", topics::kOrderUpdated, 1, local("2026-07-18 12:00:00"), corrected);
  streams.deliver(place);
  auto view = view_order(place.archive(), "A-1", {});
  ASSERT_TRUE(view.ok());
  std::vector<std::string> labels;
  for (const TimelineEntry& entry : view->timeline) labels.push_back(entry.label);
  EXPECT_EQ(labels, (std::vector<std::string>{"收到工单", "进入办理流程", "签收", "时限变化",
                                              "工单信息变更"}));
  EXPECT_FALSE(view->cut);
  const TimelineEntry& clocks = view->timeline[3];
  const Value& change = (*clocks.payload.find("changes")->array())[0];
  EXPECT_EQ(*change.find("deadline"), Value("2026-07-25 09:00:00"));
  EXPECT_EQ(*change.find("started_at"), Value("2026-07-18 10:00:00"));
  ASSERT_EQ(view->field_history.size(), 1U);
  EXPECT_EQ(view->field_history[0].at, local("2026-07-18 12:00:00"));
  EXPECT_EQ(view->field_history[0].change, (FieldChange{"community", "三里河社区", "月坛社区"}));
}

TEST_F(Query, CountsKnownOrdersByState) {
  auto counts = count_orders(place.archive());
  ASSERT_TRUE(counts.ok());
  EXPECT_EQ(counts->total, 10U);
  EXPECT_EQ(counts->by_state[new_order], 5U);
  EXPECT_EQ(counts->by_state[signed_in], 5U);
  EXPECT_EQ(counts->by_state[completed], 0U);
}

TEST(ReadablePayload, OnlyTimesBecomeText) {
  ClockChange change{"due", "started", local("2026-07-18 09:00:00"), from_micros(-5), "rule", {}};
  Value value = readable_payload(encode_payload(change));
  EXPECT_EQ(*value.find("started_at"), Value("2026-07-18 09:00:00"));
  EXPECT_EQ(*value.find("deadline"), Value(int64_t{-5}));  // no date that people know
  EXPECT_EQ(*value.find("clock"), Value("due"));
}

TEST(ReadablePayload, WhatCannotBeReadIsSaidSo) {
  EXPECT_EQ(readable_payload("\xc1"), Value("（无法解读）"));
}

}  // namespace
}  // namespace jieban
