#include "common/alerting/digest.h"

#include <algorithm>
#include <set>

#include "tests/unit/common/alerting/payloads.h"

namespace jieban {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const std::vector<RateLimit> kWeCom = {{20, 60'000'000, false}};
const DigestRule kDigest{10, 60'000'000, 15'000'000};

PendingMessage message(int n, const std::string& order, Timestamp at) {
  PendingMessage made;
  made.id = "m" + std::to_string(1000 + n);
  made.order = order;
  made.created_at = at;
  return made;
}

// A destination as its owner runs it: asks what is next, sends it when it is due, and asks again.
struct Robot {
  std::vector<PendingMessage> pending;
  ThrottleRow row;
  std::vector<Outbound> sent;

  void run(Timestamp now) {
    for (;;) {
      Outbound next = next_outbound(pending, row, kWeCom, kDigest, now);
      if (next.at > now) return;
      ASSERT_TRUE(take(row, kWeCom, now));
      std::erase_if(pending, [&](const PendingMessage& each) {
        return std::ranges::find(next.ids, each.id) != next.ids.end();
      });
      sent.push_back(std::move(next));
    }
  }
  Timestamp due(Timestamp now) const {
    return next_outbound(pending, row, kWeCom, kDigest, now).at;
  }
  void run_until(Timestamp now, Timestamp end) {
    for (Timestamp at = due(now); at <= end; at = due(at)) run(at);
  }
};

// Acceptance scenario 13, and DOMAIN §15.9: two messages about each of 12 orders, and one of none.
TEST(Digest, TwentyFiveMessagesInTenSecondsAreTenAndOneListThatCountsOrders) {
  Robot robot;
  for (int i = 0; i < 25; ++i) {
    const Timestamp at = second(0) + milliseconds(400 * i);
    robot.pending.push_back(message(i, i == 24 ? "" : std::to_string(i / 2), at));
    robot.run(at);
  }
  robot.run_until(second(10), second(300));
  ASSERT_EQ(robot.sent.size(), 11U);
  std::set<std::string> ids;
  for (const Outbound& each : robot.sent) ids.insert(each.ids.begin(), each.ids.end());
  EXPECT_EQ(ids.size(), 25U);
  const Outbound& digest = robot.sent.back();
  EXPECT_TRUE(digest.digest);
  EXPECT_EQ(digest.ids.size(), 15U);
  EXPECT_EQ(digest.orders, 7U);  // 5 to 11; the message without an order is none
  EXPECT_EQ(digest.at, second(4) + seconds(15));
}

TEST(Digest, TenMessagesGoSingly) {
  Robot robot;
  for (int i = 0; i < 10; ++i) robot.pending.push_back(message(i, std::to_string(i), second(0)));
  robot.run(second(0));
  ASSERT_EQ(robot.sent.size(), 10U);
  for (const Outbound& each : robot.sent) {
    EXPECT_FALSE(each.digest);
    EXPECT_EQ(each.orders, 1U);
  }
}

TEST(Digest, TheEleventhInAMinuteWaitsAndTheOneAfterItDoesNot) {
  Robot robot;
  for (int i = 0; i < 11; ++i) {
    robot.pending.push_back(message(i, "", second(i)));
    robot.run(second(i));
  }
  EXPECT_EQ(robot.sent.size(), 10U);
  EXPECT_EQ(robot.due(second(10)), second(25));
  EXPECT_FALSE(next_outbound(robot.pending, robot.row, kWeCom, kDigest, second(25)).digest);
  robot.pending = {message(99, "", second(61))};
  robot.run(second(61));
  EXPECT_EQ(robot.sent.size(), 11U);
  EXPECT_FALSE(robot.sent.back().digest);
}

TEST(Digest, WhatIsUrgentGoesFirstAndAlone) {
  Robot robot;
  for (int i = 0; i < 30; ++i) robot.pending.push_back(message(i, std::to_string(i), second(0)));
  robot.pending[29].urgent = true;
  robot.run(second(0));
  ASSERT_EQ(robot.sent.size(), 1U);
  EXPECT_EQ(robot.sent[0].ids, std::vector<std::string>{"m1029"});
  EXPECT_FALSE(robot.sent[0].digest);
}

TEST(Digest, AHoldHoldsDigestsAndUrgentOnesAlike) {
  Robot robot;
  hold(robot.row, second(60));
  for (int i = 0; i < 12; ++i) robot.pending.push_back(message(i, "", second(0)));
  EXPECT_EQ(robot.due(second(0)), second(60));
  robot.pending[0].urgent = true;
  EXPECT_EQ(robot.due(second(0)), second(60));
}

TEST(Digest, WithoutARuleAllGoSinglyAndWithoutMessagesNothing) {
  EXPECT_EQ(next_outbound({}, {}, kWeCom, kDigest, second(0)).at, kTimestampMax);
  std::vector<PendingMessage> many;
  for (int i = 0; i < 30; ++i) many.push_back(message(i, "", second(0)));
  EXPECT_EQ(next_outbound(many, {}, kWeCom, std::nullopt, second(0)).ids.size(), 1U);
}

TEST(Digest, AListHasALimitAndTheRestComesInTheNext) {
  std::vector<PendingMessage> many;
  for (size_t i = 0; i < kDigestMessagesMax + 1; ++i) {
    many.push_back(message(int(i), "", second(0)));
  }
  const Outbound next = next_outbound(many, {}, kWeCom, kDigest, second(30));
  EXPECT_EQ(next.ids.size(), kDigestMessagesMax);
  EXPECT_EQ(next.ids.front(), "m1000");
}

TEST(Digest, RulesThatCannotBeKeptAreRefused) {
  EXPECT_TRUE(check_digest(kDigest, kWeCom).ok());
  EXPECT_FALSE(check_digest({0, 60'000'000, 1}, kWeCom).ok());
  EXPECT_FALSE(check_digest({10, 0, 0}, kWeCom).ok());
  EXPECT_FALSE(check_digest({10, 60'000'001, 1}, kWeCom).ok());
  EXPECT_FALSE(check_digest({10, 60'000'000, 60'000'001}, kWeCom).ok());
}

TEST(Digest, IsAPayload) { expect_payload(kDigest); }

}  // namespace
}  // namespace jieban
