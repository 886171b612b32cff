// A week's material in words and as a value: no more than all, names that are no markup.
#include <gtest/gtest.h>

#include "daemons/archiver/material_week.h"

namespace jieban {
namespace {

MaterialWeek week_with(const UnitMaterial& unit) {
  MaterialWeek all;
  all.week.label = "2026年第29周";
  all.units = {unit};
  all.total = unit;
  return all;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(MaterialWeekText, LessThanAllNeverPrintsAsAllAndANameIsNoMarkup) {
  UnitMaterial unit;
  unit.unit = "甲|乙";
  unit.completeness = {9999, 10'000};
  unit.timeliness = {3, 3};
  const std::string text = material_week_markdown(week_with(unit), "");
  EXPECT_TRUE(
      has(text, "| 甲\\|乙 | 0 | 0 | 0 | 0 | — | 99.9%（9999/10000） | 100.0%（3/3） | — |"))
      << text;
}

TEST(MaterialWeekText, WhoeverGoesByAPlaceholderIsTold) {
  MaterialWeek all = week_with({});
  EXPECT_FALSE(has(material_week_markdown(all, ""), "非官方"));
  EXPECT_TRUE(has(material_week_markdown(all, ""), "（无主办单位）"));
  all.official = false;
  EXPECT_TRUE(has(material_week_markdown(all, ""), "非官方"));
  EXPECT_EQ(*material_week_value(all).find("official"), Value(false));
  EXPECT_TRUE(material_week_value(all).find("total")->find("mean_audit_minutes")->is_null());
}

}  // namespace
}  // namespace jieban
