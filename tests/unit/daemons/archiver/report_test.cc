// Goal: the figures of a period are right at its edges, and stay the same later.
#include "daemons/archiver/report.h"

#include "tests/unit/daemons/archiver/day.h"

namespace jieban {
namespace {

using namespace archiver_test;
using enum OrderState;

struct Reports : testing::Test {
  Place place;
  Streams streams;
  uint64_t orders = 0;

  OrderWish order_at(const std::string& received_at) {
    OrderWish wish;
    wish.id = ++orders;
    wish.order_no = "YT-" + std::to_string(orders);
    wish.received_at = local(received_at);
    return wish;
  }
  OrderWish say_one(const std::string& received_at) {
    OrderWish wish = order_at(received_at);
    say_order(streams, wish);
    return wish;
  }
  Report daily(const std::string& day = "2026-07-18",
               const std::string& now = "2026-08-01 00:00:00") {
    streams.deliver(place);
    auto period = daily_period(day, local(now));
    EXPECT_TRUE(period.ok());
    auto report = make_report(place.archive(), *period);
    EXPECT_TRUE(report.ok());
    return *report;
  }
};

using Names = std::vector<std::string>;

TEST(ReportPeriod, ADayRunsFromNoonToNoonAndIsIssuedAtOne) {
  auto period = daily_period("2026-07-18", local("2026-08-01 00:00:00"));
  ASSERT_TRUE(period.ok());
  EXPECT_EQ(period->from, local("2026-07-17 12:00:00"));
  EXPECT_EQ(period->to, local("2026-07-18 12:00:00"));
  EXPECT_EQ(period->as_of, local("2026-07-18 13:00:00"));
}

TEST(ReportPeriod, KnowsNothingOfTheFuture) {
  EXPECT_EQ(daily_period("2026-07-18", local("2026-07-18 09:00:00"))->as_of,
            local("2026-07-18 09:00:00"));
  EXPECT_FALSE(daily_period("2026-07-18", local("2026-07-17 11:59:59")).ok());
}

TEST(ReportPeriod, WhatIsNoPeriodIsRefused) {
  Timestamp now = local("2026-08-01 00:00:00");
  for (const char* day : {"", "2026-02-30", "20260718", "2026-07-18 ", "today"}) {
    EXPECT_EQ(daily_period(day, now).error().code, ErrorCode::invalid) << day;
  }
  Timestamp noon = local("2026-07-18 12:00:00");
  EXPECT_FALSE(free_period(noon, noon, now).ok());
  EXPECT_TRUE(free_period(noon, noon + Duration(1), now).ok());
}

TEST_F(Reports, ThePeriodIncludesItsBeginAndNotItsEnd) {
  say_one("2026-07-17 11:59:59");
  say_one("2026-07-17 12:00:00");
  say_one("2026-07-18 11:59:59");
  say_one("2026-07-18 12:00:00");
  EXPECT_EQ(daily("2026-07-17").received, 1U);
  EXPECT_EQ(daily("2026-07-18").received, 2U);
  EXPECT_EQ(daily("2026-07-19").received, 1U);
}

TEST_F(Reports, OrdersBelongWhereTheCityCreatedThemHoweverLateTheyCome) {
  OrderWish wish = order_at("2026-07-20 09:00:00");
  OrderIntake intake = intake_of(wish);
  intake.facts.others["created_at_city"] = "2026-07-18 10:00:00";
  streams.say("receiver", topics::kOrderReceived, wish.id, wish.received_at, intake);
  say_move(streams, wish, new_order, "sign", local("2026-07-20 09:10:00"));
  Report report = daily();
  EXPECT_EQ(report.received, 1U);
  EXPECT_EQ(report.signed_rate, (Rate{1, 1}));  // it could not be signed before it came
  EXPECT_EQ(report.waiting.count, 0U);
  EXPECT_EQ(daily("2026-07-20").received, 0U);
}

TEST_F(Reports, RatesHaveTheirNumeratorsAndDenominators) {
  OrderWish done = say_one("2026-07-18 09:00:00");
  say_until_submitted(streams, done, local("2026-07-18 09:05:00"), local("2026-07-18 11:00:00"));
  OrderWish signed_only = say_one("2026-07-18 09:00:00");
  say_move(streams, signed_only, new_order, "sign", local("2026-07-18 12:30:00"));
  OrderWish too_late = say_one("2026-07-18 09:00:00");
  say_move(streams, too_late, new_order, "sign", local("2026-07-18 13:00:01"));
  Report report = daily();
  EXPECT_EQ(report.signed_rate, (Rate{2, 3}));
  EXPECT_EQ(report.forwarded_rate, (Rate{1, 2}));
  EXPECT_EQ(report.on_time_rate, (Rate{0, 0}));  // nothing was due in the period
  std::vector<NamedCount> states;
  for (const NamedCount& row : report.by_state) {
    if (row.count > 0) states.push_back(row);
  }
  EXPECT_EQ(states, (std::vector<NamedCount>{{"NEW", 1}, {"SIGNED", 1}, {"SUBMITTED", 1}}));
  EXPECT_EQ(report.by_state.size(), all_order_states().size());
}

TEST_F(Reports, InTimeIsUntilTheDeadlineItself) {
  for (const char* submitted_at :
       {"2026-07-18 09:59:59", "2026-07-18 10:00:00", "2026-07-18 10:00:01"}) {
    OrderWish wish = order_at("2026-07-18 08:00:00");
    wish.due_at = local("2026-07-18 10:00:00");
    say_order(streams, wish);
    say_until_submitted(streams, wish, local("2026-07-18 08:05:00"), local(submitted_at));
  }
  OrderWish open = order_at("2026-07-18 08:00:00");
  open.due_at = local("2026-07-18 10:00:00");
  say_order(streams, open);
  EXPECT_EQ(daily().on_time_rate, (Rate{2, 4}));
  EXPECT_EQ(daily().overdue.order_numbers, (Names{"YT-4"}));
}

TEST_F(Reports, SectionsShowWhatIsOpenByItsDay) {
  for (const char* due_at :
       {"2026-07-17 23:59:59", "2026-07-18 00:00:00", "2026-07-18 13:00:00", "2026-07-18 23:59:59",
        "2026-07-19 00:00:00", "2026-07-19 23:59:59", "2026-07-20 00:00:00"}) {
    OrderWish wish = order_at("2026-07-10 09:00:00");
    wish.due_at = local(due_at);
    say_order(streams, wish);
    say_move(streams, wish, new_order, "sign", wish.received_at);
  }
  say_one("2026-07-18 12:59:59");
  say_one("2026-07-18 13:00:01");  // after the report was issued
  Report report = daily();
  EXPECT_EQ(report.overdue.order_numbers, (Names{"YT-1", "YT-2"}));
  EXPECT_EQ(report.due_today.order_numbers, (Names{"YT-2", "YT-3", "YT-4"}));
  EXPECT_EQ(report.due_tomorrow.order_numbers, (Names{"YT-5", "YT-6"}));
  EXPECT_EQ(report.waiting.order_numbers, (Names{"YT-8"}));
  EXPECT_EQ(report.received, 0U);
}

TEST_F(Reports, WhatHasLeftTheStreetIsInNoFigureAboutItsDeadline) {
  OrderWish wish = order_at("2026-07-18 09:00:00");
  wish.due_at = local("2026-07-18 11:00:00");
  say_order(streams, wish);
  say_move(streams, wish, new_order, "sign", wish.received_at);
  Timestamp asked = local("2026-07-18 09:30:00");
  say_move(streams, wish, signed_in, "request_return", asked);
  say_move(streams, wish, return_requested, "return_accepted", asked);
  OrderWish cancelled_one = order_at("2026-07-18 09:00:00");
  cancelled_one.due_at = local("2026-07-18 11:00:00");
  say_order(streams, cancelled_one);
  say_move(streams, cancelled_one, new_order, "cancel", asked);
  Report report = daily();
  EXPECT_EQ(report.on_time_rate, (Rate{0, 0}));
  EXPECT_EQ(report.forwarded_rate, (Rate{1, 1})) << "returned is not left lying";
  EXPECT_EQ(report.overdue.count, 0U);
  EXPECT_EQ(report.waiting.count, 0U);
}

TEST_F(Reports, StepsAreCountedAndALateReturnIsFlagged) {
  OrderWish wish = say_one("2026-07-18 09:00:00");
  Timestamp at = local("2026-07-18 10:00:00");
  OrderMove asked;
  asked.order_no = wish.order_no;
  asked.from = signed_in;
  asked.to = return_requested;
  asked.command = "request_return";
  streams.say("router", "order.return_requested", wish.id, at, asked);
  say_move(streams, wish, return_requested, "return_refused", at);
  asked.arguments.emplace();
  (*asked.arguments)["override"] = "yes";
  streams.say("router", "order.return_requested", wish.id, at + std::chrono::minutes(1), asked);
  say_move(streams, wish, submitted, "reject", at);
  streams.say("router", "order.return_requested", wish.id, local("2026-07-18 12:00:00"), asked);
  Report report = daily();
  ASSERT_EQ(report.steps.size(), kReportedSteps.size());
  std::map<std::string, uint64_t> steps;
  for (const NamedCount& row : report.steps) steps[row.name] = row.count;
  EXPECT_EQ(steps["order.return_requested"], 2U);
  EXPECT_EQ(steps["order.return_refused"], 1U);
  EXPECT_EQ(steps["order.rejected"], 1U);
  EXPECT_EQ(steps["order.extension_approved"], 0U);
  EXPECT_EQ(report.late_returns, 1U);
}

TEST_F(Reports, ThePrintedDeadlineCountsUntilTheClockKnowsBetter) {
  OrderWish wish = order_at("2026-07-18 08:00:00");
  OrderIntake intake = intake_of(wish);
  intake.facts.due_at = local("2026-07-18 10:00:00");
  streams.say("receiver", topics::kOrderReceived, wish.id, wish.received_at, intake);
  EXPECT_EQ(daily().overdue.count, 1U);
  ClockChanges clocks{wish.order_no, "v1", {}};
  clocks.changes.push_back({"due", "moved", {}, local("2026-07-19 10:00:00"), "order", {}});
  streams.say("sla-watcher", topics::kClockChanged, wish.id, wish.received_at, clocks);
  EXPECT_EQ(daily().overdue.count, 0U);
  EXPECT_EQ(daily().due_tomorrow.count, 1U);
}

TEST_F(Reports, HotCategoriesAreTheFiveMostFrequentOfTheFirstLevel) {
  const std::vector<std::pair<std::string, int>> wanted = {{"城市管理>违法建设", 3},
                                                           {"城市管理>市容环境", 1},
                                                           {"公共服务>供暖", 2},
                                                           {"交通", 1},
                                                           {"教育", 1},
                                                           {"医疗卫生", 1},
                                                           {"", 1}};
  for (const auto& [category, count] : wanted) {
    for (int i = 0; i < count; ++i) {
      OrderWish wish = order_at("2026-07-18 09:00:00");
      wish.category = category;
      say_order(streams, wish);
    }
  }
  Report report = daily();
  EXPECT_EQ(report.received, 10U);
  ASSERT_EQ(report.hot.size(), kHotCategories);
  EXPECT_EQ(report.hot[0], (NamedCount{"城市管理", 4}));
  EXPECT_EQ(report.hot[1], (NamedCount{"公共服务", 2}));
  EXPECT_EQ(report.hot[2].count, 1U);
}

TEST_F(Reports, CountsAlertsUpdatesAndRepeatsOfThePeriod) {
  OrderWish wish = say_one("2026-07-18 09:00:00");
  OrderWish again = wish;
  again.id = ++orders;
  again.round = 2;
  say_order(streams, again);
  for (const char* at : {"2026-07-17 11:59:59", "2026-07-17 12:00:00", "2026-07-18 12:00:00"}) {
    streams.say("sla-watcher", topics::kDeadlineWarned, 1, local(at), DeadlineAlert());
    streams.say("sla-watcher", topics::kDeadlineBreached, 1, local(at), DeadlineAlert());
    streams.say("receiver", topics::kOrderUpdated, 1, local(at), intake_of(wish));
  }
  Report report = daily();
  EXPECT_EQ(report.warnings, 1U);
  EXPECT_EQ(report.breaches, 1U);
  EXPECT_EQ(report.updates, 1U);
  EXPECT_EQ(report.repeats, 1U);
}

TEST_F(Reports, ComeOutTheSameLater) {
  OrderWish wish = say_one("2026-07-18 09:00:00");
  Report before = daily("2026-07-18", "2026-07-18 13:00:00");
  say_until_submitted(streams, wish, local("2026-07-18 13:05:00"), local("2026-07-19 09:00:00"));
  Report after = daily();
  EXPECT_EQ(after.signed_rate, before.signed_rate);
  EXPECT_EQ(after.by_state, before.by_state);
  EXPECT_EQ(after.waiting.order_numbers, before.waiting.order_numbers);
  EXPECT_GT(after.chain_count, before.chain_count);  // and says that it was read from more
}

TEST_F(Reports, NamesAtMostSoManyOrdersAndCountsAll) {
  for (size_t i = 0; i < kSectionNamesMax + 5; ++i) say_one("2026-07-18 09:00:00");
  Report report = daily();
  EXPECT_EQ(report.waiting.count, kSectionNamesMax + 5);
  EXPECT_EQ(report.waiting.order_numbers.size(), kSectionNamesMax);
}

}  // namespace
}  // namespace jieban
