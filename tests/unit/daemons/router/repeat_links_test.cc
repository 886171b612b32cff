// Goal: an order is linked to the earlier ones that DOMAIN §5.4 means, to no other, and stays
// itself.
#include "daemons/router/repeat_links.h"

#include "tests/unit/daemons/router/router_fixture.h"

namespace jieban {
namespace {

using std::chrono::hours;
using std::chrono::microseconds;

struct Call {
  std::string caller = "caller-a";
  std::string address{};
  std::string point{};
  std::string category = "公共服务>供暖";
};

class RepeatLinksTest : public testing::Test {
 protected:
  // The route that the order was opened with.
  RouteNote call(const Call& call, std::optional<std::string> order_no = {}) {
    OrderIntake intake = heating_order(order_no.value_or("N-" + std::to_string(++last_)));
    intake.facts.category = call.category;
    if (!call.caller.empty()) intake.hashes["caller_phone"] = Bytes{call.caller};
    if (!call.address.empty()) intake.hashes["address"] = Bytes{call.address};
    if (!call.point.empty()) intake.facts.others["point"] = call.point;
    return receive(intake);
  }
  RouteNote receive(const OrderIntake& intake) {
    const auto events = events_of(router.receive(++id_, intake));
    EXPECT_EQ(events.front().topic, topics::kOrderOpened) << "it is an order of its own";
    return payload_of<OrderOpening>(events.front()).route.value_or(RouteNote());
  }
  void reload(const RepeatPolicy& policy) {
    RouterRules rules = router_rules();
    rules.version = "8";
    rules.policy.emplace().repeats = policy;
    router.load(rules);
  }
  uint64_t rows() {
    Transaction txn = router.read();
    return *router.core().links().places().count(txn);
  }

