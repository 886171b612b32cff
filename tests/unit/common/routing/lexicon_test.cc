// Goal: the words are found where they are, each group once, and a bad file is told with its place.
#include "common/routing/lexicon.h"

#include <gtest/gtest.h>

#include "common/base/check.h"
#include "common/base/file.h"
#include "tests/support/temp_dir.h"

namespace jieban {
namespace {

using Words = std::vector<std::string>;

std::string load_fault(const std::string& text) {
  TempDir dir("/dev/shm");
  CHECK(write_file(dir.path("lexicon.yaml"), text).ok());
  auto lexicon = Lexicon::load(dir.path("lexicon.yaml"));
  return lexicon.ok() ? "nothing is wrong" : lexicon.error().message;
}

TEST(Lexicon, GroupsAreHitOnceAndRoutingWordsAreTold) {
  auto lexicon = Lexicon::build(
      "9", {{"emergency", {"火灾", "坍塌"}}, {"threat", {"扬言"}}, {"routing", {"油烟", "火灾"}}});
  ASSERT_TRUE(lexicon.ok());
  auto hits = lexicon->find("楼下火灾", "墙体坍塌，油烟很大");
  EXPECT_EQ(hits.groups, Words{"emergency"});
  EXPECT_EQ(hits.routing, (Words{"油烟", "火灾"}));
  EXPECT_EQ(lexicon->version(), "9");
}

TEST(Lexicon, NothingIsHitAcrossTheBorderOfTitleAndContent) {
  auto lexicon = Lexicon::build("9", {{"emergency", {"火灾"}}});
  EXPECT_TRUE(lexicon->find("楼上有火", "灾情不明").groups.empty());
  EXPECT_TRUE(lexicon->find("", "").groups.empty());
}

TEST(Lexicon, TheShippedFileLoads) {
  auto lexicon = Lexicon::load(std::string(JIEBAN_SOURCE_DIR) + "/config/lexicon.yaml");
  ASSERT_TRUE(lexicon.ok()) << lexicon.error().message;
  auto hits = lexicon->find("", "闻到燃气味，再次反映");
  EXPECT_EQ(hits.groups, (Words{"emergency", "repeat"}));
  EXPECT_EQ(hits.routing, Words{"燃气味"});
}

TEST(Lexicon, AFaultIsToldWithItsPlace) {
  EXPECT_EQ(load_fault("version: \"1\"\ngroups: {a: [火灾]}\n"), "nothing is wrong");
  EXPECT_NE(load_fault("version: \"1\"\ngroups: {a: [火]}\n").find("lexicon.yaml:2:14: "),
            std::string::npos);
  EXPECT_NE(load_fault("version: \"1\"\n").find("lexicon.yaml:1:1: "), std::string::npos);
  EXPECT_NE(load_fault("version: \"1\"\ngroups: {}\nwords: {}\n").find("lexicon.yaml:3:1: "),
            std::string::npos);
  EXPECT_FALSE(Lexicon::load("/nowhere/lexicon.yaml").ok());
}

}  // namespace
}  // namespace jieban
