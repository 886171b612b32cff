#include "common/alerting/labels.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

TEST(Labels, AMissingLabelIsEmpty) {
  EXPECT_EQ(label_of({{"level", "red"}}, "level"), "red");
  EXPECT_EQ(label_of({{"level", "red"}}, "unit"), "");
}

TEST(Labels, NamesAreLettersDigitsAndUnderscoresWithoutADigitFirst) {
  for (const char* name : {"level", "_x", "Unit2"}) EXPECT_TRUE(is_label_name(name)) << name;
  for (const char* name : {"", "2x", "a-b", "a b", "级别"})
    EXPECT_FALSE(is_label_name(name)) << name;
  EXPECT_TRUE(is_label_name(std::string(kLabelNameMax, 'a')));
  EXPECT_FALSE(is_label_name(std::string(kLabelNameMax + 1, 'a')));
}

TEST(Labels, TooManyOrTooLongAreRefused) {
  EXPECT_TRUE(check_labels({{"unit", std::string(kLabelValueMax, 'x')}}).ok());
  EXPECT_FALSE(check_labels({{"unit", std::string(kLabelValueMax + 1, 'x')}}).ok());
  EXPECT_FALSE(check_labels({{"a-b", "x"}}).ok());
  LabelSet many;
  for (size_t i = 0; i < kLabelsMax; ++i) many["l" + std::to_string(i)] = "";
  EXPECT_TRUE(check_labels(many).ok());
  many["more"] = "";
  EXPECT_EQ(check_labels(many).error().code, ErrorCode::limit);
}

TEST(Labels, DifferentLabelsHaveDifferentTexts) {
  EXPECT_EQ(label_text({}), "{}");
  EXPECT_EQ(label_text({{"b", "2"}, {"a", "1"}}), R"({a="1",b="2"})");
  EXPECT_NE(label_text({{"a", R"(1",b="2)"}}), label_text({{"a", "1"}, {"b", "2"}}));
  EXPECT_NE(label_text({{"a", R"(\")"}}), label_text({{"a", R"(\\")"}}));
}

TEST(Labels, ThreePointsChooseAll) {
  const LabelSet labels = {{"a", "1"}, {"b", "2"}};
  EXPECT_EQ(labels_among(labels, {"b", "c"}), (LabelSet{{"b", "2"}}));
  EXPECT_EQ(labels_among(labels, {"..."}), labels);
  EXPECT_TRUE(labels_among(labels, {}).empty());
}

}  // namespace
}  // namespace jieban
