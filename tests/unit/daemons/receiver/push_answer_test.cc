// The answer of a push says of each order what became of it, and is JSON whatever its numbers hold.
#include "daemons/receiver/push_answer.h"

#include <gtest/gtest.h>

#include "common/json/json.h"

namespace jieban {
namespace {

PushedOrder taken(const std::string& order_no) { return {order_no, Submission(), {}}; }

TEST(PushAnswer, CountsAndTellsEachOrderInItsPlace) {
  PushBatch batch;
  batch.orders.push_back(taken("YT-1"));
  batch.orders.push_back({"工单\"2", invalid("orders[1].content: 必填，但为空"), {}});
  batch.orders.push_back(taken("YT-3"));
  batch.orders.back().warnings.push_back({"lon", "不是坐标"});
  std::string text = push_answer(batch, {OrderOutcome::added, OrderOutcome::unchanged});
  EXPECT_EQ(text.find('\n'), text.size() - 1);
  auto parsed = parse_json(text);
  ASSERT_TRUE(parsed.ok()) << parsed.error().message;
  Value expected;
  Value rejection;
  rejection.set("index", 1)
      .set("order_no", "工单\"2")
      .set("reason", "orders[1].content: 必填，但为空");
  Value warning;
  warning.set("index", 2).set("order_no", "YT-3").set("column", "lon").set("reason", "不是坐标");
  Value results{Value::Array{}};
  for (auto [number, outcome] : {std::pair("YT-1", "new"), std::pair("工单\"2", "rejected"),
                                 std::pair("YT-3", "unchanged")}) {
    results.push(Value().set("order_no", number).set("outcome", outcome));
  }
  expected.set("code", "0000").set("message", "成功");
  expected.set("accepted", 1).set("updated", 0).set("unchanged", 1);
  expected.set("rejected", Value::Array{rejection}).set("warnings", Value::Array{warning});
  expected.set("results", std::move(results));
  EXPECT_EQ(*parsed, expected);
}

TEST(PushAnswer, AnEmptyPushHasEmptyLists) {
  auto parsed = parse_json(push_answer({}, {}));
  ASSERT_TRUE(parsed.ok());
  EXPECT_TRUE(parsed->find("results")->array()->empty());
}

}  // namespace
}  // namespace jieban
