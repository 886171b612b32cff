// An export's three rates: grouped, in both bases, over a period; what was not counted is told.
#include "tools/jieban/assess.h"

#include "tests/support/calendars.h"
#include "tests/unit/tools/exports.h"
#include "tools/jieban/archive_orders.h"

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

Appeal appeal(const std::string& order_no, AppealState state, std::optional<Verdict> district,
              std::optional<Verdict> city) {
  Appeal made;
  made.order_no = order_no;
  made.submitted_at = *parse_local("2026-07-20 09:00:00");
  made.state = state;
  made.district_result = district;
  made.city_result = city;
  return made;
}

// DOMAIN §10: what the city passed goes from the numerator and from the denominator; nothing else
// moves anything.
TEST(Assess, AnAcceptedAppealTakesTheOrderOutOfNumeratorAndDenominator) {
  using enum AppealState;
  AssessQuestion asked = question();
  asked.appeals = {appeal("2", city_pass, Verdict::pass, Verdict::pass),
                   appeal("3", city_deny, Verdict::pass, Verdict::deny),
                   appeal("4", district_deny, Verdict::deny, {}),
                   appeal("5", withdrawn, {}, {}),
                   appeal("1", submitted, {}, {}),
                   appeal("1", district_pass, Verdict::pass, {}),
                   appeal("77", city_pass, Verdict::pass, Verdict::pass),
                   appeal("6", city_pass, Verdict::pass, Verdict::pass)};
  const ExportOrders orders =
      orders_of(std::string(kHeader) +
                "1,甲,2026-06-20,,是,是,解决,满意,是\n2,甲,2026-06-20,,是,是,未解决,基本满意,是\n"
                "3,乙,2026-06-20,,是,否,未解决,不满意,是\n4,乙,2026-06-20,,是,是,解决,不满意,是\n"
                "5,乙,2026-06-20,,否,,,,是\n6,乙,2026-06-20,,是,是,未解决,不满意,否\n");
  asked.excluded = excluded_by(*asked.appeals, orders);
  auto made = assess(orders, asked);
  ASSERT_TRUE(made.ok());
  const AppealEffect& effect = *made->appeals;
  EXPECT_EQ(effect.submitted, 7U);
  EXPECT_EQ(effect.passed, 2U);
  EXPECT_EQ(effect.denied, 2U);
  EXPECT_EQ(effect.withdrawn, 1U);
  EXPECT_EQ(effect.pending, 2U);
  EXPECT_EQ(effect.elsewhere, 1U);
  EXPECT_EQ(effect.excluded, std::vector<std::string>{"2"}) << "6 was out already";
  // Of 5 valid call-backs all count in the full basis, whatever was passed.
  EXPECT_EQ(made->full.total.valid, 5U);
  EXPECT_EQ(made->full.pooled.solved, (Rate{2, 5}));
  EXPECT_EQ(effect.before.valid, 4U);
  EXPECT_EQ(effect.rates_before.response, (Rate{3, 4}));
  EXPECT_EQ(effect.rates_before.solved, (Rate{2, 4}));
  EXPECT_EQ(effect.rates_before.satisfied.met * 4000, effect.rates_before.satisfied.of * 1900);
  EXPECT_EQ(made->net.total.valid, 3U);
  EXPECT_EQ(made->net.pooled.response, (Rate{2, 3}));
  EXPECT_EQ(made->net.pooled.solved, (Rate{2, 3}));
  EXPECT_EQ(made->net.pooled.satisfied.met * 3000, made->net.pooled.satisfied.of * 1000);
  const std::string text = assess_text(*made);
  for (const char* part : {"市通过 2 件，查否 2 件，撤回 1 件，未决 2 件；统计范围以外 1 件",
                           "因申诉剔除 1 件 2\n", "响应率 75.00%（3/4） → 66.67%（2/3）",
                           "解决率 50.00%（2/4） → 66.67%（2/3）", "满意率 47.50% → 33.33%"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
  const Value answer = assess_value(*made);
  EXPECT_EQ(*answer.find("appeals")->find("excluded")->array()->at(0).string(), "2");
  EXPECT_EQ(*answer.find("appeals")->find("before")->find("solved_rate")->string(), "50.00%");
  EXPECT_EQ(*answer.find("appeals")->find("after")->find("solved_rate")->string(), "66.67%");
}

TEST(Assess, WithoutAppealsNothingIsSaidOfThem) {
  const Assessment made = assessed("1,甲,2026-06-20,,是,是,解决,满意,是\n", question());
  EXPECT_EQ(assess_text(made).find("考核申诉"), std::string::npos);
  EXPECT_TRUE(assess_value(made).find("appeals")->is_null());
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