  RouterFixture router;
  uint64_t last_ = 0;
  uint64_t id_ = 0;
};

const Call kHome = {"caller-a", "addr---1"};
const Call kNeighbour = {"caller-b", "addr---1"};

TEST_F(RepeatLinksTest, TheSameCallerCategoryAndAddressIsARepeatOfTheLatest) {
  EXPECT_FALSE(call(kHome).repeat_of);
  EXPECT_EQ(call(kHome).repeat_of, "N-1");
  EXPECT_EQ(call(kHome).repeat_of, "N-2");
  EXPECT_FALSE(call({"caller-a", "addr---2"}).repeat_of);
  EXPECT_FALSE(call({"caller-b", "addr---2"}).repeat_of);
  EXPECT_FALSE(call({"caller-a", "addr---1", "", "交通管理>停车"}).repeat_of);
  EXPECT_EQ(router.state(2), OrderState::new_order) << "linked, neither merged nor closed";
}

TEST_F(RepeatLinksTest, ThirtyDaysToTheMicrosecondAreStillARepeat) {
  call(kHome);
  router.now += hours(30 * 24);
  EXPECT_EQ(call(kHome).repeat_of, "N-1");
  router.now += hours(30 * 24) + microseconds(1);
  EXPECT_FALSE(call(kHome).repeat_of);
}

TEST_F(RepeatLinksTest, SevenDaysToTheMicrosecondAreStillACluster) {
  call(kHome);
  router.now += hours(7 * 24);
  EXPECT_EQ(call(kNeighbour).cluster_of, "N-1");
  router.now += hours(7 * 24) + microseconds(1);
  EXPECT_FALSE(call({"caller-c", "addr---1"}).cluster_of);
}

TEST_F(RepeatLinksTest, AClusterNeedsAnotherCallerAndIsNamedAfterItsFirstOrder) {
  call(kHome);
  const RouteNote again = call(kHome);
  EXPECT_FALSE(again.cluster_of) << "the same caller is a repeat only";
  const RouteNote neighbour = call(kNeighbour);
  EXPECT_EQ(neighbour.cluster_of, "N-2") << "the latest of another caller";
  EXPECT_FALSE(neighbour.repeat_of);
  EXPECT_EQ(call({"caller-c", "addr---1"}).cluster_of, "N-2");
  const RouteNote both = call(kHome);
  EXPECT_EQ(both.cluster_of, "N-2");
  EXPECT_EQ(both.repeat_of, "N-2");
}

TEST_F(RepeatLinksTest, APointGathersWhatTheAddressesTellApart) {
  call({"caller-a", "addr---1", "月坛北小街"});
  const RouteNote other = call({"caller-b", "addr---2", "月坛 北小街"});
  EXPECT_EQ(other.cluster_of, "N-1") << "blanks are no difference";
  const RouteNote moved = call({"caller-a", "addr---3", "月坛北小街"});
  EXPECT_FALSE(moved.repeat_of) << "another address";
  EXPECT_EQ(moved.cluster_of, "N-1");
  EXPECT_EQ(call({"caller-a", "", "白云路小区"}).repeat_of, std::nullopt);
  EXPECT_EQ(call({"caller-a", "", "白云路小区"}).repeat_of, "N-4") << "a point alone will do";
}

TEST_F(RepeatLinksTest, NobodyAndNowhereAreLinkedToNothing) {
  for (const Call& call_of : {Call{"", "addr---1"}, Call{"caller-a"}, Call{"caller-a", "x"},
                              Call{"caller-a", "addr---1", "", ""}}) {
    EXPECT_FALSE(call(call_of).repeat_of);
    EXPECT_FALSE(call(call_of).repeat_of) << call_of.caller << call_of.address;
  }
  EXPECT_EQ(rows(), 0U);
}

TEST_F(RepeatLinksTest, TheDoorsNormalFormsComeFirst) {
  OrderIntake intake = heating_order("A");
  intake.facts.category = kHome.category;
  intake.hashes = {{"caller_phone", Bytes{"typed-so"}}, {"address", Bytes{"typed-so-too"}}};
  intake.caller = Bytes{"caller-a"};
  intake.place = Bytes{"addr---1"};
  receive(intake);
  EXPECT_EQ(call(kHome).repeat_of, "A");
  intake.facts.order_no = "B";
  intake.place = Bytes{};
  EXPECT_FALSE(receive(intake).repeat_of) << "an address that says nothing";
}

TEST_F(RepeatLinksTest, AnotherRoundOfTheSameOrderIsNoRepeat) {
  call(kHome, "R-1");
  EXPECT_FALSE(call(kHome, "R-1").repeat_of);
}

TEST_F(RepeatLinksTest, AnOlderOrderThatComesLaterIsLinkedAndHidesNothing) {
  call(kHome);
  router.now += hours(24);
  OrderIntake late = heating_order("LATE");
  late.facts.category = "公共服务>供暖";
  late.facts.dispatched_at = router.now - hours(48);
  late.hashes = {{"caller_phone", Bytes{"caller-a"}}, {"address", Bytes{"addr---1"}}};
  EXPECT_EQ(receive(late).repeat_of, "N-1");
  EXPECT_EQ(call(kHome).repeat_of, "N-1") << "the latest by its time";
}

TEST_F(RepeatLinksTest, ThePolicySetsTheWindowsAndTheSwitch) {
  reload({true, Duration(hours(2)).count(), Duration(hours(1)).count()});
  call(kHome);
  router.now += hours(1) + microseconds(1);
  EXPECT_FALSE(call(kNeighbour).cluster_of);
  router.now += hours(1) - microseconds(1);
  EXPECT_EQ(call(kHome).repeat_of, "N-1");
  reload({false, Duration(hours(2)).count(), Duration(hours(1)).count()});
  EXPECT_FALSE(call(kHome).repeat_of);
}

TEST_F(RepeatLinksTest, ARowHoldsABoundedNumberOfCallers) {
  for (size_t i = 0; i < kCallersMax + 4; ++i) {
    call({"call-" + std::to_string(100 + i), "addr---1"});
    router.now += microseconds(1);
  }
  EXPECT_EQ(rows(), 1U);
  EXPECT_EQ(call({"call-" + std::to_string(100 + kCallersMax + 3), "addr---1"}).repeat_of,
            "N-" + std::to_string(kCallersMax + 4));
  Transaction txn = router.read();
  auto scanned =
      router.core().links().places().scan(txn, {}, [&](std::string_view, const PlaceOrders& row) {
        EXPECT_EQ(row.callers.size(), kCallersMax);
        return true;
      });
  EXPECT_TRUE(scanned.ok());
}

TEST_F(RepeatLinksTest, AReplayGivesTheSameRowsAndLinks) {
  for (const Call& each : {kHome, kNeighbour, kHome, Call{"caller-c", "addr---1", "某小区"}}) {
    call(each);
    router.now += hours(5);
  }
  RouterFixture again;
  again.replay(router);
  EXPECT_EQ(again.contents(), router.contents());
}

}  // namespace
}  // namespace jieban
