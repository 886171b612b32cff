// Goal: attempts are committed before they are made, their outcomes after, and a channel that is
// down is not hammered.
#include "daemons/notifier/channel_worker.h"

#include <gtest/gtest.h>

#include <algorithm>

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
  // The channel's kind may be asked only so often.
  void limit(const std::string& limits) {
    std::string text = kLadders;
    const std::string old = "[{count: 1000, per: 1s}]";
    text.replace(text.find(old), old.size(), limits);
    auto ladders = parse_alerting_rules(text, "ladders");
    ASSERT_TRUE(ladders.ok()) << ladders.error().message;
    harness.fixture.input(rules_input(Callouts::kRulesName, *ladders));
  }
  // Sent, or with its time still before it.
  bool waits_for_its_time(int sequence) {
    const NoticeRow row = harness.row(id_of(sequence));
    return row.state == NoticeState::sent ||
           (is_open(row.state) && row.due_at > harness.clock.now());
  }
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

TEST_F(ChannelWorkerTest, WhatTheMessageWillBeCalledIsOnDiskBeforeItLeaves) {
  gateway.plan = [](const OutgoingNotice& notice) {
    return AttemptPlan{"gw-" + std::to_string(notice.attempt), 2};
  };
  NoticeRow seen;
  std::string named;
  gateway.answer = [&](const OutgoingNotice& notice) {
    auto txn = harness.fixture.fold().environment().read();
    seen = **harness.fixture.core().tables().find(*txn, notice.notice_id);
    named = *harness.fixture.core().tables().by_gateway(*txn, "desk", "gw-1");
    return DeliveryReport{DeliveryOutcome::accepted};
  };
  harness.fixture.warn();
  harness.start_loop();
  start();
  EXPECT_TRUE(harness.becomes(id_of(1), NoticeState::sent));
  EXPECT_EQ(seen.gateway_id, "gw-1");
  EXPECT_EQ(seen.parts, 2U);
  EXPECT_EQ(named, id_of(1));
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
  limit("[{count: 1, per: 60s}]");
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

// What counts is when a message is at the gateway, and that is no later than its answer: the
// gateway here takes each of the first twenty after 2.5 s, and all others at once.
TEST_F(ChannelWorkerTest, AGatewayThatIsSlowGetsNoMoreThanItsLimitInAnyMinuteOfItsOwn) {
  constexpr int kNotices = 60;
  constexpr size_t kSlow = 20;
  limit("[{count: 20, per: 60s}]");
  std::vector<Timestamp> arrived;
  gateway.answer = [&](const OutgoingNotice&) {
    if (arrived.size() < kSlow) harness.clock.step(std::chrono::milliseconds(2500));
    arrived.push_back(harness.clock.now());
    return DeliveryReport{DeliveryOutcome::accepted};
  };
  for (int i = 0; i < kNotices; ++i) harness.fixture.warn();
  harness.start_loop();
  start();
  for (int second = 0; second < 300 && gateway.count() < kNotices; ++second) {
    for (int i = 1; i <= kNotices; ++i) {
      ASSERT_TRUE(wait_until([&] { return waits_for_its_time(i); })) << i;
    }
    harness.clock.step(std::chrono::seconds(1));
  }
  worker->stop();
  ASSERT_EQ(arrived.size(), size_t(kNotices));
  for (size_t i = 20; i < arrived.size(); ++i) {
    EXPECT_GE(arrived[i] - arrived[i - 20], std::chrono::seconds(60)) << i;
  }
}

TEST_F(ChannelWorkerTest, AGatewayThatWantsToBeLeftAloneGetsNothingMoreOfTheGroup) {
  constexpr int kNotices = 20;
  gateway.answer = [](const OutgoingNotice&) {
    DeliveryReport report{DeliveryOutcome::held, "the gateway answered code 45009"};
    report.code = "45009";
    return report;
  };
  for (int i = 0; i < kNotices; ++i) harness.fixture.warn();
  harness.start_loop();
  start();
  const Timestamp first = harness.clock.now();
  for (int i = 1; i <= kNotices; ++i) {
    ASSERT_TRUE(wait_until([&] { return waits_for_its_time(i); })) << i;
    EXPECT_EQ(harness.row(id_of(i)).due_at, first + std::chrono::seconds(60));
    EXPECT_EQ(harness.row(id_of(i)).failures, 0U);
  }
  EXPECT_EQ(gateway.count(), 1U);
}

// What is begun is as good as told: a notice that is cancelled meanwhile would go out all the same.
TEST_F(ChannelWorkerTest, WithASlowGatewayFewAreBegunAtATimeAndWithAQuickOneMany) {
  constexpr size_t kSlow = 100;
  constexpr size_t kNotices = kSlow + 1 + 2 + 4 + 8 + 16 + 32;
  std::vector<size_t> begun;
  size_t asked = 0;
  gateway.answer = [&](const OutgoingNotice&) {
    auto txn = harness.fixture.fold().environment().read();
    begun.push_back(harness.fixture.core().tables().attempting(*txn)->size());
    if (++asked <= kSlow) harness.clock.step(std::chrono::milliseconds(2500));
    return DeliveryReport{DeliveryOutcome::accepted};
  };
  for (size_t i = 0; i < kNotices; ++i) harness.fixture.warn();
  harness.start_loop();
  start();
  ASSERT_TRUE(wait_until([&] { return gateway.count() == kNotices; }));
  worker->stop();
  for (size_t i = 1; i < kSlow; ++i) EXPECT_EQ(begun.at(i), 1U) << i;
  EXPECT_EQ(*std::max_element(begun.begin() + int64_t(kSlow), begun.end()), 32U)
      << "doubled each time";
}

TEST_F(ChannelWorkerTest, AChannelThatIsDisabledPassesAllItsCallsOnWithoutAPause) {
  constexpr int kNotices = 10;
  gateway.answer = [](const OutgoingNotice&) {
    return DeliveryReport{DeliveryOutcome::disabled, "the gateway answered code 93000"};
  };
  harness.clock.set_real(std::chrono::hours(1));  // each pause
  for (int i = 0; i < kNotices; ++i) harness.fixture.warn();
  harness.start_loop();
  start();
  for (int i = 1; i <= kNotices; ++i) {
    ASSERT_TRUE(wait_until([&] { return harness.row(id_of(i)).failures == 1; })) << i;
  }
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

// What went out or may have is paid for; what did not is not.
TEST_F(ChannelWorkerTest, TheSegmentsOfShortMessagesAreCounted) {
  gateway.answer = [](const OutgoingNotice& notice) {
    constexpr DeliveryOutcome kOutcomes[] = {DeliveryOutcome::failed, DeliveryOutcome::unknown,
                                             DeliveryOutcome::accepted};
    DeliveryReport report{kOutcomes[notice.attempt - 1]};
    if (notice.attempt > 1) report.segments = SmsSegments{SmsAlphabet::ucs2, notice.attempt};
    return report;
  };
  harness.fixture.warn();
  harness.start_loop();
  start();
  for (uint64_t failures : {1U, 2U}) {
    ASSERT_TRUE(wait_until([&] { return harness.row(id_of(1)).failures == failures; }));
    EXPECT_EQ(harness.row(id_of(1)).segments.value_or(0), failures == 1 ? 0U : 2U);
    harness.clock.step(std::chrono::minutes(5));
  }
  ASSERT_TRUE(harness.becomes(id_of(1), NoticeState::sent));
  EXPECT_EQ(harness.row(id_of(1)).segments, 3U);
  EXPECT_EQ(harness.row(id_of(1)).alphabet, "UCS-2");
  worker->stop();
  EXPECT_NE(harness.metrics.expose().find(
                R"(jieban_sms_segments_total{alphabet="UCS-2",channel="desk"} 5)"),
            std::string::npos)
      << harness.metrics.expose();
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
