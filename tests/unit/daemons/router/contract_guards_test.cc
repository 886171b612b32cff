// Goal: why a promised figure was missed, and what party A demanded, is recorded by those who may,
// with evidence, and a rectification ends once.
#include "daemons/router/contract_guards.h"

#include "tests/unit/daemons/router/walks.h"

namespace jieban {
namespace {

using enum OrderState;

GoodCommand with(const char* command, const char* name, const char* value) {
  GoodCommand good = good_command(command);
  good.arguments[name] = value;
  return good;
}

std::string without(RouterFixture& router, const char* command, const char* name) {
  GoodCommand good = good_command(command);
  good.arguments.erase(name);
  if (std::string_view(good.texts) == name) good.texts = "";
  return give(router, 1, good);
}

TEST(ContractGuards, AMissHasItsFigureItsCauseAndItsEvidence) {
  RouterFixture router(desk_rules());
  bring(router, 1, submitted);
  for (const char* name : {"figure", "cause", "evidence"}) {
    EXPECT_EQ(without(router, "note_miss", name), "miss_fields") << name;
    EXPECT_NE(router.reason.find(name), std::string::npos) << router.reason;
  }
  EXPECT_EQ(give(router, 1, with("note_miss", "figure", "sign_in_time")), "miss_fields");
  EXPECT_EQ(give(router, 1, with("note_miss", "cause", "weather")), "miss_fields");
  take(router, 1, "note_miss");
  take(router, 1, "note_miss");
  EXPECT_EQ(router.state(1), submitted);
}

TEST(ContractGuards, OnlyTheAuditAndTheTeamLeaderKeepTheLedger) {
  RouterFixture router(desk_rules());
  bring(router, 1, handling);
  for (const char* role : {"seat", "unit", "hard_case", "analyst", "city", "street_leader"}) {
    GoodCommand good = good_command("note_miss");
    good.role = role;
    EXPECT_EQ(give(router, 1, good), "role") << role;
  }
  GoodCommand leader = good_command("note_miss");
  leader.role = "team_leader";
  EXPECT_EQ(give(router, 1, leader), "");
}

TEST(ContractGuards, WhatPartyAThinksIsTheTeamLeadersToWrite) {
  RouterFixture router(desk_rules());
  bring(router, 1, handling);
  GoodCommand agreed = with("note_miss", "agreed", "yes");
  EXPECT_EQ(give(router, 1, agreed), "miss_agreed");
  agreed.role = "operator";
  EXPECT_EQ(give(router, 1, agreed), "miss_agreed");
  agreed.role = "team_leader";
  EXPECT_EQ(give(router, 1, agreed), "");
}

TEST(ContractGuards, ARectificationIsDemandedWithWhatAndByWhichPaper) {
  RouterFixture router(desk_rules());
  bring(router, 1, visited);
  for (const char* name : {"rectification", "matter", "evidence"}) {
    EXPECT_EQ(without(router, "demand_rectification", name), "rectification_fields") << name;
  }
  EXPECT_EQ(give(router, 1, with("demand_rectification", "happened_at", "2026-03-11 08:00")),
            "rectification_fields");
  EXPECT_EQ(give(router, 1, with("demand_rectification", "rectify_by", "2026-03-01 08:00")),
            "rectification_fields");
  GoodCommand late = with("demand_rectification", "happened_at", "2026-02-20 08:00");
  late.arguments["rectify_by"] = "2026-03-01 08:00";
  EXPECT_EQ(give(router, 1, late), "") << "noted later than it was due";
  EXPECT_EQ(give(router, 1, good_command("demand_rectification")), "rectification_new");
}

TEST(ContractGuards, ARectificationEndsOnceAndWithEvidence) {
  RouterFixture router(desk_rules());
  bring(router, 1, closed);
  EXPECT_EQ(give(router, 1, good_command("finish_rectification")), "rectification_open");
  take(router, 1, "demand_rectification");
  EXPECT_EQ(give(router, 1, with("finish_rectification", "rectification", "R2")),
            "rectification_open");
  EXPECT_EQ(without(router, "finish_rectification", "evidence"), "rectification_proof");
  EXPECT_EQ(without(router, "refuse_rectification", "reason_code"), "reason_given");
  take(router, 1, "refuse_rectification");
  EXPECT_EQ(give(router, 1, good_command("refuse_rectification")), "rectification_open");
  EXPECT_EQ(router.course(1).rectifications->at("R1"), "refused");
  take(router, 1, "finish_rectification");
  EXPECT_EQ(router.course(1).rectifications->at("R1"), "done");
  EXPECT_EQ(give(router, 1, good_command("finish_rectification")), "rectification_open");
}

TEST(ContractGuards, ACancelledOrderIsNoMatterOfTheContract) {
  RouterFixture router(desk_rules());
  bring(router, 1, cancelled);
  EXPECT_EQ(give(router, 1, good_command("note_miss")), "state");
  bring(router, 2, returned);
  take(router, 2, "note_miss");
}

TEST(ContractGuards, AnOrderHasRoomForSixtyFourRectifications) {
  RouterFixture router(desk_rules());
  bring(router, 1, handling);
  for (size_t i = 0; i < kHistoryMax; ++i) {
    const std::string id = "R" + std::to_string(i);
    ASSERT_EQ(give(router, 1, with("demand_rectification", "rectification", id.c_str())), "");
  }
  EXPECT_EQ(give(router, 1, with("demand_rectification", "rectification", "more")),
            "rectification_new");
}

}  // namespace
}  // namespace jieban
