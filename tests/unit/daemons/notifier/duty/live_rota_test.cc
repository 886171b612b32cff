// Goal: the rota that calls go by is the file and the commands together, put together once.
#include "daemons/notifier/duty/live_rota.h"

#include "tests/unit/daemons/notifier/duty_fixture.h"

namespace jieban {
namespace {

using duty_test::local;
using std::chrono::days;
using std::chrono::hours;
using Persons = std::vector<PersonId>;

uint64_t merges_of(DutyDesk& desk) { return desk.core().callouts().rota().merges(); }

DutyRequest leave_of_b() { return leave_request("l1", "b", "", "2026-02-03 16:00"); }

TEST(LiveRota, ACommandChangesWhoIsOnDuty) {
  DutyDesk desk;
  EXPECT_EQ(desk.on("2026-02-03 15:00"), Persons{"b"});
  ASSERT_EQ(desk.ask(override_request("o1", "2026-02-03 14:00", "2026-02-03 16:00", "e", "b")),
            "taken");
  EXPECT_EQ(desk.on("2026-02-03 15:00"), Persons{"e"});
  EXPECT_EQ(desk.on("2026-02-03 16:00"), Persons{"b"});
  ASSERT_EQ(desk.ask(leave_of_b()), "taken");
  EXPECT_EQ(desk.on("2026-02-03 13:00"), Persons());
}

TEST(LiveRota, TheBookIsPutTogetherOnceForEachChangeNotForEachCall) {
  DutyDesk desk;
  desk.emergency(1, "A-1");
  const uint64_t before = merges_of(desk);
  EXPECT_EQ(before, 0U) << "without commands the file's book is the one";
  desk.ask(leave_of_b());
  desk.advance(hours(1));
  const uint64_t once = merges_of(desk);
  EXPECT_EQ(once, before + 1);
  for (uint64_t order = 2; order < 30; ++order) desk.emergency(order, "A-" + std::to_string(order));
  EXPECT_EQ(merges_of(desk), once);
  RotaBook book = desk_book();
  book.version = "2";
  desk.input(rules_input(LiveRota::kRotaName, book));
  desk.emergency(40, "A-40");
  EXPECT_EQ(merges_of(desk), once + 1) << "another file";
}

TEST(LiveRota, CommandsOutliveAReloadOfTheFileAndARestart) {
  DutyDesk desk;
  desk.ask(leave_of_b());
  RotaBook book = desk_book();
  book.version = "2";
  book.changes.overrides = {
      duty_test::override_of("2026-02-03 12:00", "2026-02-03 14:00", "e", std::nullopt)};
  desk.input(rules_input(LiveRota::kRotaName, book));
  EXPECT_EQ(desk.on("2026-02-03 13:00"), Persons{"e"}) << "both count";
  desk.reopen();
  EXPECT_EQ(desk.on("2026-02-03 13:00"), Persons{"e"});
  EXPECT_EQ(desk.changes().size(), 1U);
}

TEST(LiveRota, OfAChangeThatTheFileHasTooTheFilesCounts) {
  DutyDesk desk;
  desk.ask(leave_of_b());
  RotaBook book = desk_book();
  book.version = "2";
  book.changes.leaves = {{"l1", "c", noon(), noon() + hours(1), std::nullopt}};
  desk.input(rules_input(LiveRota::kRotaName, book));
  EXPECT_EQ(desk.on("2026-02-03 13:00"), Persons{"b"});
}

TEST(LiveRota, WhatEndedLongAgoIsForgottenAndNothingElse) {
  DutyDesk desk;
  ASSERT_EQ(desk.ask(leave_of_b()), "taken");
  ASSERT_EQ(desk.ask(leave_request("l2", "b", "2026-02-10 00:00", "2026-02-12 00:00")), "taken");
  ASSERT_EQ(desk.ask(night_swap("s1", std::nullopt)), "taken") << "nobody ever accepts it";
  const auto left_at = [&](Timestamp at) {
    desk.now = at;
    desk.advance(Duration(0));
    return desk.changes().size();
  };
  const Timestamp end = local("2026-02-03 16:00");
  EXPECT_EQ(left_at(end + kDutyKept - Duration(1)), 3U);
  EXPECT_EQ(left_at(end + kDutyKept), 2U);
  ASSERT_EQ(left_at(end + kDutyKept + days(1)), 1U);
  EXPECT_EQ(desk.changes()[0].request.id, "l2");
  EXPECT_EQ(left_at(end + kDutyKept + days(9)), 0U);
}

TEST(LiveRota, AStepThatIsUndoneLeavesNothingBehind) {
  DutyDesk desk;
  Batch batch{desk.now, {}};
  const auto add = [&](std::string_view topic, const std::string& payload) {
    batch.parts.emplace_back();
    batch.parts.back().kind = BatchPart::Kind::input;
    batch.parts.back().input.topic = topic;
    batch.parts.back().input.payload = payload;
  };
  add(topics::kDutyRequest, encode_payload(leave_of_b()));
  add(topics::kDutyRequest, encode_payload(leave_request("l2", "nobody", "", "2026-02-03 16:00")));
  add(topics::kDutyRequest, encode_payload(leave_request("l3", "c", "", "2026-02-03 16:00")));
  const auto outcome = desk.run(batch);
  EXPECT_TRUE(outcome.answers.at(0).ok());
  EXPECT_FALSE(outcome.answers.at(1).ok());
  EXPECT_TRUE(outcome.answers.at(2).ok());
  EXPECT_EQ(desk.changes().size(), 2U);
  EXPECT_EQ(desk.on("2026-02-03 13:00"), Persons());
}

TEST(LiveRota, BeforeARotaIsLoadedNothingCanBeChanged) {
  NotifierFixture bare;
  const auto outcome = bare.input(topics::kDutyRequest, leave_of_b());
  ASSERT_FALSE(outcome.answers.at(0).ok());
  EXPECT_EQ(outcome.answers.at(0).error().code, ErrorCode::unavailable);
  EXPECT_EQ(outcome.answers.at(0).error().message, "尚未加载排班");
}

}  // namespace
}  // namespace jieban
