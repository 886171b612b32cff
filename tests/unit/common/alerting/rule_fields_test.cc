#include "common/alerting/rule_fields.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

Document good(std::string_view text) {
  auto document = Document::parse(text, "r.yaml");
  EXPECT_TRUE(document.ok());
  return std::move(*document);
}

TEST(RuleFields, ReadsWhatIsThereAndLeavesTheRest) {
  const Document document = good("a: x\nb: true\nc: 7\nd: 30s\ne: [p, q]\n");
  RuleFields fields(document.root(), {"a", "b", "c", "d", "e", "f"});
  std::string a;
  std::string f = "kept";
  std::optional<std::string> none;
  bool b = false;
  uint64_t c = 0;
  uint64_t d = 0;
  std::optional<uint64_t> no_span;
  std::vector<std::string> e;
  fields.text("a", Need::required, a);
  fields.text("f", Need::optional, f);
  fields.text("f", none);
  fields.flag("b", b);
  fields.whole("c", Need::required, c);
  fields.span("d", Need::required, d);
  fields.span("f", no_span);
  fields.texts("e", Need::required, e);
  ASSERT_TRUE(fields.outcome().ok()) << fields.outcome().error().message;
  EXPECT_EQ(a, "x");
  EXPECT_EQ(f, "kept");
  EXPECT_FALSE(none.has_value() || no_span.has_value());
  EXPECT_TRUE(b);
  EXPECT_EQ(c, 7U);
  EXPECT_EQ(d, 30'000'000U);
  EXPECT_EQ(e, (std::vector<std::string>{"p", "q"}));
}

template <class Read>
std::string error_of(std::string_view text, Read read) {
  const Document document = good(text);
  RuleFields fields(document.root(), {"a", "b"});
  read(fields);
  return fields.outcome().ok() ? "" : fields.outcome().error().message;
}

TEST(RuleFields, TheFirstErrorStaysWithItsPlace) {
  uint64_t out = 0;
  std::string text;
  const auto both = [&](RuleFields& fields) {
    fields.whole("a", Need::required, out);
    fields.text("b", Need::required, text);
  };
  EXPECT_EQ(error_of("a: -1\n", both).find("r.yaml:1:4: the number is negative"), 0U);
  EXPECT_NE(error_of("b: x\n", both).find('a'), std::string::npos);
  EXPECT_EQ(error_of("a: 1\nb: [x]\n", both).find("r.yaml:2:4: "), 0U);
  EXPECT_EQ(error_of("a: 1\nb: x\nc: 1\n", both).find("r.yaml:3:1: "), 0U);
  EXPECT_EQ(error_of("a: 1\nb: x\n", both), "");
}

TEST(RuleFields, NegativeSpansAndHalfNumbersAreRefused) {
  uint64_t out = 0;
  const auto span = [&](RuleFields& fields) { fields.span("a", Need::required, out); };
  EXPECT_NE(error_of("a: -5s\n", span), "");
  EXPECT_NE(error_of("a: 5\n", span), "");
  EXPECT_EQ(error_of("a: 0s\n", span), "");
  EXPECT_NE(error_of("a: 1.5\n", [&](RuleFields& f) { f.whole("a", Need::required, out); }), "");
}

TEST(RuleFields, AWrongTextIsShownAtItsPlace) {
  const Document document = good("a:\n  - 5x\n");
  auto items = document.root().required("a")->items();
  Duration out{};
  const auto parse = [](std::string_view) { return Result<Duration>(invalid("no such thing")); };
  const auto read = RuleFields::parsed((*items)[0], parse, out);
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().message, "r.yaml:2:5: no such thing");
}

TEST(RuleFields, ACheckThatFailsIsPlaced) {
  const Document document = good("a: x\n");
  EXPECT_TRUE(placed(document.root(), {}).ok());
  EXPECT_EQ(placed(document.root(), invalid("bad")).error().message, "r.yaml:1:1: bad");
}

}  // namespace
}  // namespace jieban
