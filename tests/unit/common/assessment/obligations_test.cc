// Dated duties, rectifications and what they may cost.
#include "common/assessment/obligations.h"

#include <gtest/gtest.h>

#include "tests/support/calendars.h"

namespace jieban {
namespace {

Contract shipped(const std::string& name) {
  auto read = load_contract(JIEBAN_SOURCE_DIR "/config/contracts/" + name);
  EXPECT_TRUE(read.ok());
  return *read;
}

Result<Date> workdays(Date from, int64_t count) { return office().add_workdays(from, count); }

std::string told(const std::vector<Duty>& all) {
  std::string text;
  for (const Duty& duty : all) {
    text += duty.id + " " + std::string(to_string(duty.state)) + " " +
            (duty.due ? to_text(*duty.due) : "-") + "\n";
  }
  return text;
}

Rectification rectification(const char* demanded) {
  Rectification made;
  made.id = "R";
  made.demanded = day(demanded);
  return made;
}

TEST(Obligations, DatesComeFromTheSignatureTheTermAndTheWorkingDays) {
  EXPECT_EQ(told(duties(shipped("yuetan.yaml"), {}, day("2026-06-20"), workdays)),
            "payment_1 overdue 2026-02-27\npayment_2 due_soon 2026-06-30\npayment_3 waiting -\n"
            "stop_notice waiting -\ntermination_notice waiting -\n");
  EXPECT_EQ(told(duties(shipped("desheng.yaml"), {}, day("2026-07-09"), workdays)),
            "payment_1 due_soon 2026-07-11\ninvoice_1 overdue 2026-07-08\n"
            "payment_2 upcoming 2026-11-30\ninvoice_2 upcoming 2026-11-25\n"
            "payment_3 waiting -\ninvoice_3 waiting -\nopinion waiting -\n"
            "stop_notice waiting -\ntermination_notice waiting -\n");
}

TEST(Obligations, ANoticeIsDueBeforeWhatItTells) {
  LedgerNotes notes;
  notes.events["planned_stop"] = day("2026-10-12");
  notes.events["early_termination"] = day("2026-10-31");
  const auto months = duties(shipped("yuetan.yaml"), notes, day("2026-08-01"), workdays);
  EXPECT_EQ(to_text(*months[3].due), "2026-09-12");
  EXPECT_EQ(to_text(*months[4].due), "2026-09-30");
  // The National Day holidays lie between, and the make-up Saturday, 10 October.
  const auto days = duties(shipped("desheng.yaml"), notes, day("2026-08-01"), workdays);
  EXPECT_EQ(to_text(*days[7].due), to_text(*office().add_workdays(day("2026-10-12"), -6)));
  EXPECT_LT(*days[7].due, day("2026-10-01"));
  EXPECT_EQ(to_text(*days[8].due), "2026-07-31");
}

TEST(Obligations, AYearWithoutACalendarIsUnknownAndNeverAGuess) {
  LedgerNotes notes;
  notes.events["audit_done"] = day("2027-07-10");
  const auto all = duties(shipped("desheng.yaml"), notes, day("2027-07-15"), workdays);
  EXPECT_EQ(all[4].state, DutyState::unknown);
  EXPECT_NE(all[4].note.find("CALENDAR_MISSING_2027"), std::string::npos);
  EXPECT_EQ(all[5].state, DutyState::waiting);
}

TEST(Obligations, DoneIsDoneInTimeOrLate) {
  LedgerNotes notes;
  notes.done["payment_1"] = {day("2026-02-27"), "回单"};
  notes.done["payment_2"] = {day("2026-07-01"), ""};
  const auto all = duties(shipped("yuetan.yaml"), notes, day("2026-07-02"), workdays);
  EXPECT_EQ(all[0].state, DutyState::done);
  EXPECT_EQ(all[0].note, "回单");
  EXPECT_EQ(all[1].state, DutyState::done_late);
  // What was done later was not done then.
  EXPECT_EQ(duties(shipped("yuetan.yaml"), notes, day("2026-06-30"), workdays)[1].state,
            DutyState::due_soon);
}

TEST(Obligations, AReplacementIsDueTenDaysAfterItWasDemanded) {
  LedgerNotes notes;
  notes.replacements = {{"坐席", day("2026-08-01"), {}}};
  const auto on_time = duties(shipped("desheng.yaml"), notes, day("2026-08-11"), workdays);
  EXPECT_EQ(on_time.back().state, DutyState::due_soon);
  EXPECT_EQ(to_text(*on_time.back().due), "2026-08-11");
  EXPECT_EQ(duties(shipped("desheng.yaml"), notes, day("2026-08-12"), workdays).back().state,
            DutyState::overdue);
  const auto none = duties(shipped("yuetan.yaml"), notes, day("2026-08-12"), workdays);
  EXPECT_FALSE(none.back().due);
  EXPECT_FALSE(none.back().note.empty());
}

TEST(Obligations, PostsAreFilledAsNoted) {
  LedgerNotes notes;
  notes.filled["坐席人员岗"] = 3;
  const auto all = posts(shipped("yuetan.yaml"), notes);
  EXPECT_EQ(all[3].filled, 3u);
  EXPECT_EQ(all[3].count, 4u);
  EXPECT_FALSE(all[0].filled);
}

TEST(Penalties, AMissedRateCostsATenthUnlessItIsExcused) {
  const Contract contract = shipped("yuetan.yaml");
  const std::vector<LedgerMiss> misses = {{"1", "sign", ""}};
  LedgerNotes notes;
  const auto cost = penalties(contract, notes, misses, day("2026-07-01"));
  ASSERT_EQ(cost.size(), 1u);
  EXPECT_EQ(format_fen(cost[0].amount_fen), "¥185,076.10");
  EXPECT_FALSE(cost[0].source.empty());
  notes.misses[{"1", "sign"}] = {"upstream", "", true, ""};
  EXPECT_TRUE(penalties(contract, notes, misses, day("2026-07-01")).empty());
  EXPECT_TRUE(penalties(contract, {}, {}, day("2026-07-01")).empty());
  EXPECT_TRUE(penalties(shipped("desheng.yaml"), {}, misses, day("2026-07-01")).empty());
}

TEST(Penalties, ThreeRectificationsOrOneRefusedCostAHundredth) {
  const Contract contract = shipped("desheng.yaml");
  LedgerNotes notes;
  notes.rectifications = {rectification("2026-08-01"), rectification("2026-09-01")};
  EXPECT_TRUE(penalties(contract, notes, {}, day("2026-09-10")).empty());
  notes.rectifications.push_back(rectification("2026-10-01"));
  EXPECT_TRUE(penalties(contract, notes, {}, day("2026-09-30")).empty());
  const auto cost = penalties(contract, notes, {}, day("2026-10-01"));
  ASSERT_EQ(cost.size(), 1u);
  EXPECT_EQ(format_fen(cost[0].amount_fen), "¥19,565.64");
  notes.rectifications = {rectification("2026-08-01")};
  notes.rectifications[0].refused = true;
  EXPECT_EQ(penalties(contract, notes, {}, day("2026-08-02")).size(), 1u);
  notes.rectifications[0].refused = false;
  notes.rectifications[0].due = day("2026-08-05");
  EXPECT_TRUE(penalties(contract, notes, {}, day("2026-08-05")).empty());
  EXPECT_EQ(penalties(contract, notes, {}, day("2026-08-06")).size(), 1u);
  EXPECT_EQ(count_rectifications(contract, notes, day("2026-08-06")).failing, 1u);
}

TEST(Money, IsPrintedToTheFen) {
  EXPECT_EQ(format_fen(0), "¥0.00");
  EXPECT_EQ(format_fen(105), "¥1.05");
  EXPECT_EQ(format_fen(100'000), "¥1,000.00");
  EXPECT_EQ(format_fen(185'076'100), "¥1,850,761.00");
}

}  // namespace
}  // namespace jieban
