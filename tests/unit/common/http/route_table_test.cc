// A target finds its one route, and what is sent in it arrives decoded or not at all.
#include "common/http/route_table.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

RouteTable::Found find(const RouteTable& table, std::string_view method, std::string_view target) {
  return table.find(method, target_parts(target)->segments);
}

TEST(RouteTable, ParametersAreTakenFromThePath) {
  RouteTable table;
  table.add("GET", "/metrics");
  size_t command = table.add("POST", "/api/v1/orders/{order_no}/commands/{command}");
  auto found = find(table, "POST", "/api/v1/orders/BJ%2F7%20%E6%8E%A5/commands/sign");
  ASSERT_TRUE(found.match);
  EXPECT_EQ(found.match->route, command);
  EXPECT_EQ(found.match->params, (HttpHeaders{{"order_no", "BJ/7 接"}, {"command", "sign"}}));
}

TEST(RouteTable, NearMissesAreNotFound) {
  RouteTable table;
  table.add("GET", "/orders/{order_no}");
  for (const char* target : {"/orders", "/orders/", "/orders/1/", "/orders//1", "/Orders/1", "/",
                             "//orders/1", "/orders%2F1"}) {
    auto found = find(table, "GET", target);
    EXPECT_FALSE(found.match) << target;
    EXPECT_EQ(found.allowed, "") << target;
  }
}

TEST(RouteTable, OtherMethodsAreNamed) {
  RouteTable table;
  table.add("GET", "/orders/{order_no}");
  table.add("POST", "/orders/{order_no}");
  table.add("DELETE", "/other");
  auto found = find(table, "DELETE", "/orders/1");
  EXPECT_FALSE(found.match);
  EXPECT_EQ(found.allowed, "GET, POST");
  EXPECT_TRUE(find(table, "HEAD", "/orders/1").match);
  EXPECT_FALSE(find(table, "HEAD", "/other").match);
}

TEST(RouteTable, LiteralsWinOverParameters) {
  RouteTable table;
  table.add("GET", "/orders/{order_no}");
  size_t literal = table.add("GET", "/orders/latest");
  EXPECT_EQ(find(table, "GET", "/orders/latest").match->route, literal);
  EXPECT_NE(find(table, "GET", "/orders/other").match->route, literal);
}

TEST(RouteTable, QueriesAreDecoded) {
  auto parts = target_parts("/a?x=1+2&y=%2B%26&empty=&flag&&z=a=b#fragment");
  ASSERT_TRUE(parts.ok());
  EXPECT_EQ(parts->path, "/a");
  EXPECT_EQ(parts->query,
            (HttpHeaders{{"x", "1 2"}, {"y", "+&"}, {"empty", ""}, {"flag", ""}, {"z", "a=b"}}));
}

TEST(RouteTable, BrokenTargetsAreRefused) {
  for (const char* target : {"", "a", "http://h/a", "/%", "/%4", "/%zz", "/%ff", "/%00", "/a?x=%",
                             "/a?x=1&x=2", "/a?%ff=1"}) {
    EXPECT_FALSE(target_parts(target).ok()) << target;
  }
}

TEST(RouteTableDeathTest, ARouteIsDeclaredOnce) {
  RouteTable table;
  table.add("GET", "/a/{b}");
  table.add("POST", "/a/{b}");
  EXPECT_DEATH(table.add("GET", "/a/{b}"), "declared once");
}

}  // namespace
}  // namespace jieban
