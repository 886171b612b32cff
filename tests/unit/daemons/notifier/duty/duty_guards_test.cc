// Goal: nothing gets into the rota that should not, and who is refused hears why.
#include "daemons/notifier/duty/duty_guards.h"

#include "tests/unit/daemons/notifier/duty_fixture.h"

namespace jieban {
namespace {

using duty_test::local;
using std::chrono::days;
using std::chrono::hours;

std::string asked(const DutyRequest& request, const RotaBook& book = desk_book()) {
  auto checked = check_duty_request(book, request, noon());
  return checked.ok()
             ? "taken"
             : std::string(to_string(checked.error().code)) + ": " + checked.error().message;
}

DutyRequest good_leave() {
  return leave_request("l1", "b", "2026-02-03 14:00", "2026-02-03 20:00");
}

DutyRequest good_override() {
  return override_request("o1", "2026-02-03 14:00", "2026-02-03 16:00", PersonId("e"),
                          PersonId("b"));
}

TEST(DutyGuards, WhatIsRightPasses) {
  EXPECT_EQ(asked(good_leave()), "taken");
  EXPECT_EQ(asked(good_override()), "taken");
  EXPECT_EQ(asked(night_swap("s1", PersonId("e"))), "taken");
  EXPECT_EQ(asked(night_swap("s1", std::nullopt)), "taken");
}

TEST(DutyGuards, AnIdIsAWordThatTheFileDoesNotHave) {
  DutyRequest request = good_leave();
  for (const char* id : {"", "A", "a/b", "班"}) {
    request.id = id;
    EXPECT_TRUE(no_because(asked(request), "invalid: 编号只能用")) << id;
  }
  request.id = std::string(41, 'a');
  EXPECT_TRUE(no_because(asked(request), "最长40"));
  RotaBook book = desk_book();
  book.changes.leaves = {duty_test::leave_of("2026-03-01 00:00", "2026-03-02 00:00", "c")};
  EXPECT_TRUE(no_because(asked(good_leave(), book), "refused: 编号l1已在排班文件中使用"));
}

TEST(DutyGuards, WhomAndWhatTheRotaDoesNotKnowIsNotFound) {
  DutyRequest request = good_leave();
  request.person = "nobody";
  EXPECT_TRUE(no_because(asked(request), "not_found: 名册中没有这个人：nobody"));
  request = good_leave();
  request.by = "stranger";
  EXPECT_TRUE(no_because(asked(request), "名册中没有这个人：stranger"));
  request = good_override();
  request.rota = "nowhere";
  EXPECT_TRUE(no_because(asked(request), "not_found: 没有这个排班：nowhere"));
  request = good_override();
  request.add = "nobody";
  EXPECT_TRUE(no_because(asked(request), "名册中没有这个人"));
  request = good_override();
  request.remove = "nobody";
  EXPECT_TRUE(no_because(asked(request), "名册中没有这个人"));
  EXPECT_TRUE(no_because(asked(night_swap("s1", PersonId("nobody"))), "名册中没有这个人"));
}

TEST(DutyGuards, ASpanIsToComeAndHasAnEndWithinReason) {
  DutyRequest request = good_leave();
  request.until = *request.from;
  EXPECT_TRUE(no_because(asked(request), "结束时间须晚于开始时间"));
  request = good_leave();
  request.from = noon() - hours(3);
  request.until = noon();
  EXPECT_TRUE(no_because(asked(request), "这段时间已经过去"));
  request.until = noon() + hours(1);
  EXPECT_TRUE(no_because(asked(request), "开始时间已经过去"));
  request.from.reset();
  EXPECT_EQ(asked(request), "taken") << "from now on";
  request.until = noon() + kDutySpanMax;
  EXPECT_EQ(asked(request), "taken");
  request.until += Duration(1);
  EXPECT_TRUE(no_because(asked(request), "时间过长，最多92天"));
  request.from = noon() + kDutyAheadMax + hours(1);
  request.until = *request.from + hours(1);
  EXPECT_TRUE(no_because(asked(request), "最多提前366天"));
  DutyRequest swap = night_swap("s1", PersonId("e"));
  swap.until = *swap.from + kDutySwapMax + Duration(1);
  EXPECT_TRUE(no_because(asked(swap), "时间过长，最多7天"));
}

TEST(DutyGuards, NothingIsChangedWithoutAReason) {
  DutyRequest request = good_leave();
  request.reason = "";
  EXPECT_TRUE(no_because(asked(request), "请写明理由"));
}

TEST(DutyGuards, ALeaveIsOnesOwnOrGivenByTheLeader) {
  DutyRequest request = good_leave();
  request.by = "c";
  EXPECT_TRUE(no_because(asked(request), "坐席c不是班组长，不能替别人请假"));
  request.by = "x";
  EXPECT_EQ(asked(request), "taken");
  request.person.reset();
  EXPECT_TRUE(no_because(asked(request), "请假须写明是谁"));
}

TEST(DutyGuards, AnOverrideIsTheLeadersAndSaysWhom) {
  DutyRequest request = good_override();
  request.by = "a";
  EXPECT_TRUE(no_because(asked(request), "坐席a不是班组长，不能调整排班"));
  request = good_override();
  request.add.reset();
  EXPECT_EQ(asked(request), "taken");
  request.alone = true;
  EXPECT_TRUE(no_because(asked(request), "独自值班"));
  request.remove.reset();
  EXPECT_TRUE(no_because(asked(request), "调整须写明"));
  request = good_override();
  request.add = request.remove;
  EXPECT_TRUE(no_because(asked(request), "加和减不能是同一个人"));
  request.remove.reset();
  request.alone = true;
  EXPECT_EQ(asked(request), "taken");
}

TEST(DutyGuards, ATemporaryScheduleHasShiftsWithinItsTime) {
  auto request =
      duty_request(DutyKind::temporary, "t1", "x", "2026-02-04 00:00", "2026-02-05 00:00");
  EXPECT_TRUE(no_because(asked(request), "至少要有一个班次"));
  request.shifts = {{"e", local("2026-02-04 00:00"), local("2026-02-05 00:00"), 0}};
  EXPECT_EQ(asked(request), "taken");
  request.by = "a";
  EXPECT_TRUE(no_because(asked(request), "不是班组长"));
  request.by = "x";
  request.shifts[0].until += hours(1);
  EXPECT_TRUE(no_because(asked(request), "班次须在临时排班的时间之内"));
  request.shifts[0].until = request.shifts[0].from;
  EXPECT_TRUE(no_because(asked(request), "班次的结束时间须晚于开始时间"));
  request.shifts[0] = {"nobody", local("2026-02-04 00:00"), local("2026-02-05 00:00"), 0};
  EXPECT_TRUE(no_because(asked(request), "名册中没有这个人"));
  request.shifts.assign(kTemporaryShiftsMax + 1, request.shifts[0]);
  EXPECT_TRUE(no_because(asked(request), "limit: 临时排班最多64个班次"));
}

TEST(DutyGuards, ASwapIsWithSomebodyElseAndItsReturnIsWhole) {
  EXPECT_TRUE(no_because(asked(night_swap("s1", PersonId("a"))), "不能与自己换班"));
  DutyRequest request = night_swap("s1", PersonId("d"));
  request.back_from = local("2026-02-05 08:30");
  EXPECT_TRUE(no_because(asked(request), "须同时填写"));
  request.back_until = local("2026-02-05 20:30");
  EXPECT_EQ(asked(request), "taken");
  request.back_from = local("2026-02-04 08:00");
  EXPECT_TRUE(no_because(asked(request), "还班的时间与换出的时间重叠"));
  request.back_from = local("2026-02-05 20:30");
  EXPECT_TRUE(no_because(asked(request), "结束时间须晚于开始时间"));
}

// A change in the state for a decision.
struct DutyDecisions : testing::Test {
  std::string accepted(const PersonId& by, Timestamp now = noon()) {
    return said(check_acceptance(book, change, {"s1", DutyVerb::accept, by, "", false}, now));
  }
  std::string approved(const PersonId& by, const std::string& reason = "", bool overrule = false,
                       Timestamp now = noon()) {
    return said(check_approval(book, change, {"s1", DutyVerb::approve, by, reason, overrule}, now));
  }
  std::string refused(const PersonId& by, const std::string& reason) {
    return said(check_refusal(book, change, {"s1", DutyVerb::refuse, by, reason, false}));
  }
  std::string withdrawn(const PersonId& by, const std::string& reason, Timestamp now = noon()) {
    return said(check_withdrawal(book, change, {"s1", DutyVerb::withdraw, by, reason, false}, now));
  }
  void accept(const PersonId& by) {
    change.state = DutyChangeState::accepted;
    change.accepted = DutySignature{by, noon(), std::nullopt};
  }
  static std::string said(const Result<void>& checked) {
    return checked.ok() ? "taken" : checked.error().message;
  }
  RotaBook book = desk_book();
  DutyChange change = make_change(night_swap("s1", std::nullopt), noon());
};

TEST_F(DutyDecisions, AnOpenSwapIsTakenByOneOfTheRotaANamedOneByThatOne) {
  EXPECT_EQ(accepted("d"), "taken");
  EXPECT_TRUE(no_because(accepted("a"), "申请人不能自己接受"));
  EXPECT_TRUE(no_because(accepted("e"), "机动不在坐席值班的轮值人员中"));
  EXPECT_TRUE(no_because(accepted("nobody"), "名册中没有这个人"));
  change = make_change(night_swap("s1", PersonId("e")), noon());
  EXPECT_EQ(accepted("e"), "taken") << "who is named need not be of it";
  EXPECT_TRUE(no_because(accepted("d"), "指定由机动接受"));
  accept("e");
  EXPECT_TRUE(no_because(accepted("e"), "已有人接受"));
}

TEST_F(DutyDecisions, OfWhatHasBegunTheRestIsTakenAndNothingOfWhatIsOver) {
  EXPECT_EQ(accepted("d", local("2026-02-04 02:00")), "taken");
  EXPECT_TRUE(no_because(accepted("d", local("2026-02-04 08:30")), "已经过去"));
  accept("d");
  EXPECT_TRUE(no_because(approved("x", "急事", true, local("2026-02-04 08:30")), "已经过去"));
}

TEST_F(DutyDecisions, OnlyALeaderWhoIsNeitherOfTheTwoApproves) {
  EXPECT_TRUE(no_because(approved("x"), "尚无人接受"));
  book.persons[3].roles.emplace_back(kLeaderRole);  // d
  book.persons[0].roles.emplace_back(kLeaderRole);  // a
  accept("d");
  EXPECT_TRUE(no_because(approved("b"), "坐席b不是班组长或值班领导，不能批准换班"));
  EXPECT_TRUE(no_because(approved("d", "急事", true), "换班双方不能批准自己的换班"));
  EXPECT_TRUE(no_because(approved("a", "急事", true), "换班双方不能批准自己的换班"));
  EXPECT_EQ(approved("x", "急事", true), "taken");
  change.state = DutyChangeState::refused;
  EXPECT_TRUE(no_because(approved("x"), "已经处理"));
}

// Of two team leaders who swap with each other nobody else is left.
TEST_F(DutyDecisions, TheDutyLeaderOfTheStreetDecidesOnASwapToo) {
  book.persons.push_back({"z", "值班领导", {"street_leader"}});
  book.persons[3].roles.emplace_back(kLeaderRole);  // d
  book.persons[0].roles.emplace_back(kLeaderRole);  // a
  accept("d");
  EXPECT_EQ(approved("z", "急事", true), "taken");
  EXPECT_EQ(refused("z", "人手不足"), "taken");
  change.state = DutyChangeState::in_force;
  EXPECT_EQ(withdrawn("z", "不用了"), "taken");
  auto request = override_request("o1", "2026-02-03 20:30", "2026-02-04 08:30", "e", "a");
  request.by = "z";
  EXPECT_TRUE(no_because(said(check_duty_request(book, request, noon())), "不能调整排班"))
      << "to arrange the duty is the team leader's";
}

TEST_F(DutyDecisions, TheLimitsHoldUnlessTheLeaderSaysWhyNot) {
  accept("d");  // who has the night before
  EXPECT_TRUE(no_because(approved("x"), "坐席d连续夜班超过1个"));
  EXPECT_TRUE(no_because(approved("x", "", true), "强制批准须写明理由"));
  EXPECT_EQ(approved("x", "急事", true), "taken");
  accept("e");  // who has rested
  EXPECT_EQ(approved("x"), "taken");
}

TEST_F(DutyDecisions, ARefusalIsTheLeadersAndSaysWhy) {
  EXPECT_TRUE(no_because(refused("b", "人手不足"), "不是班组长"));
  EXPECT_TRUE(no_because(refused("x", ""), "请写明理由"));
  EXPECT_EQ(refused("x", "人手不足"), "taken");
  change.state = DutyChangeState::in_force;
  EXPECT_TRUE(no_because(refused("x", "人手不足"), "已经处理"));
}

TEST_F(DutyDecisions, WhoAskedMayWithdrawUntilItIsAgreedThenOnlyALeader) {
  EXPECT_EQ(withdrawn("a", "不用了"), "taken");
  EXPECT_TRUE(no_because(withdrawn("a", ""), "请写明理由"));
  EXPECT_TRUE(no_because(withdrawn("b", "不用了"), "只能由申请人、班组长或值班领导撤回"));
  EXPECT_EQ(withdrawn("x", "不用了"), "taken");
  accept("d");
  change.state = DutyChangeState::in_force;
  EXPECT_TRUE(no_because(withdrawn("a", "不用了"), "只能由班组长或值班领导撤回"));
  EXPECT_EQ(withdrawn("x", "不用了"), "taken");
  EXPECT_TRUE(no_because(withdrawn("x", "不用了", local("2026-02-04 08:30")), "已经结束"));
  change.state = DutyChangeState::withdrawn;
  EXPECT_TRUE(no_because(withdrawn("x", "不用了"), "已经结束"));
}

TEST_F(DutyDecisions, WhatIsNoSwapIsNeitherAcceptedNorApproved) {
  change = make_change(good_leave(), noon());
  EXPECT_TRUE(no_because(accepted("d"), "只有换班需要接受和批准"));
  EXPECT_TRUE(no_because(approved("x"), "只有换班"));
  EXPECT_TRUE(no_because(refused("x", "不"), "只有换班"));
  EXPECT_EQ(withdrawn("b", "不去了"), "taken");
}

TEST(DutyGuards, OfARotaAreThoseWhomItsRulesAndDatesName) {
  Rota rota = duty_test::seat_rota();
  EXPECT_TRUE(is_of_rota(rota, "a"));
  EXPECT_FALSE(is_of_rota(rota, "e"));
  rota.dates = {{"e", noon(), noon() + days(1), 0}};
  EXPECT_TRUE(is_of_rota(rota, "e"));
}

}  // namespace
}  // namespace jieban
