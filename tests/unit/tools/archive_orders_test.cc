// The archive's orders as the assessment counts them: the latest call-back, and whom an appeal took
// out.
#include "tools/jieban/archive_orders.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

Value order(const std::string& order_no) {
  Value made;
  made.set("order_no", order_no).set("lead_unit", "housing").set("community", "真武庙社区");
  made.set("category", "住房城乡建设>房屋质量").set("order_type", "complaint");
  made.set("created_at", Value()).set("received_at", "2026-06-20 08:01:00");
  made.set("completed_at", "2026-06-25 08:00:00").set("city_completed_at", Value());
  return made;
}

using Fields = std::vector<std::pair<std::string, std::string>>;

Value visit(const std::string& order_no, const std::string& at, const Fields& given) {
  Value fields = Value::Object{};
  for (const auto& [name, text] : given) fields.set(name, text);
  Value made;
  made.set("order_no", order_no).set("topic", "order.visited").set("at", at);
  return made.set("fields", std::move(fields));
}

ExportOrders orders_with(const Value::Array& visits) {
  Value page;
  page.set("orders", Value(Value::Array{order("1"), order("2")}));
  ExportOrders orders;
  append_assessed_orders(page, orders);
  add_visits(visits, orders);
  return orders;
}

Visit first_visit(const Fields& fields) {
  return orders_with({visit("1", "2026-06-28 10:00:00", fields)}).orders.at(0).visit;
}

Appeal passed(const char* submitted_at) {
  Appeal made;
  made.order_no = "1";
  made.submitted_at = *parse_local(submitted_at);
  made.city_result = Verdict::pass;
  return made;
}

TEST(ArchiveOrders, AnOrderHasItsFactsAndTheTimesThatItIsCountedBy) {
  const ExportOrder one = orders_with({}).orders.at(0);
  EXPECT_EQ(one.order_no, "1");
  EXPECT_EQ(one.lead_unit, "housing");
  EXPECT_EQ(one.category, "住房城乡建设>房屋质量");
  EXPECT_EQ(format_local(*one.created_at), "2026-06-20 08:01:00") << "the city's is not known";
  EXPECT_EQ(format_local(*one.completed_at), "2026-06-25 08:00:00");
  EXPECT_FALSE(one.visit.valid);
}

TEST(ArchiveOrders, TheLatestCallBackCounts) {
  const ExportOrders orders =
      orders_with({visit("1", "2026-06-28 10:00:00", {{"reached", "yes"}, {"solved", "UNSOLVED"}}),
                   visit("1", "2026-07-08 10:00:00",
                         {{"reached", "yes"},
                          {"contacted", "yes"},
                          {"solved", "SOLVED"},
                          {"satisfied", "BASIC_SATISFIED"},
                          {"valid", "yes"}})});
  EXPECT_EQ(orders.orders.at(0).visit.solved, Solved::solved);
  EXPECT_EQ(orders.orders.at(0).visit.satisfied, Satisfied::basic);
  EXPECT_TRUE(orders.orders.at(0).visit.contacted);
  EXPECT_EQ(format_local(*orders.orders.at(0).visit_at), "2026-07-08 10:00:00");
  EXPECT_FALSE(orders.orders.at(1).visit_at);
}

TEST(ArchiveOrders, AVisitIsValidAsItSaysElseWhenTheCallerHasAnswered) {
  const Fields answered = {{"reached", "yes"}, {"solved", "PARTIAL"}, {"satisfied", "FAIR"}};
  EXPECT_TRUE(first_visit(answered).valid);
  EXPECT_EQ(first_visit(answered).solved, Solved::partial);
  EXPECT_EQ(first_visit(answered).satisfied, Satisfied::unsatisfied);
  Fields denied = answered;
  denied.emplace_back("valid", "no");
  EXPECT_FALSE(first_visit(denied).valid);
  EXPECT_FALSE(first_visit({{"reached", "no"}}).valid);
  EXPECT_FALSE(first_visit({{"reached", "yes"}}).valid);
}

TEST(ArchiveOrders, AnAppealTakesOutTheCallBackThatItWasAgainst) {
  const Fields answered = {{"reached", "yes"}, {"solved", "UNSOLVED"}};
  const ExportOrders orders = orders_with({visit("1", "2026-06-28 10:00:00", answered)});
  using Numbers = std::set<std::string>;
  EXPECT_EQ(excluded_by({passed("2026-06-28 00:00:00")}, orders), Numbers{"1"});
  EXPECT_EQ(excluded_by({passed("2026-06-27 23:59:59")}, orders), Numbers());
  Appeal pending = passed("2026-06-29 09:00:00");
  pending.city_result.reset();
  EXPECT_EQ(excluded_by({pending}, orders), Numbers());
}

}  // namespace
}  // namespace jieban
