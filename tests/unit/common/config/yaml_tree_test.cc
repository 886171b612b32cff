// Everything in YAML that could mislead is refused, all of it at once, with its position.
#include "common/config/yaml_tree.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "common/base/limits.h"

namespace jieban {
namespace {

std::string issues_of(std::string_view text) {
  YamlTree tree = parse_yaml(text, "f.yaml");
  return tree.issues.empty() ? "accepted" : tree.error().message;
}

TEST(YamlTree, KeepsScalarsAsWrittenWithPositions) {
  YamlTree tree = parse_yaml("a: 010\nb:\n  - \"x\"\n  - no\nc:\n", "f.yaml");
  ASSERT_TRUE(tree.issues.empty()) << tree.error().message;
  EXPECT_EQ(tree.root.find("a")->text, "010");
  const YamlNode& list = *tree.root.find("b");
  EXPECT_EQ(list.values[0].text, "x");
  EXPECT_TRUE(list.values[0].quoted);
  EXPECT_EQ(list.values[1].text, "no");
  EXPECT_FALSE(list.values[1].quoted);
  EXPECT_EQ(list.values[1].position, (YamlPosition{4, 5}));
  EXPECT_EQ(tree.root.find("c")->kind, NodeKind::null);
  EXPECT_EQ(tree.root.find("d"), nullptr);
}

TEST(YamlTree, DuplicateKeysAreRefusedAndTheirValuesSkipped) {
  EXPECT_EQ(issues_of("a: 1\nb: 2\na:\n  x: [1, {y: 2}]\n"),
            "f.yaml:3:1: \"a\" occurs twice, first in line 1; remove one of them");
  EXPECT_EQ(issues_of("a: {x: 1}\nb: {x: 1}\n"), "accepted");
}

TEST(YamlTree, EveryTrapIsReportedInTheOrderOfTheFile) {
  std::string message =
      issues_of("a: &anchor 1\nb: *anchor\nc:\n  <<: {x: 1}\nd: !!int 3\n? [x]\n: 1\na: 2\n");
  EXPECT_EQ(message.find("f.yaml:1:"), 0U) << message;
  for (const char* part : {":1:4: an anchor", ":2:4: an alias", ":4:3: a merge key", ":5:4: a tag",
                           ":6:3: a key must be a word", ":8:1: \"a\" occurs twice"}) {
    EXPECT_NE(message.find(part), std::string::npos) << part << " not in\n" << message;
  }
}

TEST(YamlTree, AQuotedMergeKeyIsAKey) { EXPECT_EQ(issues_of("\"<<\": 1\n"), "accepted"); }

TEST(YamlTree, OneDocumentOnly) {
  EXPECT_EQ(issues_of("---\na: 1\n"), "accepted");
  EXPECT_NE(issues_of("a: 1\n---\nb: 2\n").find("a second document"), std::string::npos);
  EXPECT_EQ(issues_of(""), "accepted");
  EXPECT_EQ(issues_of("# nothing\n"), "accepted");
}

TEST(YamlTree, DepthIsLimitedDuringTheParse) {
  std::string open(limits::kConfigDepthMax, '[');
  std::string close(limits::kConfigDepthMax, ']');
  EXPECT_EQ(issues_of(open + close), "accepted");
  YamlTree tree = parse_yaml(std::string(60000, '['), "f.yaml");
  EXPECT_EQ(tree.error().code, ErrorCode::limit) << tree.error().message;
  EXPECT_FALSE(tree.complete);
}

TEST(YamlTree, CharactersAreCheckedBeforeTheLibrarySeesThem) {
  EXPECT_EQ(issues_of("a: 接\nb: \xff\n"),
            "f.yaml:2:1: this line is not UTF-8; save the file as UTF-8");
  EXPECT_EQ(issues_of(std::string_view("a\0:\0", 4)), "f.yaml:1:2: a control character; remove it");
  EXPECT_EQ(issues_of("a: 1\r\nb: 2\r\n"), "accepted");
  EXPECT_EQ(issues_of("\xef\xbb\xbf"
                      "a: 1\n"),
            "accepted");
}

TEST(YamlTree, AFileThatIsWrongThroughoutGivesABoundedMessage) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "a: 1\n";
  std::string message = issues_of(text);
  EXPECT_EQ(std::count(message.begin(), message.end(), '\n'), 50);
  EXPECT_TRUE(message.ends_with(": this and more, not shown")) << message;
}

TEST(YamlTree, SyntaxErrorsHaveAPosition) {
  std::string message = issues_of("a: [1, 2\nb: }\n");
  EXPECT_EQ(message.find("f.yaml:2:"), 0U) << message;
  EXPECT_NE(message.find("not YAML"), std::string::npos);
}

}  // namespace
}  // namespace jieban
