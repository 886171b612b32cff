// Members of rule files are read with errors that name the place.
#include "common/config/fields.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

TEST(Fields, MissingAndWrongMembersNameThePlace) {
  auto document = Document::parse("a: x\nlist: [p, q]\nwrong: {b: c}\n", "rules.yaml");
  ASSERT_TRUE(document.ok());
  Node root = document->root();
  EXPECT_EQ(*required_text(root, "a"), "x");
  EXPECT_EQ(*text_list(root, "list"), (std::vector<std::string>{"p", "q"}));
  EXPECT_TRUE(text_list(root, "absent")->empty());
  EXPECT_FALSE(optional_text(root, "absent")->has_value());
  auto missing = required_text(root, "absent");
  ASSERT_FALSE(missing.ok());
  EXPECT_NE(missing.error().message.find("rules.yaml"), std::string::npos);
  EXPECT_FALSE(optional_text(root, "wrong").ok());
  EXPECT_FALSE(required_items(root, "a").ok());
  EXPECT_FALSE(text_list(root, "wrong").ok());
}

}  // namespace
}  // namespace jieban
