// The alias file is read strictly; its errors say where they are.
#include "daemons/receiver/intake/alias_file.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

std::string refusal(const std::string& text) {
  auto document = Document::parse(text, "a.yaml");
  EXPECT_TRUE(document.ok());
  auto table = read_aliases(*document);
  return table ? "accepted" : table.error().message;
}

TEST(AliasFile, TheShippedFilesAreRead) {
  auto table = load_aliases(JIEBAN_SOURCE_DIR "/config/aliases.yaml");
  ASSERT_TRUE(table.ok()) << table.error().message;
  EXPECT_TRUE(table->knows("工单编号"));
  EXPECT_EQ(table->dates(), DateStyle::year_first);
  auto fuzhou = load_aliases(JIEBAN_SOURCE_DIR "/config/aliases-fuzhou.yaml");
  ASSERT_TRUE(fuzhou.ok()) << fuzhou.error().message;
  EXPECT_TRUE(fuzhou->knows("投诉件内容"));
  EXPECT_FALSE(fuzhou->knows("河流"));
  EXPECT_EQ(fuzhou->dates(), DateStyle::month_first);
}

TEST(AliasFile, MistakesNameTheirPlace) {
  EXPECT_EQ(refusal("version: 1\naliases:\n  title: [标题]\n"), "accepted");
  EXPECT_EQ(refusal("version: 2\naliases: {}\n").find("a.yaml:1:"), 0u);
  EXPECT_EQ(refusal("version: 1\ndates: d/m/y\naliases: {}\n").find("a.yaml:2:"), 0u);
  EXPECT_EQ(refusal("version: 1\naliases:\n  titel: [标题]\n").find("a.yaml:3:"), 0u);
  EXPECT_EQ(refusal("version: 1\naliases:\n  title: 标题\n").find("a.yaml:3:"), 0u);
  EXPECT_EQ(refusal("version: 1\nalias: {}\n").find("a.yaml:2:"), 0u);
  EXPECT_NE(refusal("version: 1\naliases:\n  title: [标题, 标题]\n"), "accepted");
}

}  // namespace
}  // namespace jieban
