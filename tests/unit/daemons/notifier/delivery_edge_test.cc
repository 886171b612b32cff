// Goal: what a crash left is settled and tried again under the same id; channels follow the rules.
#include "daemons/notifier/delivery_edge.h"

#include <gtest/gtest.h>

#include "tests/unit/daemons/notifier/edge_harness.h"

namespace jieban {
namespace {

const std::string kId = kAlertStream + ":1:desk";

// Edges go before the loop, and the loop before what it loops over.
struct Scene {
  explicit Scene(OpenChannel open) : edge(harness.fixture.core(), std::move(open)) {
    harness.edge = &edge;
  }
  ~Scene() {
    edge.stop();
    harness.stop_loop();
  }
  void start() {
    ASSERT_TRUE(edge.start(harness.context()).ok());
    harness.start_loop();
  }
  EdgeHarness harness;
  DeliveryEdge edge;
};

TEST(DeliveryEdge, DeliversOverTheChannelsOfTheRulesInForce) {
  FakeGateway gateway;
  Scene scene(gateway.opener());
  scene.harness.fixture.load(test_rules());
  scene.start();
  scene.harness.in_loop([](NotifierFixture& fixture) {
    return fixture.event(kAlertStream, topics::kDeadlineBreached, alert_of("A1", 100));
  });
  EXPECT_TRUE(scene.harness.becomes(kId, NoticeState::sent));
  EXPECT_TRUE(scene.harness.becomes(kAlertStream + ":1:leader", NoticeState::sent));
  EXPECT_EQ(gateway.count(), 2U);
}

TEST(DeliveryEdge, AnAttemptThatACrashCutOffIsRetriedUnderItsIdAsAPossibleRepeat) {
  EdgeHarness harness;
  FakeGateway gateway;
  harness.fixture.load(test_rules());
  harness.fixture.warn();
  ASSERT_EQ(harness.fixture.begin(kId, 1), "go");
  harness.fixture.reopen();
  DeliveryEdge edge(harness.fixture.core(), gateway.opener());
  harness.edge = &edge;
  ASSERT_TRUE(edge.start(harness.context()).ok());
  harness.start_loop();
  ASSERT_TRUE(harness.becomes(kId, NoticeState::waiting));
  EXPECT_TRUE(harness.row(kId).possible_repeat);
  EXPECT_EQ(gateway.count(), 0U);
  harness.clock.step(std::chrono::seconds(30));
  EXPECT_TRUE(harness.becomes(kId, NoticeState::sent));
  ASSERT_EQ(gateway.count(), 1U);
  EXPECT_EQ(gateway.at(0).notice_id, kId);
  EXPECT_EQ(gateway.at(0).attempt, 2U);
  EXPECT_TRUE(gateway.at(0).possible_repeat);
  edge.stop();
  harness.stop_loop();
}

TEST(DeliveryEdge, WhatTheStoreHadNoRoomForIsSettledLater) {
  EdgeHarness harness;
  FakeGateway gateway;
  harness.fixture.load(test_rules());
  harness.fixture.warn();
  harness.fixture.begin(kId, 1);
  DeliveryEdge edge(harness.fixture.core(), gateway.opener());
  ASSERT_TRUE(edge.start(harness.context()).ok());
  auto group = harness.inbox.take(100);
  ASSERT_TRUE(group.has_value());
  group->done({Error{ErrorCode::full, "no room"}, {}});
  edge.signalled({Notifier::kDueSignal, 0, "desk"});
  harness.pump();
  EXPECT_EQ(harness.row(kId).state, NoticeState::waiting);
  edge.signalled({Notifier::kDueSignal, 0, "desk"});
  EXPECT_TRUE(harness.inbox.empty());
}

TEST(DeliveryEdge, AChannelThatTheRulesDropWaitsUntilItIsBack) {
  FakeGateway gateway;
  Scene scene(gateway.opener());
  NotifierRules with = test_rules();
  NotifierRules without = test_rules();
  without.version = "2";
  without.channels.erase(without.channels.begin());
  scene.harness.fixture.load(with);
  scene.harness.fixture.warn();
  scene.harness.fixture.load(without);
  scene.start();
  EXPECT_EQ(gateway.count(), 0U);
  scene.harness.in_loop([&](NotifierFixture& fixture) { return fixture.load(with); });
  EXPECT_TRUE(scene.harness.becomes(kId, NoticeState::sent));
  scene.harness.in_loop([&](NotifierFixture& fixture) { return fixture.load(without); });
  scene.harness.in_loop([&](NotifierFixture& fixture) {
    return fixture.event(kAlertStream, topics::kDeadlineBreached, alert_of("A1", 100));
  });
  EXPECT_TRUE(scene.harness.becomes(kAlertStream + ":2:leader", NoticeState::sent));
  EXPECT_EQ(gateway.count(), 2U);
}

TEST(DeliveryEdge, StartsWithoutRulesAndFollowsThemWhenTheyCome) {
  FakeGateway gateway;
  Scene scene(gateway.opener());
  scene.start();
  scene.harness.in_loop([](NotifierFixture& fixture) { return fixture.load(test_rules()); });
  scene.harness.in_loop([](NotifierFixture& fixture) { return fixture.warn(); });
  EXPECT_TRUE(scene.harness.becomes(kId, NoticeState::sent));
}

TEST(DeliveryEdge, AThreadThatDoesNotComeRoundIsAnAilmentAndOneThatIdlesIsNone) {
  FakeGateway gateway;
  Scene scene(gateway.opener());
  scene.harness.fixture.load(test_rules());
  scene.start();
  const Duration now = monotonic_now();
  EXPECT_EQ(scene.edge.ailment(now), "");
  EXPECT_EQ(scene.edge.ailment(now + ChannelWorker::kIdleMax), "");
  // No more than a turn of its own begins meanwhile.
  const std::string why = scene.edge.ailment(now + 2 * ChannelWorker::kStandstill);
  EXPECT_EQ(why, "channel: desk stands still");
}

TEST(DeliveryEdge, ItsOwnChannelsWriteIntoTheSpool) {
  TempDir dir("/dev/shm");
  Scene scene(nullptr);
  NotifierRules rules = test_rules();
  rules.channels[0].target = dir.path("out");
  scene.harness.fixture.load(rules);
  scene.start();
  scene.harness.in_loop([](NotifierFixture& fixture) { return fixture.warn(); });
  EXPECT_TRUE(scene.harness.becomes(kId, NoticeState::sent));
  std::filesystem::directory_iterator files(dir.path("out"));
  EXPECT_EQ(std::distance(begin(files), end(files)), 1);
}

}  // namespace
}  // namespace jieban
