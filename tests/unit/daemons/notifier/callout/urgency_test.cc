// Goal: of many alerts the worst is known, and what others write in a label makes nothing worse.
#include "daemons/notifier/callout/urgency.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

LabelSet labels_with(const std::string& severity, const std::string& level) {
  return {{"severity", severity}, {"level", level}};
}

TEST(Urgency, TheSeverityDecidesAndThenTheLevel) {
  const std::vector<LabelSet> rising = {
      {},
      labels_with("blue", "blue"),
      labels_with("yellow", "yellow"),
      labels_with("orange", "orange"),
      labels_with("red", "red"),
      {{"severity", "critical"}},
      {{"severity", "emergency"}},
      labels_with("emergency", "blue"),
      labels_with("emergency", "red"),
  };
  for (size_t i = 1; i < rising.size(); ++i) {
    EXPECT_LT(urgency_of(rising[i - 1]), urgency_of(rising[i])) << i;
  }
  EXPECT_EQ(urgency_of(labels_with("page", "high")), Urgency());
}

TEST(Urgency, TheWorstOfWhatFiresIsKnownUntilTheLastOfItEnds) {
  UrgencyCounts counts;
  EXPECT_EQ(worst_severity(counts), "");
  for (int i = 0; i < 3; ++i) count_in(counts, labels_with("blue", "blue"));
  count_in(counts, labels_with("red", "red"));
  count_in(counts, labels_with("red", "red"));
  EXPECT_EQ(worst_severity(counts), "red");
  count_out(counts, labels_with("red", "red"));
  EXPECT_EQ(worst_severity(counts), "red");
  count_out(counts, labels_with("red", "red"));
  count_out(counts, labels_with("red", "red"));
  EXPECT_EQ(worst_severity(counts), "blue");
  EXPECT_EQ(worst_of(counts), urgency_of(labels_with("blue", "blue")));
}

TEST(Urgency, LabelsOfOthersMakeTheCountNoLonger) {
  UrgencyCounts counts;
  for (int i = 0; i < 1000; ++i) count_in(counts, labels_with("s" + std::to_string(i), "x"));
  EXPECT_EQ(counts.size(), 1U);
  EXPECT_EQ(worst_severity(counts), "");
}

}  // namespace
}  // namespace jieban
