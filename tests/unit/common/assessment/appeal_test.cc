// States move by the table only; a candidate has lost something and has a ground.
#include "common/assessment/appeal.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/support/calendars.h"

namespace jieban {
namespace {

constexpr Visit kLost{true, true, Solved::unsolved, Satisfied::unsatisfied};

AppealPoint point(const std::string& code, const std::string& title) {
  AppealPoint made;
  made.code = code;
  made.title = title;
  made.valid_from = day("2026-01-01");
  return made;
}

AppealPoints points() {
  AppealPoint heating = point("P1", "非供暖季");
  heating.categories = {"公共服务>供暖"};
  heating.keywords = {"提前供暖"};
  heating.valid_to = day("2026-12-31");
  AppealPoints all;
  all.points = {heating, point("SC2", "法定途径")};
  return all;
}

std::string told(const AppealFacts& facts, std::string_view date = "2026-07-01") {
  std::string text;
  for (const AppealGround& ground : grounds(facts, points(), day(date))) {
    text += ground.code + ":" + ground.point + " ";
  }
  return text;
}

TEST(AppealStates, TheWayToAnExclusionIsOpen) {
  AppealState state = AppealState::candidate;
  for (const char* action : {"draft", "review", "submit", "district_back", "resubmit",
                             "district_pass", "city_pass", "close"}) {
    auto next = move_appeal(state, action);
    ASSERT_TRUE(next.ok()) << action;
    state = *next;
  }
  EXPECT_EQ(state, AppealState::closed);
}

TEST(AppealStates, WhatTheTableLacksIsRefusedAndSaysWhatIsPossible) {
  auto moved = move_appeal(AppealState::candidate, "submit");
  ASSERT_FALSE(moved.ok());
  EXPECT_EQ(moved.error().code, ErrorCode::refused);
  EXPECT_NE(moved.error().message.find("起草"), std::string::npos);
  EXPECT_FALSE(move_appeal(AppealState::closed, "draft").ok());
  EXPECT_FALSE(move_appeal(AppealState::submitted, "city_pass").ok());
}

TEST(AppealStates, EachIsNamedAndReachedAndEndsInOneOfThree) {
  std::set<AppealState> left;
  std::set<AppealState> reached = {AppealState::candidate};
  for (const AppealMove& move : appeal_moves()) {
    left.insert(move.from);
    reached.insert(move.to);
  }
  for (AppealState state : all_appeal_states()) {
    EXPECT_EQ(parse_appeal_state(to_string(state)), state);
    EXPECT_FALSE(to_chinese(state).empty());
    EXPECT_TRUE(reached.contains(state)) << to_string(state);
    const bool end = state == AppealState::closed || state == AppealState::expired ||
                     state == AppealState::withdrawn;
    EXPECT_EQ(left.contains(state), !end) << to_string(state);
  }
  EXPECT_FALSE(parse_appeal_state("PASSED"));
}

TEST(AppealCandidates, NeedALossAndAGround) {
  AppealFacts facts;
  facts.special_case = "SC2";
  EXPECT_EQ(told(facts), "");
  facts.visit = kLost;
  EXPECT_EQ(told(facts), "special_case:SC2 ");
  facts.special_case.clear();
  EXPECT_EQ(told(facts), "");
}

TEST(AppealCandidates, APointMatchesByWholePartsOfTheCategoryOrByWord) {
  AppealFacts facts;
  facts.visit = kLost;
  facts.category = "公共服务>供暖>温度不达标";
  EXPECT_EQ(told(facts), "point:P1 ");
  EXPECT_EQ(told(facts, "2027-01-01"), "");
  facts.category = "公共服务>供暖费";
  EXPECT_EQ(told(facts), "");
  facts.text = "市民要求提前供暖";
  EXPECT_EQ(told(facts), "point:P1 ");
}

TEST(AppealCandidates, EvidenceCountsOnlyIfItIsOlderThanTheVisit) {
  AppealFacts facts;
  facts.visit = kLost;
  facts.visit_at = parse_local("2026-07-01 10:00:00");
  facts.evidence_at = facts.visit_at;
  EXPECT_EQ(told(facts), "");
  facts.evidence_at = *facts.visit_at - Duration(1);
  EXPECT_EQ(told(facts), "solved_before_visit: ");
}

TEST(AppealCandidates, TheOtherGroundsAndTheWrongSpecialCases) {
  AppealFacts facts;
  facts.visit = kLost;
  facts.special_case = "SC1";
  EXPECT_EQ(told(facts), "");
  facts.repeat_without_new_facts = true;
  facts.unreachable_proved = true;
  facts.objective_basis = "《物业管理条例》第三条";
  EXPECT_EQ(told(facts), "repeat: unreachable: objective: ");
}

TEST(AppealCandidates, LossesAreThoseOfAValidVisitAndOverdue) {
  AppealFacts facts;
  facts.visit = {false, false, Solved::unsolved, Satisfied::unsatisfied};
  EXPECT_TRUE(losses(facts).empty());
  facts.overdue = true;
  EXPECT_EQ(losses(facts), std::vector<std::string>{"overdue"});
  facts.visit = {true, false, Solved::partial, Satisfied::basic};
  EXPECT_EQ(losses(facts), (std::vector<std::string>{"response", "solved", "overdue"}));
}

TEST(Appeal, OnlyTheCityExcludes) {
  Appeal appeal;
  appeal.district_result = Verdict::pass;
  EXPECT_FALSE(appeal.excludes() || appeal.decided());
  appeal.city_result = Verdict::deny;
  EXPECT_TRUE(appeal.decided() && !appeal.excludes());
  appeal.city_result = Verdict::pass;
  EXPECT_TRUE(appeal.excludes());
}

}  // namespace
}  // namespace jieban
