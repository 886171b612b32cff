// Goal: the table of notices does not grow for ever, and nothing that still matters is lost by it.
#include "daemons/notifier/notice_sweep.h"

#include "tests/unit/daemons/notifier/callout_fixture.h"

namespace jieban {
namespace {

using std::chrono::hours;

constexpr Duration kYear = hours(24) * 365;

class SweptDesk : public NotifierFixture {
 public:
  explicit SweptDesk(Duration keep = kYear) {
    NotifierRules rules = test_rules();
    rules.keep_micros = uint64_t(keep.count());
    load(rules);
  }
  std::vector<Event> tick() { return events_of(run({now, {BatchPart{}}})); }
  // Until nothing is due any more.
  void settle() {
    for (int turns = 0; next_due() <= now; ++turns) {
      ASSERT_LT(turns, 100);
      tick();
    }
  }
  Timestamp next_due() {
    auto txn = fold().environment().read();
    return *core().next_due(*txn);
  }
  size_t rows(const std::string& table) {
    auto txn = fold().environment().read();
    return size_t(*txn->count(fold().tables().at(table)));
  }
};

TEST(NoticeSweep, ANoticeGoesAfterItsTimeAndNotAMomentEarlier) {
  SweptDesk desk;
  desk.warn();
  const std::string id = kAlertStream + ":1:desk";
  desk.begin(id, 1);
  desk.end(id, 1, DeliveryOutcome::accepted);
  desk.settle();
  EXPECT_EQ(desk.next_due(), desk.now + kYear);
  desk.now += kYear;
  desk.settle();
  EXPECT_EQ(desk.rows("notices"), 1U);
  desk.now += Duration(1) + hours(1);
  desk.settle();
  EXPECT_EQ(desk.rows("notices"), 0U);
  EXPECT_EQ(desk.rows("notices_made"), 0U);
  EXPECT_EQ(desk.next_due(), kTimestampMax);
}

TEST(NoticeSweep, OneThatStillWaitsHasAnEndInTheStreamFirst) {
  SweptDesk desk;
  desk.warn();
  desk.settle();
  desk.now += kYear + hours(1);
  const auto told = desk.tick();
  EXPECT_EQ(count_of(told, topics::kNoticeCancelled), 1U);
  EXPECT_EQ(desk.rows("notices"), 0U);
  EXPECT_EQ(desk.rows("due"), 0U);
}

TEST(NoticeSweep, OneThatIsJustGoingIsLookedAtAgainInAnHourAndNotInEachTurn) {
  SweptDesk desk;
  desk.warn();
  const std::string id = kAlertStream + ":1:desk";
  desk.settle();
  desk.begin(id, 1);
  desk.now += kYear + hours(1);
  desk.settle();
  EXPECT_EQ(desk.rows("notices"), 1U);
  EXPECT_EQ(desk.next_due(), desk.now + hours(1));
  EXPECT_EQ(desk.end(id, 1, DeliveryOutcome::accepted), "sent");
  desk.now += hours(1);
  desk.settle();
  EXPECT_EQ(desk.rows("notices"), 0U);
}

TEST(NoticeSweep, ManyGoInTurnsOfABoundedLength) {
  SweptDesk desk;
  for (int i = 0; i < 500; ++i) desk.warn();
  desk.settle();
  desk.now += kYear + hours(1);
  desk.tick();
  EXPECT_EQ(desk.rows("notices"), 300U);
  desk.settle();
  EXPECT_EQ(desk.rows("notices"), 0U);
}

// A store of before ages were known: nothing of it is in order, and no row says so.
TEST(NoticeSweep, AnOldStoreIsPutInOrderAndThenSwept) {
  SweptDesk desk;
  desk.warn();
  desk.settle();
  {
    auto txn = desk.fold().environment().write();
    const auto& tables = desk.fold().tables();
    const std::string place = make_key(desk.now, kAlertStream + ":1:desk");
    ASSERT_TRUE(*txn->erase(tables.at("notices_made"), place));
    ASSERT_TRUE(*txn->erase(tables.at("notice_sweep"), make_key("sweep")));
    ASSERT_TRUE(txn->commit().ok());
  }
  EXPECT_LE(desk.next_due(), desk.now);
  desk.settle();
  EXPECT_EQ(desk.rows("notices_made"), 1U);
  desk.now += kYear + hours(1);
  desk.settle();
  EXPECT_EQ(desk.rows("notices"), 0U);
}

TEST(NoticeSweep, AReplyToACallThatWasForgottenFindsNothingAndBreaksNothing) {
  CalloutFixture desk;
  const NoticeStep call = queued_in(desk.emergency(1, "A-1"));
  desk.begin(call.notice_id, 1);
  desk.end(call.notice_id, 1, DeliveryOutcome::accepted);
  desk.moved(1, "order.signed", OrderState::new_order, OrderState::signed_in);
  desk.now += hours(24) * 500;
  desk.advance(hours(1));
  EXPECT_EQ(desk.answer(topics::kAlertAcknowledge, AlertAcknowledge{"li", "reply", "1", "", ""}),
            "not_found");
}

}  // namespace
}  // namespace jieban
