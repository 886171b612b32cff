// Goal: what comes back follows the rules in force, and a port that cannot be had stops nothing.
#include "daemons/notifier/return_edge.h"

#include <gtest/gtest.h>

#include "common/http/address.h"
#include "daemons/notifier/channels/sgip/sgip_sms.h"
#include "tests/support/log_lines.h"
#include "tests/support/sgip_smg.h"
#include "tests/unit/daemons/notifier/channels/sms_fixture.h"
#include "tests/unit/daemons/notifier/edge_harness.h"

namespace jieban {
namespace {

const std::string kReturnNotice = kAlertStream + ":1:sms";

std::string idle_address() {
  return "127.0.0.1:" + std::to_string(port_of(*listen_on("127.0.0.1:0", false)));
}
uint16_t port_in(const std::string& address) {
  return uint16_t(std::stoul(address.substr(address.rfind(':') + 1)));
}

struct ReturnEdgeTest : testing::Test {
  ReturnEdgeTest() { harness.edge = &edge; }
  ~ReturnEdgeTest() override {
    harness.inbox.close({ErrorCode::unavailable, "the test is over"});
    harness.stop_loop();
    edge.stop();
  }
  NotifierRules rules_with(const std::optional<std::string>& listen) {
    NotifierRules rules = test_rules();
    ChannelRule sms = sms_rule(ChannelKind::sgip_sms, "sgip://127.0.0.1:1", account.path());
    sms.topics = {"deadline.warned"};
    sms.listen = listen;
    rules.channels = {sms};
    return rules;
  }
  void start(const NotifierRules& rules) {
    harness.fixture.load(rules);
    ASSERT_TRUE(edge.start(harness.context()).ok());
    harness.start_loop();
  }
  void change(const NotifierRules& rules) {
    harness.in_loop([&](NotifierFixture& fixture) { return fixture.load(rules); });
  }
  static bool answers(const std::string& address) {
    return SmgCaller(port_in(address)).bind("demo", "pass") == 0;
  }
  static bool comes_to_answer(const std::string& address) {
    return wait_until([&] { return answers(address); });
  }
  bool says(const std::string& line) {
    return wait_until(
        [&] { return harness.metrics.expose().find(line + "\n") != std::string::npos; });
  }

  AccountOnDisk account{kSgipAccountText};
  EdgeHarness harness{"", "{p-li: {sms: \"13800138000\"}}"};
  std::unique_ptr<ContactBook> contacts =
      std::move(*ContactBook::open(harness.context().settings.text("contacts.file")));
  InputDesk desk{harness.context(), *contacts};
  ReturnEdge edge{harness.fixture.core(), [this]() -> InputDesk& { return desk; }};
};

TEST_F(ReturnEdgeTest, AReceiptFindsTheNoticeThatTheSmgKnowsByItsOwnName) {
  const std::string address = idle_address();
  const SgipSequence sequence{3010012345, 203120000, 512};
  std::string bytes;
  for (uint32_t part : {sequence.node, sequence.time, sequence.counter}) {
    for (int shift = 24; shift >= 0; shift -= 8) bytes += char(part >> shift);
  }
  harness.fixture.load(rules_with(address));
  harness.fixture.warn();
  ASSERT_EQ(harness.fixture.begin(kReturnNotice, 1), "go");
  ASSERT_TRUE(edge.start(harness.context()).ok());
  harness.start_loop();
  ASSERT_TRUE(comes_to_answer(address));
  SmgCaller smg(port_in(address));
  ASSERT_EQ(smg.bind("demo", "pass"), 0);
  EXPECT_EQ(smg.report(bytes, 0), 11) << "quicker than our own commit: it is to come again";
  harness.in_loop([&](NotifierFixture& fixture) {
    DeliveryEnd end{kReturnNotice, 1, DeliveryOutcome::accepted, std::nullopt};
    end.gateway_id = sgip_message_id(sequence);
    return fixture.input(topics::kDeliveryEnd, end);
  });
  EXPECT_EQ(smg.report(bytes, 0), 0);
  EXPECT_EQ(harness.row(kReturnNotice).state, NoticeState::delivered);
  EXPECT_EQ(smg.report(bytes, 0), 0) << "told twice, taken once";
}

TEST_F(ReturnEdgeTest, APortFollowsTheRules) {
  const std::string first = idle_address();
  const std::string second = idle_address();
  start(rules_with(first));
  ASSERT_TRUE(comes_to_answer(first));
  SmgCaller present(port_in(first));
  ASSERT_EQ(present.bind("demo", "pass"), 0);
  NotifierRules reworded = rules_with(first);
  reworded.templates["deadline.warned"] = "预警 {order_no}";
  change(reworded);
  EXPECT_EQ(present.deliver("13912345678", "1", 0), 0) << "a new text shuts no port";
  change(rules_with(second));
  EXPECT_TRUE(comes_to_answer(second));
  EXPECT_TRUE(present.closed());
  EXPECT_FALSE(answers(first));
  change(rules_with(std::nullopt));
  EXPECT_TRUE(wait_until([&] { return !answers(second); }));
}

TEST_F(ReturnEdgeTest, APortInUseIsToldOnceAndTakenAsSoonAsItIsFree) {
  LogLines lines;
  auto other = listen_on("127.0.0.1:0", false);
  const std::string address = "127.0.0.1:" + std::to_string(port_of(*other));
  start(rules_with(address));
  ASSERT_TRUE(says("jieban_return_down{channel=\"sms\"} 1"));
  EXPECT_TRUE(wait_until([&] {
    return harness.metrics.expose().find("jieban_return_failures_total{channel=\"sms\"} 3") !=
           std::string::npos;
  })) << "it is tried again and again";
  EXPECT_EQ(lines.count("return_way_down"), 1U);
  EXPECT_EQ(lines.count("configure another port"), 1U) << "what to do";
  *other = FileDescriptor();
  EXPECT_TRUE(comes_to_answer(address));
  EXPECT_TRUE(says("jieban_return_down{channel=\"sms\"} 0"));
}

TEST_F(ReturnEdgeTest, APortMayMoveToAnotherChannel) {
  const std::string address = idle_address();
  start(rules_with(address));
  ASSERT_TRUE(comes_to_answer(address));
  NotifierRules moved = rules_with(address);
  moved.channels[0].name = "another";
  change(moved);
  EXPECT_TRUE(comes_to_answer(address));
  EXPECT_TRUE(says("jieban_return_down{channel=\"another\"} 0"));
}

// As at a daemon's stop: the loop that would answer is gone.
TEST_F(ReturnEdgeTest, StopsWhileTheSmgIsWaitingForAnAnswer) {
  const std::string address = idle_address();
  start(rules_with(address));
  ASSERT_TRUE(comes_to_answer(address));
  harness.stop_loop();
  SmgCaller smg(port_in(address));
  ASSERT_EQ(smg.bind("demo", "pass"), 0);
  std::thread gateway([&] { EXPECT_EQ(smg.report(std::string(12, '\1'), 0), 11); });
  EXPECT_TRUE(wait_until([&] { return !harness.inbox.empty(); }));
  harness.inbox.close({ErrorCode::unavailable, "this daemon is stopping"});
  gateway.join();
  edge.stop();
  EXPECT_FALSE(answers(address));
}

}  // namespace
}  // namespace jieban
