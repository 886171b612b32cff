// Goal: Kannel brings receipts and replies with its key, and nothing of a person goes further.
#include "tests/support/log_lines.h"
#include "tests/unit/daemons/notifier/door_harness.h"

namespace jieban {
namespace {

using KannelRoutes = DoorTest;

const std::string kKey = "&key=" + kKannelKey;

TEST_F(KannelRoutes, AReceiptIsHandedIn) {
  HttpReply reply = harness.get_open("/kannel/dlr?notice=n1&type=1" + kKey);
  EXPECT_EQ(reply.status, 200) << reply.body;
  auto seen = harness.core.seen_as<DeliveryReceipt>(topics::kDeliveryReceipt);
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(seen[0].notice_id, "n1");
  EXPECT_EQ(seen[0].state, "delivered");
}

TEST_F(KannelRoutes, AReplyIsHandedInAndAnsweredWithNothing) {
  HttpReply reply = harness.get_open("/kannel/mo?from=%2B8613800138000&text=%EF%BC%91" + kKey);
  EXPECT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.body, "") << "Kannel would send it to the phone";
  auto seen = harness.core.seen_as<AlertAcknowledge>(topics::kAlertAcknowledge);
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(seen[0].person, "p-li");
  EXPECT_EQ(seen[0].code, "1");
  EXPECT_EQ(harness.get_open("/kannel/mo?from=13912345678&text=1" + kKey).status, 200)
      << "nobody's: it need not come again";
}

TEST_F(KannelRoutes, WithoutTheKeyNothingIsTaken) {
  for (const std::string& key : {std::string(), std::string("&key="), std::string("&key=wrong"),
                                 kKey + "x", "&key=" + kDeskToken}) {
    EXPECT_EQ(harness.get_open("/kannel/dlr?notice=n1&type=1" + key).status, 401) << key;
    EXPECT_EQ(harness.get_open("/kannel/mo?from=13800138000&text=1" + key).status, 401) << key;
  }
  EXPECT_TRUE(harness.core.seen().empty());
}

TEST_F(KannelRoutes, ANewKeyNeedsNoRestartAndAWeakOneOpensNothing) {
  harness.put("kannel.key", "another-key-0123456789abcdef\n");
  EXPECT_EQ(harness.get_open("/kannel/dlr?notice=n1&type=1" + kKey).status, 401);
  EXPECT_EQ(
      harness.get_open("/kannel/dlr?notice=n1&type=1&key=another-key-0123456789abcdef").status,
      200);
  for (const char* weak : {"", "short"}) {
    harness.put("kannel.key", weak);
    EXPECT_EQ(harness.get_open("/kannel/dlr?notice=n1&type=1&key=" + std::string(weak)).status, 503)
        << weak;
  }
}

TEST_F(KannelRoutes, WhatIsWrongIsRefusedAndOnlyWhatMayBeTakenLaterComesAgain) {
  EXPECT_EQ(harness.get_open("/kannel/dlr?notice=n1&type=3" + kKey).status, 400);
  EXPECT_EQ(harness.get_open("/kannel/mo?from=13800138000" + kKey).status, 400);
  core_says(ErrorCode::not_found, "没有这条通知");
  EXPECT_EQ(harness.get_open("/kannel/dlr?notice=n1&type=1" + kKey).status, 200)
      << "refused for good: it would come for ever";
  core_says(ErrorCode::refused, "没有这个代码");
  EXPECT_EQ(harness.get_open("/kannel/mo?from=13800138000&text=1" + kKey).status, 200);
  harness.halt();
  harness.fill_inbox();
  EXPECT_EQ(harness.get_open("/kannel/dlr?notice=n1&type=1" + kKey).status, 503);
  EXPECT_EQ(harness.get_open("/kannel/mo?from=13800138000&text=1" + kKey).status, 503);
}

TEST(KannelRoutesOff, WithoutASecretFileThereAreNone) {
  DoorHarness harness("kannel: {secret_file: \"\"}\n");
  ASSERT_TRUE(harness.start().ok());
  EXPECT_EQ(harness.get_open("/kannel/dlr?notice=n1&type=1" + kKey).status, 404);
  EXPECT_EQ(harness.get_open("/kannel/mo?from=13800138000&text=1&key=").status, 404);
}

TEST_F(KannelRoutes, NoNumberAndNoNameLeavesTheDoor) {
  LogLines lines;
  const std::string name = "%E6%9D%8E%E5%9B%9B";  // 李四
  harness.get_open("/kannel/mo?from=13800138000&text=" + name + kKey);
  harness.get_open("/kannel/mo?from=13800138000&text=1" + kKey);
  harness.get_open("/kannel/mo?from=13912345678&text=1" + kKey);
  harness.get_open("/kannel/mo?from=13912345678&text=1");
  harness.get_open("/kannel/mo?from=13912345678&txt=" + name + kKey);
  harness.get_open("/kannel/dlr?notice=n1&type=" + name + "&from=13912345678" + kKey);
  harness.post("/api/v1/notices/n1/ack", R"({"person":"李四13912345678"})");
  harness.post("/api/v1/notices/n1/ack", R"({"李四":"13912345678"})");
  harness.post("/alertmanager/v2",
               R"({"version":"4","alerts":[{"status":"李四","labels":{"13912345678":"x"}}]})");
  harness.post("/api/v1/silences", R"({"matchers":"李四","ends_at":"13912345678"})");
  harness.get("/api/v1/notices?" + name + "=13912345678");
  harness.get("/a/13912345678");
  for (const char* personal : {"13800138000", "13912345678", "李四"}) {
    EXPECT_EQ(lines.count(personal), 0u) << personal;
    EXPECT_EQ(harness.answers().find(personal), std::string::npos) << harness.answers();
    EXPECT_EQ(harness.metrics.expose().find(personal), std::string::npos) << personal;
    for (const Event& event : harness.core.seen()) {
      EXPECT_EQ(event.payload.find(personal), std::string::npos) << event.topic;
    }
  }
  EXPECT_EQ(lines.count(kKannelKey), 0u);
  EXPECT_GE(lines.count("reply_ignored"), 2u) << "the lines are seen at all";
}

}  // namespace
}  // namespace jieban
