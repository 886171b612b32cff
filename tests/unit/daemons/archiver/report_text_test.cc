// Goal: what the office reads has every figure with its words, and what came from outside cannot
// become markup.
#include "daemons/archiver/report_text.h"

#include <gtest/gtest.h>

#include "common/base/bytes.h"

namespace jieban {
namespace {

Report some_report() {
  Report report;
  report.period.from = *parse_local("2026-07-17 12:00:00");
  report.period.to = *parse_local("2026-07-18 12:00:00");
  report.period.as_of = *parse_local("2026-07-18 13:00:00");
  report.period.day = "2026-07-18";
  report.received = 3;
  report.by_class = {{"general", 2}, {"", 1}};
  report.by_state = {{"NEW", 1}, {"SIGNED", 2}};
  report.hot = {{"城市管理", 2}, {"a|b", 1}};
  report.signed_rate = {2, 3};
  report.forwarded_rate = {2, 2};
  report.warnings = 4;
  report.breaches = 5;
  report.updates = 6;
  report.repeats = 7;
  report.waiting = {1, {"YT-1"}};
  report.overdue = {300, {"YT-2", "YT_3"}};
  report.steps = {{"order.rejected", 8}};
  report.late_returns = 9;
  report.chain_count = 42;
  report.chain_hash = std::string(32, '\x0f');
  return report;
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(ReportText, SaysEveryFigure) {
  std::string text = report_markdown(some_report(), "月坛街道");
  for (const char* part :
       {"# 月坛街道市民热线日报（2026-07-18）",
        "统计时段：2026-07-17 12:00:00 至 2026-07-18 12:00:00（不含）；情况截至 2026-07-18 "
        "13:00:00",
        "受理：3 件", "签收率：66.6%（2/3）", "转办率：100.0%（2/2）", "按时办结率：—（0/0）",
        "| 一般诉求 | 2 | 66.7% |", "| 未定类 | 1 | 33.3% |", "| 已签收 | 2 | 66.7% |",
        "| 城市管理 | 2 | 66.7% |", "待签收：1 件：YT-1\n", "今日到期：0 件\n",
        "超时：300 件：YT-2、YT\\_3 等", "预警 4 次，超时 5 次", "信息变更 6 次", "重复来件 7 件",
        "本时段驳回 8 件；越窗退单 9 件", "档案第 42 条，链值 0f0f"}) {
    EXPECT_TRUE(holds(text, part)) << part << "\n" << text;
  }
}

TEST(ReportText, NamesFromOutsideStayText) {
  std::string text = report_markdown(some_report(), "[x](http://y)\n# z");
  EXPECT_TRUE(holds(text, "a\\|b"));
  EXPECT_TRUE(holds(text, "# \\[x\\](http://y) \\# z市民热线日报"));
}

TEST(ReportText, AFreePeriodIsNoDailyReport) {
  Report report = some_report();
  report.period.day.reset();
  EXPECT_TRUE(holds(report_markdown(report, ""), "# 市民热线统计报告\n"));
  EXPECT_EQ(report_value(report).find("period")->find("day"), nullptr);
}

TEST(ReportText, TheValueHoldsTheSameFigures) {
  Value value = report_value(some_report());
  EXPECT_EQ(*value.find("period")->find("day"), Value("2026-07-18"));
  EXPECT_EQ(*value.find("received"), Value(uint64_t{3}));
  EXPECT_EQ(*value.find("sign_rate")->find("met"), Value(uint64_t{2}));
  EXPECT_EQ(*value.find("steps")->find("order.rejected"), Value(uint64_t{8}));
  EXPECT_EQ(*value.find("sign_rate")->find("rate"), Value("66.6%"));
  const Value& hot = (*value.find("hot")->array())[0];
  EXPECT_EQ(*hot.find("name"), Value("城市管理"));
  EXPECT_EQ(*hot.find("share"), Value("66.7%"));
  EXPECT_EQ(*value.find("overdue")->find("count"), Value(uint64_t{300}));
  EXPECT_EQ(value.find("overdue")->find("order_numbers")->array()->size(), 2U);
  EXPECT_EQ(*value.find("chain_hash"), Value(to_hex(std::string(32, '\x0f'))));
}

}  // namespace
}  // namespace jieban
