// DOMAIN §19 scenario 13, joined: what the shipped limits let through is what the vendor takes.
//
// The notifier's core by config/escalation.yaml, the real thread of the channel and the real
// channel for a WeCom robot, before an emulator that counts as the vendor does and refuses what is
// too much; core, channel and emulator go by one clock, which is stepped.
#include <gtest/gtest.h>

#include <set>

#include "common/alerting/escalation_file.h"
#include "daemons/notifier/channel_worker.h"
#include "tests/support/gateways/wecom_emulator.h"
#include "tests/unit/daemons/notifier/edge_harness.h"

namespace jieban {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr const char* kRobot = "robot";
constexpr int64_t kTooMany = 45009;

class RobotDoor : public testing::Test {
 protected:
  RobotDoor() {
    CHECK(write_file(dir_.path("account.yaml"), "key: k\n", 0600).ok());
    NotifierRules rules = test_rules();
    ChannelRule channel = channel_rule(kRobot, {"deadline.warned"});
    channel.kind = ChannelKind::wecom_robot;
    channel.target = vendor_.target();
    channel.account_file = dir_.path("account.yaml");
    rules.channels = {channel};
    harness_.fixture.load(rules);
    auto shipped = load_alerting_rules(JIEBAN_SOURCE_DIR "/config/escalation.yaml");
    CHECK(shipped.ok());
    harness_.fixture.input(rules_input(Callouts::kRulesName, *shipped));
    harness_.start_loop();
    worker_.start();
  }

  static std::string order_of(uint64_t id) { return "A-" + std::to_string(1000 + id); }
  // A cause of its own, which the robot is to tell of.
  void warn() {
    const uint64_t id = ++warned_;
    harness_.in_loop([&](NotifierFixture& desk) {
      return desk.event(kAlertStream, topics::kDeadlineWarned, alert_of(order_of(id), 75), id);
    });
  }
  // The clock goes on, and all that is due has been done.
  void step(Duration span) {
    harness_.clock.step(span);
    worker_.knock();
    ASSERT_TRUE(wait_until([&] { return is_done(); }, seconds(30)));
    const size_t now_taken = vendor_.messages().size();
    for (; taken_ < now_taken; ++taken_) times_.push_back(harness_.clock.now());
  }
  void run_for(Duration span) {
    for (Duration passed{}; passed < span && !HasFatalFailure(); passed += seconds(1)) {
      step(seconds(1));
    }
  }
  bool is_done() {
    bool done = false;
    harness_.in_loop([&](NotifierFixture& desk) {
      const StepOutcome outcome = desk.run({desk.now, {BatchPart{}}});
      done = desk.due(kRobot).rows.empty();
      for (uint64_t id = 1; done && id <= warned_; ++id) {
        const NoticeRow row = final_row(desk, id);
        done = row.state != NoticeState::attempting;
      }
      return outcome;
    });
    return done;
  }
  // Its own, or that of the list that tells of it.
  static NoticeRow final_row(NotifierFixture& desk, uint64_t id) {
    const NoticeRow row = desk.row(notice_id({kAlertStream, id}, kRobot));
    return row.digest ? desk.row(*row.digest) : row;
  }
  size_t most_within(Duration per) const {
    size_t most = 0;
    for (size_t first = 0, last = 0; last < times_.size(); ++last) {
      while (times_[last] - times_[first] >= per) ++first;
      most = std::max(most, last - first + 1);
    }
    return most;
  }
  // Each is in a message that the vendor took: by itself, or in one list that counts it.
  void expect_all_told() {
    std::map<std::string, uint64_t> lists;
    std::set<std::string> all;
    harness_.in_loop([&](NotifierFixture& desk) {
      for (uint64_t id = 1; id <= warned_; ++id) {
        const NoticeRow row = final_row(desk, id);
        EXPECT_EQ(row.state, NoticeState::sent) << order_of(id);
        all.insert(row.notice_id);
        if (row.orders) ++lists[row.notice_id];
      }
      for (const auto& [list, orders] : lists) EXPECT_EQ(desk.row(list).orders, orders);
      return desk.run({desk.now, {BatchPart{}}});
    });
    EXPECT_EQ(all.size(), vendor_.messages().size()) << "nothing was told twice";
    std::string texts;
    for (const Value& message : vendor_.messages()) {
      texts += *message.find("text")->find("content")->string() + "\n";
    }
    for (uint64_t id = 1; id <= warned_; ++id) {
      EXPECT_NE(texts.find(order_of(id)), std::string::npos) << order_of(id);
    }
  }

  TempDir dir_;
  EdgeHarness harness_;
  WecomEmulator vendor_{harness_.clock, "k"};
  ChannelWorker worker_{kRobot, harness_.context(), harness_.fixture.core().tables(),
                        harness_.fixture.core().rules(),
                        real_channels(ChannelTimeouts(), harness_.clock)};
  uint64_t warned_ = 0;
  size_t taken_ = 0;
  std::vector<Timestamp> times_;  // of each that the vendor took
};

TEST_F(RobotDoor, Scenario13TwentyFiveInTenSecondsAreAtMostTwentyMessagesInAnyMinute) {
  for (int i = 0; i < 25; ++i) {
    warn();
    step(milliseconds(400));
  }
  EXPECT_LT(times_.size(), 25U) << "the rest waits for a list";
  run_for(minutes(3));
  EXPECT_LE(most_within(minutes(1)), 20U);
  EXPECT_GT(times_.size(), 5U);
  EXPECT_LT(times_.size(), 25U) << "merged";
  EXPECT_EQ(vendor_.call_count(), vendor_.messages().size()) << "the vendor refused none";
  expect_all_told();
}

TEST_F(RobotDoor, Scenario13After45009NothingComesForAMinute) {
  warn();
  step(seconds(1));
  ASSERT_EQ(vendor_.messages().size(), 1U);
  vendor_.answer_next({kTooMany});
  warn();
  step(seconds(1));
  const size_t asked = vendor_.call_count();
  ASSERT_EQ(asked, 2U);
  const Timestamp refused = harness_.clock.now();
  while (harness_.clock.now() < refused + seconds(59)) {
    if (warned_ < 12) warn();
    step(seconds(1));
  }
  EXPECT_EQ(vendor_.call_count(), asked) << "left alone for 60 s";
  run_for(minutes(2));
  EXPECT_GT(vendor_.messages().size(), 1U);
  EXPECT_LE(most_within(minutes(1)), 20U);
  expect_all_told();
}

}  // namespace
}  // namespace jieban
