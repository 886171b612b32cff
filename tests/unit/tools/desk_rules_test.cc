// The desk draws the same numbers as the generator of the sample day: its worked examples hold.
#include "tools/player/desk_rules.h"

#include <gtest/gtest.h>

#include "common/base/file.h"
#include "common/json/json.h"
#include "tools/site/client.h"

namespace jieban {
namespace {

const Value& operators() {
  static const Value kOperators = [] {
    auto text = read_file(JIEBAN_SOURCE_DIR "/tools/sample_day/expected.json", 1 << 20);
    return *parse_json(*text)->find("operators");
  }();
  return kOperators;
}

int64_t minutes(Duration span) { return span / std::chrono::minutes(1); }

TEST(DeskRules, TheWorkedExamplesHold) {
  auto rules = DeskRules::read(operators());
  ASSERT_TRUE(rules.ok()) << rules.error().message;
  size_t compared = 0;
  for (const Value& example : array_at(operators(), "examples")) {
    const std::string order_no = text_at(example, "order_no");
    const std::string order_class = text_at(example, "class");
    EXPECT_EQ(rules->is_late(order_no, order_class), boolean_at(example, "late")) << order_no;
    for (const auto& [step, delay] : *example.find("delays")->object()) {
      EXPECT_EQ(minutes(rules->delay(order_no, order_class, step)), *delay.integer())
          << order_no << " " << step;
      ++compared;
    }
  }
  EXPECT_EQ(compared, 21u);
}

TEST(DeskRules, EachOrderThatIsToBeLateIsLate) {
  auto rules = DeskRules::read(operators());
  ASSERT_TRUE(rules.ok());
  const Value::Array& late = array_at(operators(), "late_sign");
  ASSERT_FALSE(late.empty());
  for (const Value& order_no : late) {
    bool in_some_class = false;
    for (const char* name : {"emergency", "utility", "general", "complex", "consult"}) {
      in_some_class = in_some_class || rules->is_late(*order_no.string(), name);
    }
    EXPECT_TRUE(in_some_class) << *order_no.string();
  }
}

TEST(DeskRules, AnUnknownClassIsTreatedAsGeneral) {
  auto rules = DeskRules::read(operators());
  ASSERT_TRUE(rules.ok());
  EXPECT_EQ(rules->delay("1", "", "accept"), rules->delay("1", "general", "accept"));
  EXPECT_NE(rules->delay("1", "emergency", "hand_in"), rules->delay("1", "general", "hand_in"));
}

TEST(DeskRules, UnroutedOrdersGoByTheFirstLevelOfTheirCategory) {
  auto rules = DeskRules::read(operators());
  ASSERT_TRUE(rules.ok());
  EXPECT_EQ(rules->unit_for("交通运输>公交>线路"), "urban_office");
  EXPECT_EQ(rules->unit_for("交通运输"), "urban_office");
  EXPECT_EQ(rules->unit_for("交通运输业>公交"), "request_centre");
  EXPECT_EQ(rules->unit_for(""), "request_centre");
}

TEST(DeskRules, APairThatIsNoPairIsRefused) {
  auto broken = parse_json(
      R"({"seed":1,"by_class":[{"class":"general","late_share":0.1,"sign":[5,3]}],
          "unrouted":{"to":{},"else":"x"}})");
  ASSERT_TRUE(broken.ok());
  EXPECT_FALSE(DeskRules::read(*broken).ok());
  EXPECT_FALSE(DeskRules::read(Value::Object{}).ok());
}

}  // namespace
}  // namespace jieban
