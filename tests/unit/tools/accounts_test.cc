// The books: each order that went in counts once, each row under one outcome, and a course is whole
// only in its order.
#include "tools/player/accounts.h"

#include <gtest/gtest.h>

#include "common/json/json.h"

namespace jieban {
namespace {

const std::vector<std::string> kWhole = {
    "order.received", "order.opened",    "clock.changed",   "order.signed",    "order.dispatched",
    "order.accepted", "order.handed_in", "order.submitted", "order.completed", "clock.changed"};

TEST(Accounts, APushAnswerIsBooked) {
  Accounts accounts;
  accounts.note_push(*parse_json(
      R"({"code":"0000","rejected":[{"index":2,"order_no":"c","reason":"orders[2].content: 必填"}],
          "results":[{"order_no":"a","outcome":"new"},{"order_no":"b","outcome":"updated"},
                     {"order_no":"c","outcome":"rejected"}]})"));
  EXPECT_EQ(accounts.orders(), (std::set<std::string>{"a", "b"}));
  EXPECT_EQ(accounts.count("new"), 1);
  EXPECT_EQ(accounts.count("updated"), 1);
  EXPECT_EQ(accounts.count("unchanged"), 0);
  EXPECT_EQ(accounts.count("rejected"), 1);
  EXPECT_EQ(accounts.reject_reasons(), (std::map<std::string, int64_t>{{"content: 必填", 1}}));
}

TEST(Accounts, AnOrderThatComesAgainIsOneOrder) {
  Accounts accounts;
  accounts.note_push(*parse_json(R"({"results":[{"order_no":"a","outcome":"new"}]})"));
  ImportReport report;
  report.orders = {{"a", "unchanged"}, {"b", "new"}};
  report.rejects = {{9, "", "order_no", "科学计数"}};
  accounts.note_import(report);
  EXPECT_EQ(accounts.orders().size(), 2u);
  EXPECT_EQ(accounts.count("new"), 2);
  EXPECT_EQ(accounts.count("unchanged"), 1);
  EXPECT_EQ(accounts.count("rejected"), 1);
  EXPECT_EQ(accounts.reject_reasons().begin()->first, "order_no: 科学计数");
}

TEST(Accounts, AWholeCourseLacksNothing) { EXPECT_EQ(missing_step(kWhole), ""); }

TEST(Accounts, EachStepThatIsLeftOutIsNamed) {
  for (const std::string& topic : kWhole) {
    if (!topic.starts_with("order.")) continue;
    std::vector<std::string> cut = kWhole;
    std::erase(cut, topic);
    EXPECT_EQ(missing_step(cut), topic);
  }
}

TEST(Accounts, StepsInTheWrongOrderAreNoCourse) {
  std::vector<std::string> swapped = kWhole;
  std::swap(swapped[3], swapped[4]);
  EXPECT_EQ(missing_step(swapped), "order.dispatched");
  EXPECT_EQ(missing_step({}), "order.received");
}

}  // namespace
}  // namespace jieban
