// The policy is read; what it does not name has the default, what it cannot mean is refused.
#include "common/routing/policy_file.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

Result<RouterPolicy> read(const std::string& yaml, const CategoryTree* tree = nullptr) {
  auto document = Document::parse(yaml, "p.yaml");
  CHECK(document.ok());
  return read_policy(document->root(), tree);
}

TEST(PolicyFile, LinksAndWaitingAreSwitches) {
  auto policy = read(
      "{repeats: {link: false, repeat_window: 10d, cluster_window: 36h}, not_ours_waits: false}");
  ASSERT_TRUE(policy.ok()) << policy.error().message;
  EXPECT_FALSE(policy->repeats->link);
  EXPECT_EQ(Duration(policy->repeats->repeat_window), std::chrono::hours(240));
  EXPECT_EQ(Duration(policy->repeats->cluster_window), std::chrono::hours(36));
  EXPECT_EQ(policy->not_ours_waits, false);
  auto bare = read("{repeats: {}}");
  ASSERT_TRUE(bare.ok());
  EXPECT_TRUE(bare->repeats->link);
  EXPECT_EQ(Duration(bare->repeats->repeat_window), std::chrono::hours(30 * 24));
  EXPECT_FALSE(bare->not_ours_waits.has_value());
}

TEST(PolicyFile, WhatItCannotMeanIsRefused) {
  for (const char* fault :
       {"{repeats: {link: maybe}}", "{repeats: {repeat_window: 0s}}", "{repeats: {window: 3d}}",
        "{repeats: {cluster_window: -1d}}", "{not_ours_waits: 3}", "{hand_in_needs: [luck]}"}) {
    auto policy = read(fault);
    ASSERT_FALSE(policy.ok()) << fault;
    EXPECT_EQ(policy.error().message.find("p.yaml:1:"), 0U) << policy.error().message;
  }
}

TEST(PolicyFile, TheCategoriesOfSeatsStandInTheTree) {
  const CategoryTree tree{"1", {{"01", "政务服务", {}, {}}}};
  EXPECT_TRUE(read("{seat_answers: [政务服务]}", &tree).ok());
  EXPECT_FALSE(read("{seat_answers: [政务]}", &tree).ok());
  EXPECT_TRUE(read("{seat_answers: [政务]}").ok()) << "no tree, nothing to compare with";
}

}  // namespace
}  // namespace jieban
