// A Value is found by key, keeps its order, and knows what it is.
#include "common/base/value.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

TEST(Value, ObjectsKeepTheirOrder) {
  Value order;
  order.set("b", 1).set("a", "x");
  EXPECT_EQ(order.object()->front().first, "b");
  EXPECT_EQ(*order.find("a")->string(), "x");
  EXPECT_EQ(order.find("c"), nullptr);
  EXPECT_EQ(order.kind(), "object");
}

TEST(Value, ArraysGrowFromNull) {
  Value list;
  EXPECT_TRUE(list.is_null());
  list.push(true);
  list.push(1.5);
  EXPECT_EQ(list.array()->size(), 2U);
  EXPECT_EQ(list.find("x"), nullptr);
}

}  // namespace
}  // namespace jieban
