// Goal: a swap goes from asking over acceptance to approval, each signed in the record and told in
// the stream; until the last of them nothing changes.
#include "common/domain/topics.h"
#include "daemons/notifier/duty/duty_guards.h"
#include "tests/unit/daemons/notifier/duty_fixture.h"

namespace jieban {
namespace {

using duty_test::local;
using std::chrono::hours;
using Persons = std::vector<PersonId>;

DutyChange told_change(const DutyDesk& desk, std::string_view topic) {
  EXPECT_EQ(desk.told().size(), 1U);
  for (const Event& event : desk.told()) {
    if (event.topic == topic) return *decode_payload<DutyChange>(event.payload);
  }
  ADD_FAILURE() << "not told: " << topic;
  return {};
}

TEST(DutyCommands, ASwapIsInForceWhenItIsApprovedAndNotBefore) {
  DutyDesk desk;
  ASSERT_EQ(desk.ask(night_swap("s1", PersonId("e"))), "taken");
  EXPECT_EQ(told_change(desk, topics::kRotaSwapAsked).state, DutyChangeState::asked);
  EXPECT_EQ(desk.on("2026-02-04 01:00"), Persons{"a"});
  desk.now += hours(1);
  ASSERT_EQ(desk.decide("s1", DutyVerb::accept, "e"), "taken");
  EXPECT_EQ(told_change(desk, topics::kRotaSwapAccepted).accepted->by, "e");
  EXPECT_EQ(desk.on("2026-02-04 01:00"), Persons{"a"}) << "no private swaps";
  desk.now += hours(1);
  ASSERT_EQ(desk.decide("s1", DutyVerb::approve, "x"), "taken");
  EXPECT_EQ(desk.on("2026-02-04 01:00"), Persons{"e"});
  EXPECT_EQ(desk.on("2026-02-04 08:30"), Persons{"c"}) << "as before";
}

TEST(DutyCommands, TheRecordSaysWhoAskedAcceptedAndApprovedAndWhen) {
  DutyDesk desk;
  desk.ask(night_swap("s1", PersonId("e")));
  desk.now += hours(1);
  desk.decide("s1", DutyVerb::accept, "e");
  desk.now += hours(1);
  desk.decide("s1", DutyVerb::approve, "x", "同意");
  const DutyChange told = told_change(desk, topics::kRotaSwapApproved);
  for (const DutyChange& record : {told, desk.change("s1")}) {
    EXPECT_EQ(record.request.by, "a");
    EXPECT_EQ(record.asked_at, noon());
    EXPECT_EQ(record.accepted->by, "e");
    EXPECT_EQ(record.accepted->at, noon() + hours(1));
    EXPECT_EQ(record.decided->by, "x");
    EXPECT_EQ(record.decided->at, noon() + hours(2));
    EXPECT_EQ(record.decided->reason, "同意");
    EXPECT_FALSE(record.overruled);
  }
  EXPECT_EQ(desk.told().at(0).actor, "x");
}

TEST(DutyCommands, AWithdrawalWarnsOfWhatItMakesAndNotOfWhatItMends) {
  DutyDesk desk;
  ASSERT_EQ(desk.ask(leave_request("l1", "c", "2026-02-04 08:30", "2026-02-04 20:30")), "taken");
  ASSERT_FALSE(desk.change("l1").warnings.empty()) << "nobody has the day";
  ASSERT_EQ(desk.ask(override_request("o1", "2026-02-04 08:30", "2026-02-04 20:30", PersonId("e"),
                                      std::nullopt)),
            "taken");
  ASSERT_TRUE(desk.change("o1").warnings.empty());
  desk.now += hours(1);
  ASSERT_EQ(desk.decide("o1", DutyVerb::withdraw, "x", "机动另有安排"), "taken");
  EXPECT_EQ(told_change(desk, topics::kRotaChangeWithdrawn).warnings, desk.change("l1").warnings)
      << "the hole is there again";
  ASSERT_EQ(desk.decide("l1", DutyVerb::withdraw, "c", "病好了"), "taken");
  EXPECT_EQ(desk.change("l1").warnings, std::vector<std::string>());
  ASSERT_EQ(desk.ask(night_swap("s1", PersonId("d"))), "taken");
  ASSERT_FALSE(desk.change("s1").warnings.empty());
  ASSERT_EQ(desk.decide("s1", DutyVerb::refuse, "x", "连续夜班"), "taken");
  EXPECT_EQ(desk.change("s1").warnings, std::vector<std::string>()) << "it never came into force";
}

TEST(DutyCommands, EachKindIsToldUnderItsName) {
  DutyDesk desk;
  auto temporary =
      duty_request(DutyKind::temporary, "t1", "x", "2026-02-05 00:00", "2026-02-06 00:00");
  temporary.shifts = {{"e", local("2026-02-05 00:00"), local("2026-02-06 00:00"), 0}};
  const std::pair<DutyRequest, std::string_view> rows[] = {
      {override_request("o1", "2026-02-03 14:00", "2026-02-03 16:00", "e", "b"),
       topics::kRotaOverrideAdded},
      {leave_request("l1", "b", "", "2026-02-03 16:00"), topics::kRotaLeaveAdded},
      {night_swap("s1", PersonId("e")), topics::kRotaSwapAsked},
      {temporary, topics::kRotaTemporaryAdded}};
  for (const auto& [request, topic] : rows) {
    ASSERT_EQ(desk.ask(request), "taken");
    EXPECT_EQ(told_change(desk, topic).request.id, request.id);
  }
  EXPECT_EQ(desk.on("2026-02-05 12:00"), Persons{"e"});
  ASSERT_EQ(desk.decide("t1", DutyVerb::withdraw, "x", "取消演练"), "taken");
  EXPECT_EQ(told_change(desk, topics::kRotaChangeWithdrawn).withdrawn->by, "x");
  EXPECT_EQ(desk.on("2026-02-05 12:00"), Persons{"d"});
}

TEST(DutyCommands, RepeatedIsAnsweredAndChangesNothing) {
  DutyDesk desk;
  const DutyRequest swap = night_swap("s1", PersonId("e"));
  desk.ask(swap);
  desk.now += hours(1);
  EXPECT_EQ(desk.ask(swap), "repeated");
  EXPECT_TRUE(desk.told().empty());
  EXPECT_EQ(desk.change("s1").asked_at, noon());
  DutyRequest other = swap;
  other.reason = "别的事";
  EXPECT_TRUE(no_because(desk.ask(other), "refused: 编号s1已用于另一项变更"));
  desk.decide("s1", DutyVerb::accept, "e");
  EXPECT_EQ(desk.decide("s1", DutyVerb::accept, "e"), "repeated");
  desk.decide("s1", DutyVerb::approve, "x");
  EXPECT_EQ(desk.decide("s1", DutyVerb::approve, "x"), "repeated");
  EXPECT_EQ(desk.decide("s1", DutyVerb::accept, "e"), "repeated");
  EXPECT_TRUE(no_because(desk.decide("s1", DutyVerb::approve, "y"), "已经处理"));
  desk.decide("s1", DutyVerb::withdraw, "y", "不换了");
  EXPECT_EQ(desk.decide("s1", DutyVerb::withdraw, "y", "不换了"), "repeated");
  EXPECT_TRUE(desk.told().empty());
  EXPECT_EQ(desk.on("2026-02-04 01:00"), Persons{"a"}) << "as it was";
}

TEST(DutyCommands, ARefusedSwapIsOverAndMarksNobody) {
  DutyDesk desk;
  desk.ask(night_swap("s1", std::nullopt));
  ASSERT_EQ(desk.decide("s1", DutyVerb::refuse, "x", "人手不足"), "taken");
  EXPECT_EQ(told_change(desk, topics::kRotaSwapRefused).decided->reason, "人手不足");
  EXPECT_EQ(desk.decide("s1", DutyVerb::refuse, "x", "人手不足"), "repeated");
  EXPECT_TRUE(desk.change("s1").effect.swaps.empty());
  EXPECT_TRUE(no_because(desk.decide("s1", DutyVerb::accept, "d"), "已结束"));
  EXPECT_TRUE(no_because(desk.decide("s1", DutyVerb::approve, "x"), "已经处理"));
}

TEST(DutyCommands, WhatNobodyAskedForIsNotDecided) {
  DutyDesk desk;
  EXPECT_TRUE(no_because(desk.decide("s9", DutyVerb::accept, "e"), "not_found: 没有这项排班变更"));
}

TEST(DutyCommands, TheLimitsAreWarnedOfFirstAndOverruledByTheLeaderWithAReason) {
  DutyDesk desk;
  desk.ask(night_swap("s1", PersonId("d")));
  ASSERT_EQ(desk.change("s1").warnings.size(), 1U) << "so that the leader sees it";
  EXPECT_NE(desk.change("s1").warnings[0].find("坐席d连续夜班超过1个"), std::string::npos);
  desk.decide("s1", DutyVerb::accept, "d");
  EXPECT_TRUE(
      no_because(desk.decide("s1", DutyVerb::approve, "x"), "refused: 换班后不符合排班限制"));
  EXPECT_EQ(desk.on("2026-02-04 01:00"), Persons{"a"});
  ASSERT_EQ(desk.decide("s1", DutyVerb::approve, "x", "无人可换", true), "taken");
  EXPECT_EQ(desk.on("2026-02-04 01:00"), Persons{"d"});
  EXPECT_TRUE(desk.change("s1").overruled);
  EXPECT_EQ(desk.change("s1").decided->reason, "无人可换");
}

TEST(DutyCommands, AnOverrideOrALeaveIsWarnedOfAndTaken) {
  DutyDesk desk;
  ASSERT_EQ(desk.ask(leave_request("l1", "a", "2026-02-03 20:30", "2026-02-04 08:30")), "taken");
  ASSERT_EQ(desk.change("l1").warnings.size(), 1U);
  EXPECT_NE(desk.change("l1").warnings[0].find("坐席值班无人值班"), std::string::npos);
  ASSERT_EQ(desk.ask(override_request("o1", "2026-02-03 20:30", "2026-02-04 08:30", "d", "a")),
            "taken");
  EXPECT_NE(desk.change("o1").warnings.at(0).find("坐席d连续夜班"), std::string::npos);
  EXPECT_EQ(desk.on("2026-02-04 01:00"), Persons{"d"}) << "who stands in";
}

TEST(DutyCommands, WhatWasServedBeforeAnApprovalOrAWithdrawalStaysAsItWas) {
  DutyDesk desk;
  desk.ask(night_swap("s1", PersonId("e")));
  desk.decide("s1", DutyVerb::accept, "e");
  desk.now = local("2026-02-03 23:00");
  ASSERT_EQ(desk.decide("s1", DutyVerb::approve, "x"), "taken");
  EXPECT_EQ(desk.on("2026-02-03 22:00"), Persons{"a"}) << "it was he who was there";
  EXPECT_EQ(desk.on("2026-02-03 23:00"), Persons{"e"});
  desk.now = local("2026-02-04 03:00");
  ASSERT_EQ(desk.decide("s1", DutyVerb::withdraw, "x", "提前回来"), "taken");
  EXPECT_EQ(desk.on("2026-02-04 02:00"), Persons{"e"});
  EXPECT_EQ(desk.on("2026-02-04 04:00"), Persons{"a"});
}

TEST(DutyCommands, TwoSwapsActInTheOrderOfTheirApprovals) {
  DutyDesk desk;
  DutyRequest first = night_swap("s2", PersonId("e"));
  ASSERT_EQ(desk.swap_through(first, "e"), "taken");
  DutyRequest second = night_swap("s1", PersonId("d"));
  second.by = "e";  // who has it now
  ASSERT_EQ(desk.swap_through(second, "d"), "taken");
  EXPECT_EQ(desk.on("2026-02-04 01:00"), Persons{"d"});
}

TEST(DutyCommands, MoreThanAreKeptAreNotTaken) {
  DutyDesk desk;
  Batch batch{desk.now, {}};
  for (size_t i = 0; i < kDutyChangesMax; ++i) {
    batch.parts.emplace_back();
    batch.parts.back().kind = BatchPart::Kind::input;
    batch.parts.back().input.topic = topics::kDutyRequest;
    batch.parts.back().input.payload = encode_payload(
        leave_request("l" + std::to_string(i), "e", "2026-02-03 14:00", "2026-02-03 15:00"));
  }
  for (const auto& answer : desk.run(batch).answers) ASSERT_TRUE(answer.ok());
  EXPECT_TRUE(
      no_because(desk.ask(leave_request("one-more", "e", "", "2026-02-03 15:00")), "limit: "));
  EXPECT_EQ(desk.ask(leave_request("l7", "e", "2026-02-03 14:00", "2026-02-03 15:00")), "repeated");
}

}  // namespace
}  // namespace jieban
