// The desk meets every event of the course with the next command, after the delay of the rules.
#include "tools/player/desk.h"

#include <gtest/gtest.h>

#include "common/json/json.h"

namespace jieban {
namespace {

constexpr Timestamp kMorning = from_micros(1'773'100'800'000'000);

DeskRules fixed_rules() {
  auto rules = DeskRules::read(*parse_json(
      R"({"seed":1,"by_class":[{"class":"general","late_share":0.0,"sign":[3,3],"late":[31,31],
          "dispatch":[5,5],"accept":[10,10],"contact":[30,30],"hand_in":[60,60],"submit":[7,7],
          "complete":[8,8]}],"unrouted":{"to":{"交通运输":"urban_office"},"else":"centre"}})"));
  return *rules;
}

SeenEvent event(const std::string& topic, const std::string& payload) {
  return {topic, kMorning, "a", *parse_json(payload)};
}

class DeskTest : public testing::Test {
 protected:
  void meet(const SeenEvent& seen) {
    board_.apply(seen);
    desk_.meet(seen, board_);
  }
  void open() {
    meet(event("order.opened",
               R"({"order_no":"a","order_class":"general","category":"交通运输>公交"})"));
  }

  Board board_;
  Desk desk_{fixed_rules()};
};

TEST_F(DeskTest, ACommandIsDueAfterItsDelayAndNotBefore) {
  open();
  EXPECT_FALSE(desk_.next(kMorning + std::chrono::minutes(2), false).has_value());
  auto task = desk_.next(kMorning + std::chrono::minutes(3), false);
  ASSERT_TRUE(task.has_value());
  EXPECT_EQ(task->command, "sign");
  EXPECT_EQ(task->order_no, "a");
  EXPECT_EQ(desk_.waiting(), 0u);
}

TEST_F(DeskTest, InAHurryNobodyWaits) {
  open();
  EXPECT_TRUE(desk_.next(kMorning, true).has_value());
  EXPECT_FALSE(desk_.next(kMorning, true).has_value());
}

TEST_F(DeskTest, EachEventIsMetWithTheNextCommand) {
  open();
  desk_.next(kMorning, true);
  const std::vector<std::pair<std::string, std::string>> course = {{"order.dispatched", "accept"},
                                                                   {"order.accepted", "hand_in"},
                                                                   {"order.handed_in", "submit"},
                                                                   {"order.submitted", "complete"}};
  for (const auto& [topic, command] : course) {
    meet(event(topic, R"({"order_no":"a"})"));
    auto task = desk_.next(kMorning, true);
    ASSERT_TRUE(task.has_value()) << topic;
    EXPECT_EQ(task->command, command);
  }
  for (const char* topic : {"order.signed", "order.completed", "order.amended", "clock.changed"}) {
    meet(event(topic, R"({"order_no":"a"})"));
    EXPECT_FALSE(desk_.next(kMorning, true).has_value()) << topic;
  }
}

TEST_F(DeskTest, WhatNoRuleRoutedIsSentToAUnit) {
  open();
  desk_.next(kMorning, true);
  meet(event("order.unrouted", R"({"order_no":"a","queue":"team_leader"})"));
  auto task = desk_.next(kMorning, true);
  ASSERT_TRUE(task.has_value());
  EXPECT_EQ(task->command, "dispatch");
  EXPECT_EQ(task->unit, "urban_office");
}

TEST_F(DeskTest, TheCallerIsContactedBeforeTheUnitHandsIn) {
  open();
  desk_.next(kMorning, true);
  meet(event("order.accepted", R"({"order_no":"a"})"));
  EXPECT_FALSE(desk_.next(kMorning + std::chrono::minutes(89), false).has_value());
  EXPECT_TRUE(desk_.next(kMorning + std::chrono::minutes(90), false).has_value());
}

TEST_F(DeskTest, AnOrderThatWasNeverOpenedIsLeftAlone) {
  desk_.meet(event("order.dispatched", R"({"order_no":"a"})"), board_);
  EXPECT_EQ(desk_.waiting(), 0u);
}

}  // namespace
}  // namespace jieban
