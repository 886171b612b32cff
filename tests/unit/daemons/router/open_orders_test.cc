// Goal: what the desk still has to see to is in the index, and nothing else, whatever the order
// went through.
#include "daemons/router/open_orders.h"

#include "tests/unit/daemons/router/router_fixture.h"

namespace jieban {
namespace {

std::vector<uint64_t> open_of(RouterFixture& router) {
  std::vector<uint64_t> open;
  const Transaction txn = router.read();
  auto walked = router.core().open_orders().for_each(txn, [&](uint64_t order_id) {
    open.push_back(order_id);
    return Result<void>();
  });
  EXPECT_TRUE(walked.ok());
  return open;
}

using Ids = std::vector<uint64_t>;

TEST(OpenOrders, AnOrderIsOpenUntilItIsAnsweredAndAgainWhenItIsRejected) {
  RouterFixture router;
  router.receive(1);
  router.receive(2);
  EXPECT_EQ(open_of(router), (Ids{1, 2}));
  for (const char* word : {"sign", "accept", "hand_in", "submit"}) {
    ASSERT_EQ(router.refusal(1, word), "") << word << router.reason;
  }
  EXPECT_EQ(open_of(router), Ids{2});
  router.as("city", "city");
  ASSERT_EQ(router.refusal(1, "reject", {{"reason_code", "UNSOLVED"}}), "") << router.reason;
  EXPECT_EQ(open_of(router), (Ids{1, 2}));
  ASSERT_EQ(router.refusal(2, "cancel", {{"reason_code", "DUPLICATE"}}), "") << router.reason;
  EXPECT_EQ(open_of(router), Ids{1});
}

TEST(OpenOrders, AFailingVisitEndsTheWalk) {
  RouterFixture router;
  router.receive(1);
  router.receive(2);
  size_t visits = 0;
  const Transaction txn = router.read();
  auto walked = router.core().open_orders().for_each(txn, [&](uint64_t) {
    ++visits;
    return Result<void>(Error{ErrorCode::corrupt, "enough"});
  });
  EXPECT_FALSE(walked.ok());
  EXPECT_EQ(visits, 1U);
}

}  // namespace
}  // namespace jieban
