// Goal: what is open is on disk, falls due in its time, and is found by its code.
#include "daemons/notifier/callout/callout_tables.h"

#include "tests/unit/daemons/notifier/callout_fixture.h"

namespace jieban {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using Calls = std::vector<std::string>;

TEST(CalloutTablesTest, ALadderGoesOnAfterARestartAndTellsNothingTwice) {
  CalloutFixture desk;
  desk.emergency(1, "A-1");
  desk.reopen();
  desk.now += minutes(30);  // a long downtime: two further steps fell due
  const auto told = desk.advance(Duration(0));
  const Calls calls = calls_in(told);
  EXPECT_EQ(std::ranges::count(calls, "li/sms"), 0);
  EXPECT_EQ(std::ranges::count(calls, "zhou/sms"), 1);
  EXPECT_EQ(std::ranges::count(calls, "wu/sms"), 1);
}

TEST(CalloutTablesTest, ACodeFindsTheOneThatIsOpenAndNothingElse) {
  CalloutFixture desk;
  const NoticeStep notice = queued_in(desk.emergency(1, "A-1"));
  auto txn = desk.fold().environment().read();
  const CalloutTables& tables = desk.core().callouts().tables();
  std::string code = code_of(*notice.alert);
  EXPECT_EQ(*tables.by_code(*txn, code), *notice.alert);
  for (char& c : code) c = static_cast<char>(std::toupper(c));
  EXPECT_EQ(*tables.by_code(*txn, code), *notice.alert) << "as somebody types it";
  for (const char* wrong : {"", "1", "zzzz", "0000000000"}) {
    EXPECT_FALSE(tables.by_code(*txn, wrong).ok()) << wrong;
  }
}

TEST(CalloutTablesTest, WhatIsOverLeavesNothingBehind) {
  CalloutFixture desk;
  desk.emergency(1, "A-1");
  desk.moved(1, "order.signed", OrderState::new_order, OrderState::signed_in);
  desk.advance(hours(6));
  auto txn = desk.fold().environment().read();
  EXPECT_EQ(*desk.core().callouts().next_due(*txn), kTimestampMax);
  EXPECT_TRUE(desk.core().callouts().tables().marks_of(*txn, 1)->empty());
  EXPECT_EQ(*desk.core().callouts().tables().open_calls().count(*txn), 0U);
}

// Looked at by a core of its own, in the transaction of a step.
class ReviewProbe : public Service {
 public:
  Result<void> open(TableOpener& opener) override { return tables.open(opener); }
  Result<void> apply(const Event&, Step& step) override { return look(step); }
  Result<void> tick(Step& step) override { return look(step); }
  Result<Timestamp> next_due(const Transaction&) const override { return kTimestampMax; }

  CalloutTables tables;
  std::function<Result<void>(Step& step)> look;
};

TEST(CalloutTablesTest, AReviewComesByEachGroupAndOnceMoreAfterAChangeOnTheWay) {
  TempDir dir("/dev/shm");
  ReviewProbe probe;
  EnvironmentOptions options;
  options.path = dir.path("store");
  options.stream = kOwnStream;
  options.now = noon();
  auto fold = Fold::open(options, probe);
  ASSERT_TRUE(fold.ok());
  std::vector<std::vector<std::string>> seen;
  probe.look = [&](Step& step) -> Result<void> {
    const auto take = [&] { seen.push_back(*probe.tables.take_review(step.store(), 2)); };
    RETURN_IF_ERROR(probe.tables.ask_review(step.store(), noon()));
    take();  // nothing is open, nothing to review
    for (const char* id : {"a1", "a2", "a3"}) {
      Callout callout;
      callout.id = id;
      probe.tables.add(step.store(), callout);
    }
    RETURN_IF_ERROR(probe.tables.ask_review(step.store(), noon()));
    EXPECT_EQ(*probe.tables.next_due(step.store()), noon());
    take();
    RETURN_IF_ERROR(probe.tables.ask_review(step.store(), noon()));
    for (int i = 0; i < 4; ++i) take();
    EXPECT_EQ(*probe.tables.next_due(step.store()), kTimestampMax);
    return {};
  };
  ASSERT_TRUE((*fold)->run({noon(), {BatchPart{}}}).ok());
  using Ids = std::vector<std::string>;
  EXPECT_EQ(seen, (std::vector<Ids>{{}, {"a1", "a2"}, {"a3"}, {"a1", "a2"}, {"a3"}, {}}));
}

}  // namespace
}  // namespace jieban
