// Goal: attempts are committed before they are made, their outcomes after, and a channel that is
// down is not hammered.
#include "daemons/notifier/channel_worker.h"

#include <gtest/gtest.h>

#include "tests/unit/daemons/notifier/callout_fixture.h"
#include "tests/unit/daemons/notifier/edge_harness.h"

namespace jieban {
namespace {

std::string id_of(int sequence) { return kAlertStream + ":" + std::to_string(sequence) + ":desk"; }

class ChannelWorkerTest : public testing::Test {
 protected:
  ChannelWorkerTest() { harness.fixture.load(test_rules()); }

  void start() {
    worker =
        std::make_unique<ChannelWorker>("desk", harness.context(), harness.fixture.core().tables(),
                                        harness.fixture.core().rules(), gateway.opener());
    worker->start();
  }

  FakeGateway gateway;
  EdgeHarness harness;
  std::unique_ptr<ChannelWorker> worker;
};

TEST_F(ChannelWorkerTest, TheAttemptIsOnDiskBeforeItIsMade) {
  std::atomic<bool> seen_attempting = false;
  gateway.answer = [&](const OutgoingNotice& notice) {
    auto txn = harness.fixture.fold().environment().read();
    auto row = harness.fixture.core().tables().find(*txn, notice.notice_id);
    seen_attempting = (*row)->state == NoticeState::attempting;
    return DeliveryReport{DeliveryOutcome::accepted};
  };
  harness.fixture.warn();
  harness.start_loop();
  start();
  EXPECT_TRUE(harness.becomes(id_of(1), NoticeState::sent));
  EXPECT_TRUE(seen_attempting);
  EXPECT_EQ(gateway.at(0).notice_id, id_of(1));
  EXPECT_EQ(gateway.at(0).source, kOwnStream);
  EXPECT_EQ(gateway.at(0).attempt, 1U);
  EXPECT_FALSE(gateway.at(0).possible_repeat);
}

TEST_F(ChannelWorkerTest, AFailedNoticeIsRetriedWhenItsTimeHasCome) {
  gateway.answer = [](const OutgoingNotice& notice) {
    bool first = notice.attempt == 1;
    return DeliveryReport{first ? DeliveryOutcome::unknown : DeliveryOutcome::accepted};
  };
  harness.fixture.warn();
  harness.start_loop();
  start();
  ASSERT_TRUE(harness.becomes(id_of(1), NoticeState::waiting));
  harness.clock.step(std::chrono::seconds(30));
  ASSERT_TRUE(harness.becomes(id_of(1), NoticeState::sent));
  EXPECT_EQ(gateway.count(), 2U);
  EXPECT_EQ(gateway.at(1).notice_id, gateway.at(0).notice_id);
  EXPECT_TRUE(gateway.at(1).possible_repeat);
}

// An emergency may stand behind thousands that the channel's limit keeps back.
TEST_F(ChannelWorkerTest, AGroupThatIsPutOffHoldsNobodyUpBehindIt) {
  constexpr int kNotices = 4 * int(ChannelWorker::kGroupMax);
  std::string text = kLadders;
  const std::string old = "{count: 1000, per: 1s}";
  text.replace(text.find(old), old.size(), "{count: 1, per: 60s}");
  auto ladders = parse_alerting_rules(text, "ladders");
  ASSERT_TRUE(ladders.ok()) << ladders.error().message;
  harness.fixture.input(rules_input(Callouts::kRulesName, *ladders));
  for (int i = 0; i < kNotices; ++i) harness.fixture.warn();
  harness.clock.set_real(std::chrono::hours(1));  // each pause
  harness.start_loop();
  start();
  for (int i = 1; i <= kNotices; ++i) {
    ASSERT_TRUE(wait_until([&] {
      const NoticeRow row = harness.row(id_of(i));
      return row.state == NoticeState::sent || row.due_at > harness.clock.now();
    })) << i;
  }
  EXPECT_EQ(gateway.count(), 1U);
}

TEST_F(ChannelWorkerTest, ADownChannelCostsEachNoticeOneFailureAtATime) {
  constexpr int kNotices = 10;
  gateway.answer = [](const OutgoingNotice&) {
    return DeliveryReport{DeliveryOutcome::failed, "refused"};
  };
  for (int i = 0; i < kNotices; ++i) harness.fixture.warn();
  harness.start_loop();
  start();
  for (int i = 1; i <= kNotices; ++i) {
    ASSERT_TRUE(wait_until([&] { return harness.row(id_of(i)).failures == 1; })) << i;
  }
  EXPECT_EQ(gateway.count(), size_t(kNotices));
  worker->stop();
  std::string page = harness.metrics.expose();
  // The first group of ten stops after three failures.
  EXPECT_NE(page.find(R"(attempts_total{channel="desk",outcome="unsent"} 7)"), std::string::npos);
  EXPECT_NE(page.find(R"(attempts_total{channel="desk",outcome="failed"} 10)"), std::string::npos);
}

TEST_F(ChannelWorkerTest, AnAbandonedNoticeIsCounted) {
  gateway.answer = [](const OutgoingNotice&) {
    return DeliveryReport{DeliveryOutcome::rejected, "the gateway answered 400"};
  };
  harness.fixture.warn();
  harness.start_loop();
  start();
  ASSERT_TRUE(harness.becomes(id_of(1), NoticeState::abandoned));
  EXPECT_TRUE(wait_until([&] {
    return harness.metrics.expose().find(R"(notices_abandoned_total{channel="desk"} 1)") !=
           std::string::npos;
  }));
}

TEST_F(ChannelWorkerTest, AGatewayThatDeniesIsCountedAndCountsAsDown) {
  constexpr int kNotices = 10;
  gateway.answer = [](const OutgoingNotice&) {
    return DeliveryReport{DeliveryOutcome::denied, "the gateway answered 401"};
  };
  for (int i = 0; i < kNotices; ++i) harness.fixture.warn();
  harness.start_loop();
  start();
  for (int i = 1; i <= kNotices; ++i) {
    ASSERT_TRUE(wait_until([&] { return harness.row(id_of(i)).failures == 1; })) << i;
    EXPECT_EQ(harness.row(id_of(i)).state, NoticeState::waiting) << i;
  }
  worker->stop();
  std::string page = harness.metrics.expose();
  EXPECT_NE(page.find(R"(attempts_total{channel="desk",outcome="denied"} 10)"), std::string::npos);
  EXPECT_NE(page.find(R"(attempts_total{channel="desk",outcome="unsent"} 7)"), std::string::npos);
}

TEST_F(ChannelWorkerTest, AKnockIsHeardInASleepThatWouldLast) {
  harness.clock.set_real(std::chrono::hours(1));
  harness.start_loop();
  start();
  harness.in_loop([](NotifierFixture& fixture) { return fixture.warn(); });
  worker->knock();
  EXPECT_TRUE(harness.becomes(id_of(1), NoticeState::sent));
}

TEST_F(ChannelWorkerTest, AStopDoesNotWaitForALoopThatIsGone) {
  harness.fixture.warn();
  start();
  ASSERT_TRUE(wait_until([&] { return !harness.inbox.empty(); }));
  worker->stop();
  EXPECT_EQ(gateway.count(), 0U);
}

TEST_F(ChannelWorkerTest, WhatWasBegunAndNotMadeAtAStopIsUnsent) {
  harness.fixture.warn();
  harness.fixture.warn();
  gateway.answer = [this](const OutgoingNotice&) {
    worker->ask_to_stop();
    return DeliveryReport{DeliveryOutcome::accepted};
  };
  harness.start_loop();
  start();
  EXPECT_TRUE(harness.becomes(id_of(1), NoticeState::sent));
  EXPECT_TRUE(harness.becomes(id_of(2), NoticeState::waiting));
  NoticeRow row = harness.row(id_of(2));
  EXPECT_EQ(row.failures, 0U);
  EXPECT_FALSE(row.possible_repeat);
}

}  // namespace
}  // namespace jieban
