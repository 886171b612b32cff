// The tree is whole, its tags are those of the list, and the shipped one covers every tag.
#include "common/routing/category_tree.h"

#include <gtest/gtest.h>

#include <set>

#include "common/domain/livelihood_tag.h"

namespace jieban {
namespace {

const std::string kTree = R"(version: "3"
categories:
  - {code: "0101", path: "住房>物业", tags: [住有所居, safety]}
  - {code: "01", path: 住房, tags: [housing]}
  - {code: "010101", path: "住房>物业>电梯"}
  - {code: "02", path: 教育, tags: [教育], valid_to: 2026-08-31}
)";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const size_t at = text.find(from);
  CHECK(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

const std::string kGood = replaced(kTree, "[教育]", "[学有所教]");

Result<CategoryTree> read(const std::string& text) {
  auto document = Document::parse(text, "categories.yaml");
  CHECK(document.ok());
  return read_categories(*document);
}

TEST(CategoryTree, KnowsItsPathsAndTheirNearestTags) {
  auto tree = read(kGood);
  ASSERT_TRUE(tree.ok()) << tree.error().message;
  EXPECT_EQ(tree->version, "3");
  EXPECT_TRUE(tree->knows("住房>物业>电梯"));
  EXPECT_FALSE(tree->knows("住房>物业>电"));
  const CategoryTags tags = tags_of(*tree);
  EXPECT_EQ(tags.rows.size(), 3U) << "rows with tags of their own";
  const Timestamp day = *parse_local("2026-08-31 23:59:59");
  const auto find = [&](std::string_view path, Timestamp at) {
    const auto* found = find_tags(tags, path, at);
    return found == nullptr ? std::vector<std::string>() : *found;
  };
  EXPECT_EQ(find("住房>物业>电梯", day), (std::vector<std::string>{"housing", "safety"}));
  EXPECT_EQ(find("住房>租赁", day), std::vector<std::string>{"housing"}) << "unknown, but below";
  EXPECT_EQ(find("教育", day), std::vector<std::string>{"education"});
  EXPECT_TRUE(find("教育", day + std::chrono::seconds(1)).empty()) << "the day after the last";
  EXPECT_TRUE(find("", day).empty());
}

TEST(CategoryTree, AFaultIsToldWithItsPlace) {
  struct Fault {
    const char* from;
    const char* to;
    const char* place;
  };
  const std::vector<Fault> faults = {
      {"safety", "luck", "3:5: "},
      {"\"0101\"", "\"02\"", "6:5: "},
      {"path: 住房,", "path: 住,", "3:5: "},
      {"\"住房>物业>电梯\"", "\"住房>>电梯\"", "5:5: "},
      {"2026-08-31", "2026-09-31", "6:"},
      {"code: \"02\"", "kode: \"02\"", "6:"},
      {"version: \"3\"", "official: 3", "1:1: "},
      {"path: 教育", "path: 住房", "6:5: "},
  };
  for (const Fault& fault : faults) {
    auto tree = read(replaced(kGood, fault.from, fault.to));
    ASSERT_FALSE(tree.ok()) << fault.to;
    EXPECT_EQ(tree.error().message.find(std::string("categories.yaml:") + fault.place), 0U)
        << tree.error().message;
  }
}

TEST(CategoryTree, MoreTagsThanThePayloadOfTheRulesHoldsAreRefused) {
  std::string text = "version: \"1\"\ncategories:\n";
  for (size_t i = 0; i <= kTaggedCategoriesMax; ++i) {
    text += "  - {code: \"" + std::to_string(i) + "\", path: \"p" + std::to_string(i) +
            "\", tags: [safety]}\n";
  }
  EXPECT_FALSE(read(text).ok());
}

TEST(CategoryTree, TheShippedOneIsNotOfficialAndUsesEveryTag) {
  const std::string path = std::string(JIEBAN_SOURCE_DIR) + "/config/categories.yaml";
  auto tree = load_categories(path);
  ASSERT_TRUE(tree.ok()) << tree.error().message;
  EXPECT_GT(tree->rows.size(), 100U);
  std::set<std::string> used;
  for (const Category& row : tree->rows) used.insert(row.tags.begin(), row.tags.end());
  for (const LivelihoodTag& tag : livelihood_tags()) {
    EXPECT_TRUE(used.contains(std::string(tag.code))) << tag.code;
  }
  auto document = Document::load(path, 1 << 20);
  ASSERT_TRUE(document.ok());
  EXPECT_EQ(*document->root().required("official")->boolean(), false);
}

}  // namespace
}  // namespace jieban
