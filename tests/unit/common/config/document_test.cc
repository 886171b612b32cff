// Readers of rule tables get what they ask for, or an error an administrator can act on.
#include "common/config/document.h"

#include <gtest/gtest.h>

#include "common/base/file.h"
#include "common/base/limits.h"
#include "tests/support/temp_dir.h"

namespace jieban {
namespace {

Document document(std::string_view text) {
  auto parsed = Document::parse(text, "rules.yaml");
  EXPECT_TRUE(parsed.ok()) << parsed.error().message;
  return std::move(*parsed);
}

TEST(Document, TypedReadersTakeWhatIsSpelledRight) {
  Document rules =
      document("n: 42\nflag: true\nspan: 30s\nname: \"010\"\ncode: 010\nlist: [a, b]\n");
  EXPECT_EQ(*rules.root().required("n")->integer(), 42);
  EXPECT_TRUE(*rules.root().required("flag")->boolean());
  EXPECT_EQ(*rules.root().required("span")->duration(), std::chrono::seconds(30));
  EXPECT_EQ(*rules.root().required("name")->text(), "010");
  EXPECT_EQ(*rules.root().required("code")->text(), "010");
  EXPECT_EQ(rules.root().required("list")->items()->size(), 2U);
  EXPECT_EQ(*rules.root().keys(),
            (std::vector<std::string>{"n", "flag", "span", "name", "code", "list"}));
}

TEST(Document, WrongTypesNameThePlace) {
  Document rules = document("a:\n  n: \"42\"\n  octal: 010\n  flag: no\n  none:\n");
  Node a = *rules.root().required("a");
  EXPECT_EQ(a.required("n")->integer().error().message,
            "rules.yaml:2:6: a whole number is written without quotes");
  EXPECT_EQ(a.required("octal")->integer().error().message.find("rules.yaml:3:10: \"010\""), 0U);
  EXPECT_EQ(a.required("flag")->boolean().error().message.find("rules.yaml:4:9: \"no\""), 0U);
  EXPECT_EQ(a.required("none")->text().error().message,
            "rules.yaml:5:3: expected text, found nothing");
  EXPECT_EQ(a.items().error().message, "rules.yaml:2:3: expected a list, found a map");
  EXPECT_FALSE(a.duration().ok());
  EXPECT_FALSE(a.required("n")->keys().ok());
}

TEST(Document, MissingAndUnknownKeys) {
  Document rules = document("when: x\nthne: y\n");
  EXPECT_EQ(rules.root().required("then").error().message,
            "rules.yaml:1:1: the key \"then\" is missing; add it");
  EXPECT_FALSE(rules.root().optional("then").has_value());
  EXPECT_TRUE(rules.root().optional("when").has_value());
  EXPECT_EQ(rules.root().only_keys({"when", "then"}).error().message,
            "rules.yaml:2:1: unknown key \"thne\"; known here: when then");
  EXPECT_TRUE(rules.root().only_keys({"when", "thne"}).ok());
  EXPECT_FALSE(rules.root().required("when")->only_keys({"x"}).ok());
}

TEST(Document, ValuesKeepQuotedTextAsText) {
  Document rules = document("a: [1, \"1\", 010, true, \"true\", no, null, {k: v}]\n");
  Value expected;
  Value object;
  object.set("k", "v");
  expected.set("a", Value::Array{1, "1", "010", true, "true", "no", Value(), object});
  EXPECT_EQ(rules.root().to_value(), expected);
}

TEST(Document, AllIssuesOfAFileComeTogether) {
  auto parsed = Document::parse("a: 1\na: 2\nb: &x 3\n", "rules.yaml");
  ASSERT_FALSE(parsed.ok());
  EXPECT_NE(parsed.error().message.find("rules.yaml:2:1"), std::string::npos);
  EXPECT_NE(parsed.error().message.find("\nrules.yaml:3:4"), std::string::npos);
}

TEST(Document, FilesAreReadWithinTheirLimit) {
  TempDir directory;
  std::string path = directory.path("rules.yaml");
  ASSERT_TRUE(write_file(path, "a: 1\n").ok());
  EXPECT_EQ(*Document::load(path, 5)->root().required("a")->integer(), 1);
  EXPECT_EQ(Document::load(path, 4).error().code, ErrorCode::limit);
  EXPECT_EQ(Document::load(directory.path("none"), 5).error().code, ErrorCode::not_found);
  EXPECT_EQ(Document::load(directory.root(), 5).error().code, ErrorCode::io);
}

TEST(Document, ALargeRuleTableIsReadQuickly) {
  std::string text;
  for (int i = 0; text.size() < limits::kRulesBytesMax - 100; ++i) {
    text += "社区" + std::to_string(i) + ": {office: 市政, hours: 24h}\n";
  }
  Document rules = document(text);
  EXPECT_EQ(*rules.root().required("社区0")->required("hours")->duration(), std::chrono::hours(24));
}

}  // namespace
}  // namespace jieban
