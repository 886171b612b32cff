// Goal: what the core cannot keep just now stays with the gateway; what it refuses for good does
// not come for ever.
#include "daemons/notifier/return_way.h"

#include <filesystem>

#include "common/http/address.h"
#include "tests/support/sgip_smg.h"
#include "tests/unit/daemons/notifier/channels/sms_fixture.h"
#include "tests/unit/daemons/notifier/door_harness.h"

namespace jieban {
namespace {

uint16_t idle_port() { return port_of(*listen_on("127.0.0.1:0", false)); }

struct ReturnWays : testing::Test {
  ReturnWays() {
    contacts = std::move(*ContactBook::open(harness.path("contacts.yaml")));
    desk = std::make_unique<InputDesk>(harness.context(), *contacts);
    harness.go_on();
    for (const char* folder : {"sent", "failed", "report", "incoming"}) {
      CHECK(make_directories(harness.path("spool/") + folder).ok());
    }
  }
  ~ReturnWays() override { way.reset(); }
  // The SMG, logged in.
  SmgCaller smg() {
    const uint16_t port = idle_port();
    ChannelRule rule = sms_rule(ChannelKind::sgip_sms, "sgip://127.0.0.1:1", account.path());
    rule.listen = "127.0.0.1:" + std::to_string(port);
    way = return_way(rule, *desk, harness.clock);
    EXPECT_TRUE(way->turn().ok());
    SmgCaller caller(port);
    EXPECT_EQ(caller.bind("demo", "pass"), 0);
    return caller;
  }
  void smsd() {
    way = return_way(sms_rule(ChannelKind::smstools_sms, harness.path("spool"), ""), *desk,
                     harness.clock);
  }
  // smsd has left this long ago.
  void leave(const std::string& name, const std::string& text) {
    harness.put("spool/" + name, text);
    ASSERT_TRUE(wait_until([&] {
      (void)way->turn();
      return !std::filesystem::exists(harness.path("spool/" + name)) || asked > 0;
    }));
  }
  bool lies(const std::string& name) const {
    return std::filesystem::exists(harness.path("spool/" + name));
  }
  void core_says(Result<std::string> what) {
    asked = 0;
    harness.core.say([this, what](const Event&) {
      ++asked;
      return what;
    });
  }

