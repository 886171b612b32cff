#include "common/alerting/route_tree.h"

#include "tests/unit/common/alerting/payloads.h"

namespace jieban {
namespace {

RouteNode node(uint64_t parent, const char* matcher, const char* receiver) {
  RouteNode made;
  made.parent = parent;
  if (*matcher != '\0') made.matchers = {*parse_matcher(matcher)};
  if (*receiver != '\0') made.receiver = receiver;
  return made;
}

std::vector<std::string> receivers(const RouteTree& tree, const LabelSet& labels) {
  std::vector<std::string> out;
  for (const RouteChoice& each : routes_of(tree, labels)) out.push_back(each.receiver);
  return out;
}

using Names = std::vector<std::string>;

TEST(RouteTree, TheFirstChildThatMatchesTakesTheAlertUnlessItContinues) {
  RouteTree tree = {node(0, "", "root"), node(0, "a=1", "first"), node(0, "a=~.+", "second")};
  ASSERT_TRUE(check_routes(tree).ok());
  EXPECT_EQ(receivers(tree, {{"a", "1"}}), Names{"first"});
  tree[1].continues = true;
  EXPECT_EQ(receivers(tree, {{"a", "1"}}), (Names{"first", "second"}));
  EXPECT_EQ(receivers(tree, {{"a", "2"}}), Names{"second"});
  EXPECT_EQ(receivers(tree, {}), Names{"root"});
}

TEST(RouteTree, ChildrenInheritAllButTheTimesThatMute) {
  RouteTree tree = {node(0, "", "root"), node(0, "a=1", ""), node(1, "b=1", "deep")};
  tree[0].mute_times = {"night"};
  tree[1].group_by = Names{"a"};
  tree[1].repeat_interval_micros = 7;
  tree[1].mute_times = {"weekend"};
  ASSERT_TRUE(check_routes(tree).ok());
  const auto choices = routes_of(tree, {{"a", "1"}, {"b", "1"}});
  ASSERT_EQ(choices.size(), 1U);
  EXPECT_EQ(choices[0].receiver, "deep");
  EXPECT_EQ(choices[0].group_by, Names{"a"});
  EXPECT_EQ(choices[0].repeat_interval, Duration(7));
  EXPECT_EQ(choices[0].group_wait, kGroupWait);
  EXPECT_TRUE(choices[0].mute_times.empty());
  EXPECT_EQ(routes_of(tree, {{"a", "1"}})[0].mute_times, Names{"weekend"});
}

TEST(RouteTree, OneKeyIsOneGroupOfOneRoute) {
  RouteTree tree = {node(0, "", "root"), node(0, "a=1", "x")};
  tree[1].group_by = Names{"unit"};
  const LabelSet labels = {{"a", "1"}, {"unit", "u"}, {"order", "1"}};
  const RouteChoice choice = routes_of(tree, labels)[0];
  EXPECT_EQ(group_key(choice, labels), R"({}/{a="1"}:{unit="u"})");
  LabelSet other = labels;
  other["order"] = "2";
  EXPECT_EQ(group_key(choice, other), group_key(choice, labels));
  // A route that is put in before it changes no key.
  tree.insert(tree.begin() + 1, node(0, "a=2", "y"));
  EXPECT_EQ(group_key(routes_of(tree, labels)[0], labels), group_key(choice, labels));
}

TEST(RouteTree, WhatIsNoTreeIsRefused) {
  EXPECT_FALSE(check_routes({}).ok());
  EXPECT_FALSE(check_routes({node(0, "", "")}).ok());
  EXPECT_FALSE(check_routes({node(0, "a=1", "root")}).ok());
  EXPECT_FALSE(check_routes({node(0, "", "root"), node(1, "a=1", "x")}).ok());
  RouteTree zero = {node(0, "", "root")};
  zero[0].repeat_interval_micros = 0;
  EXPECT_FALSE(check_routes(zero).ok());
  zero[0].repeat_interval_micros = UINT64_MAX;
  EXPECT_FALSE(check_routes(zero).ok());
  zero[0].repeat_interval_micros = uint64_t(kIntervalMax.count());
  EXPECT_TRUE(check_routes(zero).ok());
  RouteTree many(kRoutesMax, node(0, "", "root"));
  EXPECT_TRUE(check_routes(many).ok());
  many.push_back(node(0, "", ""));
  EXPECT_EQ(check_routes(many).error().code, ErrorCode::limit);
}

TEST(RouteTree, IsAPayload) {
  RouteNode full = node(3, "a=1", "x");
  full.group_by = Names{"..."};
  full.group_wait_micros = 0;
  full.mute_times = {"night"};
  expect_payload(full);
  expect_payload(RouteNode{});
  full.group_by->clear();  // by nothing, which is not the same as inherited
  expect_payload(full);
}

}  // namespace
}  // namespace jieban
