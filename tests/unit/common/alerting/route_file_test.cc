#include "common/alerting/route_file.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

Document good(std::string_view text) {
  auto document = Document::parse(text, "r.yaml");
  EXPECT_TRUE(document.ok()) << (document.ok() ? "" : document.error().message);
  return std::move(*document);
}

constexpr std::string_view kRoutes = R"(
receiver: root
group_by: [topic]
routes:
  - {matchers: [level=red, 'unit=~"a.*"'], receiver: x, continue: true, group_wait: 0s}
  - matchers: [level=blue]
    repeat_interval: 2h
    group_by: []
    mute_times: [night]
    routes:
      - {matchers: [b=1], receiver: deep}
  - {matchers: [level=green], receiver: y}
)";

TEST(RouteFile, ATreeIsReadFlatEachNodeAfterItsParent) {
  const Document document = good(kRoutes);
  auto tree = read_routes(document.root());
  ASSERT_TRUE(tree.ok()) << tree.error().message;
  ASSERT_EQ(tree->size(), 5U);
  EXPECT_EQ((*tree)[1].matchers[1], (Matcher{"unit", MatchKind::like, "a.*"}));
  EXPECT_TRUE((*tree)[1].continues);
  EXPECT_EQ((*tree)[1].group_wait_micros, 0U);
  EXPECT_FALSE((*tree)[1].group_by.has_value());
  EXPECT_TRUE((*tree)[2].group_by->empty());  // by nothing, which is not the same as inherited
  EXPECT_EQ((*tree)[2].mute_times, std::vector<std::string>{"night"});
  EXPECT_EQ((*tree)[3].parent, 2U);
  EXPECT_EQ((*tree)[4].parent, 0U);
}

template <class Read>
std::string error_of(Read read, std::string_view text) {
  const Document document = good(text);
  auto out = read(document.root());
  return out.ok() ? "" : out.error().message;
}

TEST(RouteFile, WhatIsWrongIsShownAtItsPlace) {
  EXPECT_EQ(error_of(read_routes, "receiver: a\nrouts: []\n").find("r.yaml:2:1: "), 0U);
  EXPECT_EQ(error_of(read_routes, "receiver: a\nroutes:\n  - {matchers: [level]}\n")
                .find("r.yaml:3:17: "),
            0U);
  EXPECT_NE(error_of(read_routes, "group_wait: 1s\n"), "");
  EXPECT_NE(error_of(read_routes, "receiver: a\ngroup_wait: 1\n"), "");
  EXPECT_EQ(error_of(read_inhibitions, "- {source: [a=1], target: []}\n").find("r.yaml:1:3: "), 0U);
  EXPECT_NE(error_of(read_silence_rules, "length_max: 0s\n"), "");
  EXPECT_NE(error_of(read_silence_rules, "reason_characters_min: 4\n"), "");
  EXPECT_EQ(error_of(read_intervals, "n:\n  - times: [\"22:00-07:0\"]\n").find("r.yaml:2:13: "),
            0U);
  EXPECT_NE(error_of(read_intervals, "n: [{zone: Asia/Nowhere}]\n"), "");
  EXPECT_NE(error_of(read_intervals, "n: [{time: []}]\n"), "");
}

TEST(RouteFile, InhibitionsSilencesAndTimesAreRead) {
  const Document inhibitions = good("- {source: [a=1], target: [b!=2], equal: [unit]}\n");
  EXPECT_EQ(*read_inhibitions(inhibitions.root()),
            (std::vector<InhibitRule>{
                {{{"a", MatchKind::equal, "1"}}, {{"b", MatchKind::not_equal, "2"}}, {"unit"}}}));
  const Document silences = good("{length_max: 2h, never: [class=emergency]}\n");
  const SilenceRules rules = *read_silence_rules(silences.root());
  EXPECT_EQ(rules.length_max_micros, 7'200'000'000U);
  EXPECT_EQ(rules.reason_characters_min, 1U);
  EXPECT_EQ(rules.never.size(), 1U);
  const Document times = good(
      "n: [{times: [\"22:00-07:00\"], weekdays: [\"mon:fri\"], days_of_month: [\"-1\"], "
      "months: [\"1:3\"], years: [\"2026\"], zone: UTC}]\n");
  const NamedIntervals named = *read_intervals(times.root());
  const TimeInterval& interval = named.at("n").at(0);
  EXPECT_EQ(interval.minutes, (std::vector<NumberRange>{{1320, 420}}));
  EXPECT_EQ(interval.weekdays, (std::vector<NumberRange>{{0, 4}}));
  EXPECT_EQ(interval.days_of_month, (std::vector<NumberRange>{{-1, -1}}));
  EXPECT_EQ(interval.months, (std::vector<NumberRange>{{1, 3}}));
  EXPECT_EQ(interval.years, (std::vector<NumberRange>{{2026, 2026}}));
  EXPECT_EQ(interval.zone, "UTC");
}

TEST(RouteFile, ConditionsAreRead) {
  const Document document = good("[a=1, b!~x]\n");
  EXPECT_EQ(read_matchers(document.root())->size(), 2U);
  EXPECT_NE(error_of(read_matchers, "a: 1\n"), "");
}

}  // namespace
}  // namespace jieban
