#include "common/alerting/throttle_file.h"

#include "tests/unit/common/alerting/payloads.h"

namespace jieban {
namespace {

Result<std::map<std::string, DestinationRules>> read(std::string_view text) {
  auto document = Document::parse(text, "r.yaml");
  EXPECT_TRUE(document.ok());
  return read_destinations(document->root());
}

std::string error_of(std::string_view text) {
  auto rules = read(text);
  return rules.ok() ? "" : rules.error().message;
}

TEST(ThrottleFile, LimitsHoldsAndADigestAreRead) {
  auto rules = read(
      "robot:\n"
      "  limits: [{count: 20, per: 60s}, {count: 7, per: 1h, smooth: true}]\n"
      "  hold: {\"45009\": 60s}\n"
      "  digest: {count: 10, window: 60s, collect: 15s}\n"
      "phone: {limits: [{count: 1, per: 60s}]}\n");
  ASSERT_TRUE(rules.ok()) << rules.error().message;
  const DestinationRules robot{
      {{{20, 60'000'000, false}, {7, 3'600'000'000, true}}, {{"45009", 60'000'000}}},
      DigestRule{10, 60'000'000, 15'000'000}};
  EXPECT_EQ((*rules)["robot"], robot);
  EXPECT_FALSE((*rules)["phone"].digest.has_value());
  expect_payload(robot);
}

TEST(ThrottleFile, AHoldMayBeOfAnyLengthBetweenTwo) {
  auto rules = read("robot: {limits: [], hold: {\"11232\": {from: 5s, to: 90s}, \"1\": 2s}}\n");
  ASSERT_TRUE(rules.ok()) << rules.error().message;
  ThrottleRules throttle{{}, {{"1", 2'000'000}, {"11232", 5'000'000}}};
  throttle.hold_max_micros = {{"11232", 90'000'000}};
  EXPECT_EQ((*rules)["robot"].throttle, throttle);
  expect_payload((*rules)["robot"]);
  for (const char* wrong : {"{from: 5s}", "{from: 90s, to: 5s}", "{from: 0s, to: 5s}",
                            "{from: 5s, to: 8d}", "{from: 5s, to: 9s, by: 1s}", "[5s, 9s]"}) {
    EXPECT_NE(error_of(std::string("a: {limits: [], hold: {\"1\": ") + wrong + "}}\n"), "")
        << wrong;
  }
}

TEST(ThrottleFile, WhatIsWrongIsShownAtItsPlace) {
  EXPECT_EQ(error_of("a: {limits: [{count: 0, per: 1s}]}\n").find("r.yaml:1:4: "), 0U);
  EXPECT_EQ(error_of("a:\n  limits: []\n  holds: {}\n").find("r.yaml:3:3: "), 0U);
  EXPECT_EQ(error_of("a:\n  limits:\n    - {count: 1, per: 5}\n").find("r.yaml:3:23: "), 0U);
  EXPECT_NE(error_of("a: {limits: [], hold: {\"1\": 0s}}\n"), "");
  EXPECT_NE(error_of("a: {hold: {\"1\": 1s}}\n"), "");
  EXPECT_NE(error_of("a: {limits: [{count: 1, per: 1s}], digest: {count: 1, window: 2s, "
                     "collect: 1s}}\n"),
            "");
  EXPECT_EQ(error_of("a: {limits: [{count: 1, per: 2s}], digest: {count: 1, window: 2s, "
                     "collect: 1s}}\n"),
            "");
}

}  // namespace
}  // namespace jieban
