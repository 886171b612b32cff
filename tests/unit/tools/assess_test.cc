// An export's three rates: grouped, in both bases, over a period; what was not counted is told.
#include "tools/jieban/assess.h"

#include "tests/support/calendars.h"
#include "tests/unit/tools/exports.h"

namespace jieban {
namespace {

constexpr std::string_view kHeader =
    "工单编号,承办单位,创建时间,办结时间,是否有效回访,是否联系,是否解决,是否满意,是否纳入考核\n";

AssessQuestion question(const std::string& cycle = "", const std::string& day = "") {
  AssessQuestion asked;
  asked.rules = *load_assess_rules(JIEBAN_SOURCE_DIR "/config/assessment.yaml");
  asked.by = find_group("unit");
  auto period = assess_period(cycle, day, asked.rules.cycle);
  EXPECT_TRUE(period.ok());
  asked.period = *period;
  return asked;
}

Assessment assessed(const std::string& rows, const AssessQuestion& asked) {
  auto made = assess(orders_of(std::string(kHeader) + rows), asked);
  EXPECT_TRUE(made.ok());
  return *made;
}

// §9.2 as an export: so many rows of each kind.
std::string rows(const std::string& unit, int good, int basic, int unsolved, int missed) {
  static int number = 0;
  std::string text;
  const auto add = [&](int count, const char* rest) {
    for (int i = 0; i < count; ++i) {
      text += std::to_string(++number) + "," + unit + ",2026-06-20,," + rest + ",是\n";
    }
  };
  add(good, "是,是,解决,满意");
  add(basic, "是,是,解决,基本满意");
  add(unsolved, "是,是,未解决,不满意");
  add(missed, "是,否,未解决,不满意");
  return text;
}

// DOMAIN §19, scenario 9: 120, 118, 109, 100, 10 and 40, 40, 40, 36, 4, and one without visits.
TEST(Assess, TheWorkedExamplesComeOutOfAnExport) {
  // 100 satisfied and 9 basic are solved; one more is basic and unsolved; 8 unsolved; 2 missed.
  const Assessment made =
      assessed(rows("甲", 100, 9, 8, 2) + "x1,甲,2026-06-20,,是,是,未解决,基本满意,是\n" +
                   rows("乙", 36, 4, 0, 0) + "x2,丙,2026-06-20,,否,,,,是\n",
               question());
  const std::string text = assess_text(made);
  for (const char* part :
       {"98.33%  90.83%  90.83%      91.6", " 100%    100%  99.00%      99.6",
        "98.75%  93.13%  92.88%      93.6", "99.17%  95.42%  94.92%      95.6",
        "   —       —       —         —", "（全口径含剔除诉求）", "（不含剔除诉求）", "非官方"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
}

// DOMAIN §19, scenario 11.
TEST(Assess, WhatTheCityPassedLeavesTheNetBasisOnly) {
  AssessQuestion asked = question();
  asked.excluded = {"2"};
  const Assessment made = assessed(
      "1,甲,2026-06-20,,是,是,解决,满意,是\n2,甲,2026-06-20,,是,是,未解决,不满意,是\n"
      "3,甲,2026-06-20,,是,是,未解决,不满意,否\n",
      asked);
  EXPECT_EQ(made.full.total.valid, 3u);
  EXPECT_EQ(made.net.total.valid, 1u);
  EXPECT_TRUE(made.exclusion_known);
}

TEST(Assess, ACycleTakesWhatWasCreatedInIt) {
  const Assessment made = assessed(
      "1,甲,2026-06-18 23:59:59,,是,是,解决,满意,是\n2,甲,2026-06-19,,是,是,解决,满意,是\n"
      "3,甲,2026-07-18 23:59:59,,是,是,解决,满意,是\n4,甲,2026-07-19,,是,是,解决,满意,是\n"
      "5,甲,,,是,是,解决,满意,是\n",
      question("2026-07"));
  EXPECT_EQ(made.counted, 2u);
  EXPECT_EQ(told(made.faults), "6 没有创建时间，不能归入统计时段\n");
  EXPECT_NE(assess_text(made).find("统计表6.19-7.18"), std::string::npos);
  EXPECT_NE(assess_text(made).find("2026年7月"), std::string::npos);
}

TEST(Assess, OnADayCompletionHasAWindowOfItsOwn) {
  const Assessment made = assessed(
      "1,甲,2026-06-12,2026-06-15,是,是,解决,满意,是\n"
      "2,甲,2026-06-20,2026-07-18 11:59,是,是,解决,满意,是\n"
      "3,甲,2026-07-18 11:00,2026-07-18 12:00,是,是,解决,满意,是\n",
      question("", "2026-07-18"));
  EXPECT_EQ(made.full.total.received, 2u);
  EXPECT_EQ(made.full.total.completed, 2u);
}

TEST(Assess, WithoutTheColumnBothBasesAreTheSameAndItSaysSo) {
  auto made = assess(orders_of("工单编号,承办单位,是否有效回访,是否联系,是否解决,是否满意\n"
                               "1,甲,是,是,解决,满意\n"),
                     question());
  ASSERT_TRUE(made.ok());
  EXPECT_FALSE(made->exclusion_known);
  EXPECT_NE(assess_text(*made).find("两种口径相同"), std::string::npos);
  EXPECT_EQ(made->full.total, made->net.total);
}

TEST(Assess, TheAnswerForProgramsHasTheSameFigures) {
  const Assessment made = assessed("1,甲,2026-06-20,,是,是,解决,基本满意,是\n", question());
  const Value answer = assess_value(made);
  const Value* pooled = answer.find("full")->find("pooled");
  EXPECT_EQ(*pooled->find("satisfied_rate")->string(), "90.00%");
  EXPECT_EQ(*pooled->find("score")->string(), "96.0");
  EXPECT_EQ(*answer.find("net")->find("lines")->array()->at(0).find("name")->string(), "甲");
}

TEST(Assess, APeriodIsACycleOrADay) {
  const CycleRules rules;
  EXPECT_FALSE(assess_period("2026-07", "2026-07-18", rules).ok());
  EXPECT_FALSE(assess_period("July", "", rules).ok());
  EXPECT_FALSE(assess_period("", "2026-02-30", rules).ok());
  EXPECT_FALSE(assess_period("", "", rules)->created);
}

TEST(Assess, ADayWithoutParametersIsAnError) {
  AssessQuestion asked = question("2019-07");
  EXPECT_FALSE(assess(orders_of(std::string(kHeader)), asked).ok());
}

TEST(Assess, EachChoiceOfAGroupNamesAColumnOrNothing) {
  const ExportOrders orders = orders_of("工单编号,问题分类,社区\n1,公共服务>供暖,\n");
  EXPECT_EQ(find_group("category")->of(orders.orders.at(0)), "公共服务");
  EXPECT_EQ(find_group("community")->of(orders.orders.at(0)), "（未填）");
  EXPECT_EQ(find_group("all")->of(orders.orders.at(0)), "全部");
  EXPECT_EQ(find_group("colour"), nullptr);
}

}  // namespace
}  // namespace jieban
