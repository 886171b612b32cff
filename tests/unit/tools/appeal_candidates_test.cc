// Candidates come from the net set of the cycle, with their gain, and the governor's advice.
#include "tools/jieban/appeal_candidates.h"

#include "tests/support/calendars.h"
#include "tests/unit/tools/exports.h"

namespace jieban {
namespace {

constexpr std::string_view kOrders =
    "工单编号,创建时间,是否有效回访,是否联系,是否解决,是否满意,不纳入考核情形,办理时限,提交时间\n"
    "1,2026-06-20,是,是,解决,满意,,,\n"
    "2,2026-06-20,是,是,未解决,不满意,SC2,,\n"
    "3,2026-06-20,是,是,解决,不满意,SC3,,\n"
    "4,2026-06-20,是,是,未解决,不满意,,,\n"
    "5,2026-05-20,是,是,未解决,不满意,SC2,,\n"
    "6,2026-06-20,是,是,解决,满意,SC5,2026-06-21,2026-06-22\n";

CandidateQuestion question() {
  CandidateQuestion asked;
  asked.cycle = "2026-07";
  asked.span = *parse_cycle("2026-07", {});
  asked.points.version = "p";
  return asked;
}

Appeal appeal(const std::string& order_no, AppealState state, const std::string& point) {
  Appeal made;
  made.order_no = order_no;
  made.cycle = "2026-07";
  made.state = state;
  made.point_code = point;
  made.submitted_at = from_micros(0);
  if (state == AppealState::city_pass) made.city_result = Verdict::pass;
  return made;
}

std::string told(const CandidateList& list) {
  std::string text;
  for (const AppealCandidate& each : list.candidates) {
    text += each.order_no + " " + format_gain(each.gain) + (each.held ? " held" : "") + "; ";
  }
  return text;
}

TEST(AppealCandidateList, HasWhatLostAndHasAGroundTheBestFirst) {
  // Five in the cycle: 100, 10, 60, 10, 100 points; without the second 67.5 instead of 56.
  const CandidateList list = list_candidates(orders_of(kOrders), question());
  EXPECT_EQ(told(list), "2 +11.5000; 3 -1.0000; 6 -11.0000; ");
  EXPECT_EQ(list.candidates[2].lost, std::vector<std::string>{"overdue"});
  EXPECT_FALSE(list.ratio.room);
  const std::string text = candidates_text(list);
  EXPECT_NE(text.find("非官方"), std::string::npos);
  EXPECT_NE(text.find("不会自动上报"), std::string::npos);
}

TEST(AppealCandidateList, WhatStandsInTheRegisterIsLeftOutAndTeachesTheChance) {
  CandidateQuestion asked = question();
  asked.appeals = {appeal("2", AppealState::city_pass, "SC3"),
                   appeal("6", AppealState::submitted, "")};
  const CandidateList list = list_candidates(orders_of(kOrders), asked);
  ASSERT_EQ(list.candidates.size(), 1u);
  EXPECT_EQ(list.candidates[0].order_no, "3");
  EXPECT_EQ(list.candidates[0].chance, (Rate{2, 3}));
  EXPECT_EQ(list.ratio.submitted, (Rate{2, 4}));
}

TEST(AppealCandidateList, WhatPassesTheCeilingIsHeldAndTheLeaderIsWarned) {
  CandidateQuestion asked = question();
  asked.rules.appeal_max_permille = 200;  // one of five
  const CandidateList list = list_candidates(orders_of(kOrders), asked);
  EXPECT_EQ(told(list), "2 +11.5000; 3 -1.0000 held; 6 -11.0000 held; ");
  EXPECT_NE(candidates_text(list).find("班组长"), std::string::npos);
  EXPECT_EQ(*candidates_value(list).find("room")->unsigned_integer(), 1u);
}

TEST(AppealCandidateList, AnOrderWithoutATimeIsToldAndNotCounted) {
  const CandidateList list =
      list_candidates(orders_of("工单编号,创建时间,是否有效回访\n1,,是\n"), question());
  EXPECT_EQ(told(list.faults), "2 没有创建时间，不能归入考核周期\n");
}

TEST(AppealFactsOfAnOrder, OverdueGoesByTheExtendedDeadline) {
  ExportOrder order;
  order.due_at = parse_local("2026-06-21 00:00:00");
  order.submitted_at = parse_local("2026-06-22 00:00:00");
  EXPECT_TRUE(appeal_facts(order).overdue);
  order.extended_due_at = order.submitted_at;
  EXPECT_FALSE(appeal_facts(order).overdue);
}

}  // namespace
}  // namespace jieban