  DoorHarness harness;
  AccountOnDisk account{kSgipAccountText};
  std::unique_ptr<ContactBook> contacts;
  std::unique_ptr<InputDesk> desk;
  std::unique_ptr<ReturnWay> way;
  std::atomic<int> asked = 0;
};

const std::string kFileFromLi = "From: 8613800138000\nAlphabet: UTF-8\n\n1";
const Error kTakenLater{ErrorCode::unavailable, "稍后"};
const Error kRefusedForGood{ErrorCode::not_found, "没有这条通知"};

TEST_F(ReturnWays, WhatTheSmgBringsAndNobodyCanReadIsCounted) {
  SmgCaller caller = smg();
  EXPECT_EQ(caller.deliver("8613800138000", "1", 4), 5);
  EXPECT_EQ(caller.report(std::string(12, '\1'), 3), 5);
  EXPECT_EQ(caller.ask(0x11, std::string(51, 'x')), 7);
  for (const char* what : {"reply", "receipt", "command"}) {
    EXPECT_EQ(harness.metric("jieban_gateway_unread_total{what=\"" + std::string(what) + "\"}"), 1)
        << what;
  }
  EXPECT_TRUE(harness.core.seen().empty());
}

TEST_F(ReturnWays, TheSmgBringsReceiptsAndReplies) {
  SmgCaller caller = smg();
  EXPECT_EQ(caller.report(std::string(12, '\1'), 0), 0);
  EXPECT_EQ(caller.deliver("8613800138000", "1", 0), 0);
  auto receipts = harness.core.seen_as<DeliveryReceipt>(topics::kDeliveryReceipt);
  ASSERT_EQ(receipts.size(), 1U);
  EXPECT_EQ(receipts[0].channel, "sms");
  EXPECT_EQ(receipts[0].state, "delivered");
  EXPECT_EQ(receipts[0].notice_id, "");
  EXPECT_NE(receipts[0].gateway_id, "");
  auto replies = harness.core.seen_as<AlertAcknowledge>(topics::kAlertAcknowledge);
  ASSERT_EQ(replies.size(), 1U);
  EXPECT_EQ(replies[0].person, "p-li");
  EXPECT_EQ(replies[0].code, "1");
}

TEST_F(ReturnWays, TheSmgKeepsWhatTheCoreCannotTakeNowAndForgetsTheRest) {
  constexpr int kBusy = 11;
  SmgCaller caller = smg();
  core_says(kTakenLater);
  EXPECT_EQ(caller.report(std::string(12, '\1'), 0), kBusy);
  EXPECT_EQ(caller.deliver("8613800138000", "1", 0), kBusy);
  core_says(kRefusedForGood);
  EXPECT_EQ(caller.report(std::string(12, '\1'), 0), 0);
  EXPECT_EQ(caller.deliver("8613800138000", "1", 0), 0);
  EXPECT_EQ(harness.metric("jieban_door_inputs_total{input=\"receipt\",outcome=\"refused\"}"), 2);
  EXPECT_EQ(caller.deliver("8613912345678", "1", 0), 0) << "nobody's";
  harness.halt();
  harness.fill_inbox();
  EXPECT_EQ(caller.report(std::string(12, '\1'), 0), kBusy);
}

TEST_F(ReturnWays, WhatSmsdLeavesIsTakenAndGoes) {
  smsd();
  leave("sent/a", "To: 8613800138000\nX-Jieban-Notice: n1\nMessage_id: 7\n\nx");
  leave("incoming/b", kFileFromLi);
  auto receipts = harness.core.seen_as<DeliveryReceipt>(topics::kDeliveryReceipt);
  ASSERT_EQ(receipts.size(), 1U);
  EXPECT_EQ(receipts[0].notice_id, "n1");
  EXPECT_EQ(receipts[0].state, "buffered");
  EXPECT_EQ(harness.core.seen_as<AlertAcknowledge>(topics::kAlertAcknowledge).size(), 1U);
  EXPECT_FALSE(lies("sent/a"));
  EXPECT_FALSE(lies("incoming/b"));
}

TEST_F(ReturnWays, SmsdsFilesStayUntilTheCoreCanTakeThem) {
  smsd();
  core_says(kTakenLater);
  leave("incoming/b", kFileFromLi);
  EXPECT_TRUE(lies("incoming/b"));
  core_says(kRefusedForGood);
  EXPECT_TRUE(way->turn().ok());
  EXPECT_GT(asked, 0);
  EXPECT_FALSE(lies("incoming/b")) << "refused for good: it would come for ever";
}

TEST_F(ReturnWays, FoldersThatAreMissingAreSaid) {
  std::filesystem::remove_all(harness.path("spool/sent"));
  smsd();
  auto turn = way->turn();
  ASSERT_FALSE(turn.ok());
  EXPECT_NE(turn.error().message.find("smsd"), std::string::npos) << turn.error().message;
  CHECK(make_directories(harness.path("spool/sent")).ok());
  EXPECT_TRUE(way->turn().ok()) << "and it goes on by itself";
}

TEST_F(ReturnWays, OtherChannelsHaveNone) {
  ChannelRule rule = sms_rule(ChannelKind::sgip_sms, "sgip://127.0.0.1:1", account.path());
  EXPECT_EQ(return_way(rule, *desk, harness.clock), nullptr) << "without listen";
  rule.kind = ChannelKind::kannel_sms;
  EXPECT_EQ(return_way(rule, *desk, harness.clock), nullptr) << "its gateway comes to the door";
}

TEST(SameReturnWay, DependsOnWhatTheWayIsMadeOf) {
  const ChannelRule rule = sms_rule(ChannelKind::sgip_sms, "sgip://127.0.0.1:1", "/a");
  ChannelRule other = rule;
  other.topics = {"deadline.warned"};
  other.receipt_within_micros = 1;
  EXPECT_TRUE(same_return_way(rule, other));
  const std::function<void(ChannelRule&)> changes[] = {
      [](ChannelRule& each) { each.kind = ChannelKind::smstools_sms; },
      [](ChannelRule& each) { each.target = "sgip://127.0.0.1:2"; },
      [](ChannelRule& each) { each.account_file = "/b"; },
      [](ChannelRule& each) { each.listen = "127.0.0.1:8801"; },
      [](ChannelRule& each) { each.listen_beyond_loopback = true; }};
  for (const auto& change : changes) {
    ChannelRule changed = rule;
    change(changed);
    EXPECT_FALSE(same_return_way(rule, changed));
  }
}

}  // namespace
}  // namespace jieban
