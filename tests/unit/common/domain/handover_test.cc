// Goal: the text that is signed is the same for ever, and leaves nothing out that was counted.
#include "common/domain/handover.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

HandoverMove a_hand_over() {
  HandoverMove move;
  move.handover = 12;
  move.shift_out = "NIGHT";
  move.shift_in = "DAY";
  HandoverSection& section = move.section.emplace();
  section.since = *parse_local("2026-03-09 20:31:00");
  section.at = *parse_local("2026-03-10 08:29:30");
  section.last_intake = *parse_local("2026-03-10 08:11:00");
  section.due_within = Duration(std::chrono::hours(12)).count();
  section.notes = 2;
  section.unsigned_orders.add("260310000001");
  section.urgent_open.add("260310000001");
  return move;
}

// Logs that were signed are recomputed for years. Whoever changes a word needs another form.
TEST(Handover, TheTextOfFormOneNeverChanges) {
  HandoverMove move = a_hand_over();
  move.released = {"260310000001"};
  move.released_by = "zhou";
  EXPECT_EQ(handover_log(move, "li", "00ff"),
            "交接班日志（格式 1）\n"
            "编号：12\n"
            "班次：NIGHT 交 DAY\n"
            "时段：2026-03-09 20:31:00 至 2026-03-10 08:29:30\n"
            "最近来单：2026-03-10 08:11:00\n"
            "即将到期指：12 小时内\n"
            "未签收：1 件\n"
            "  260310000001\n"
            "已签收未派单：0 件\n"
            "即将到期：0 件\n"
            "已超期：0 件\n"
            "被驳回：0 件\n"
            "退单待批：0 件\n"
            "紧急未结：1 件\n"
            "  260310000001\n"
            "值班记事：2 条\n"
            "放行：260310000001，批准人 zhou\n"
            "手写部分（密封）：00ff\n"
            "交班人：li\n");
}

HandoverMove a_hand_over_of_form_two() {
  HandoverMove move = a_hand_over();
  HandoverSection& section = *move.section;
  section.form = 2;
  section.import_lag = Duration(std::chrono::minutes(41) + std::chrono::seconds(30)).count();
  const Timestamp night = *parse_local("2026-03-10 02:00:00");
  section.alarms = {{"a1b2", "deadline", night, {"p-li", "p-zhou"}},
                    {"c3d4", "emergency.unsigned", night, {}}};
  section.channel_failures = {{"sms", night}};
  return move;
}

TEST(Handover, TheTextOfFormTwoNeverChanges) {
  EXPECT_EQ(handover_log(a_hand_over_of_form_two(), "li", "00ff"),
            "交接班日志（格式 2）\n"
            "编号：12\n"
            "班次：NIGHT 交 DAY\n"
            "时段：2026-03-09 20:31:00 至 2026-03-10 08:29:30\n"
            "最近来单：2026-03-10 08:11:00\n"
            "最近导入：2026-03-10 07:48:00，距签字 41 分钟\n"
            "即将到期指：12 小时内\n"
            "未签收：1 件\n"
            "  260310000001\n"
            "已签收未派单：0 件\n"
            "即将到期：0 件\n"
            "已超期：0 件\n"
            "被驳回：0 件\n"
            "退单待批：0 件\n"
            "紧急未结：1 件\n"
            "  260310000001\n"
            "未解除告警：2 件\n"
            "  a1b2 deadline 自 2026-03-10 02:00:00，已确认：p-li、p-zhou\n"
            "  c3d4 emergency.unsigned 自 2026-03-10 02:00:00，无人确认\n"
            "故障通道：1 条\n"
            "  sms 自 2026-03-10 02:00:00\n"
            "值班记事：2 条\n"
            "手写部分（密封）：00ff\n"
            "交班人：li\n");
}

// Form 3 counts all alarms, also those that it does not name.
TEST(Handover, TheTextOfFormThreeNeverChanges) {
  HandoverMove move = a_hand_over_of_form_two();
  const std::string two = handover_log(move, "li", "00ff");
  move.section->form = 3;
  move.section->alarms_beyond = 0;
  std::string three = two;
  three.replace(three.find("格式 2"), std::string("格式 2").size(), "格式 3");
  EXPECT_EQ(handover_log(move, "li", "00ff"), three) << "where all are named nothing else differs";
  move.section->alarms_beyond = 57;
  const std::string text = handover_log(move, "li", "00ff");
  EXPECT_NE(text.find("未解除告警：59 件\n  a1b2 "), std::string::npos) << text;
  EXPECT_NE(text.find("无人确认\n  其余 57 件未列\n故障通道"), std::string::npos) << text;
}

TEST(Handover, AFullListOfFormThreeSpeaksOfNoOthersWhereThereAreNone) {
  HandoverMove move = a_hand_over_of_form_two();
  move.section->form = 3;
  move.section->alarms->resize(kHandoverAlarmsMax);
  const std::string text = handover_log(move, "li", "");
  EXPECT_NE(text.find("未解除告警：200 件\n"), std::string::npos);
  EXPECT_EQ(text.find("未列"), std::string::npos);
}

TEST(Handover, WhereNothingWasImportedTheLogSaysSo) {
  HandoverMove move = a_hand_over_of_form_two();
  move.section->import_lag.reset();
  EXPECT_NE(handover_log(move, "li", "").find("最近导入：无\n"), std::string::npos);
}

TEST(Handover, AlarmsThatAreNotNamedAreSpokenOf) {
  HandoverMove move = a_hand_over_of_form_two();
  move.section->alarms->resize(kHandoverAlarmsMax - 1);
  EXPECT_EQ(handover_log(move, "li", "").find("  更早的未列\n"), std::string::npos);
  move.section->alarms->resize(kHandoverAlarmsMax);
  EXPECT_NE(handover_log(move, "li", "").find("  更早的未列\n"), std::string::npos);
}

// Of a log that was signed before there was a form 2: whatever is known now, its text stands.
TEST(Handover, AnEventOfTheFirstFormIsReadAndGivesItsText) {
  const HandoverMove old = a_hand_over();
  HandoverMove with_more = a_hand_over_of_form_two();
  with_more.section->form.reset();
  EXPECT_EQ(handover_log(with_more, "li", "00ff"), handover_log(old, "li", "00ff"));
}

TEST(Handover, EveryListOfTheSectionStandsInTheText) {
  for (const HandoverPart& part : handover_parts()) {
    HandoverMove move = a_hand_over();
    const std::string before = handover_log(move, "li", "");
    ((*move.section).*part.list).add("260310000077");
    const std::string after = handover_log(move, "li", "");
    EXPECT_NE(after.find("  260310000077\n"), std::string::npos) << part.chinese;
    EXPECT_NE(after, before);
  }
}

TEST(Handover, WhatCannotBeNamedIsCounted) {
  HandoverMove move = a_hand_over();
  for (size_t i = 0; i < kHandoverNamedMax + 3; ++i) {
    move.section->overdue.add(std::to_string(260310100000 + i));
  }
  EXPECT_EQ(move.section->overdue.order_nos.size(), kHandoverNamedMax);
  const std::string text = handover_log(move, "li", "");
  EXPECT_NE(text.find("已超期：1003 件\n"), std::string::npos);
  EXPECT_NE(text.find("  其余 3 件未列\n"), std::string::npos);
}

}  // namespace
}  // namespace jieban
