// Goal: what leaves the house says what it must and nothing more.
#include "daemons/notifier/channel.h"

#include <gtest/gtest.h>

#include "common/json/json.h"
#include "daemons/notifier/channels/kannel_sms.h"
#include "daemons/notifier/channels/sgip/sgip_sms.h"
#include "daemons/notifier/channels/smstools_sms.h"
#include "daemons/notifier/spool_channel.h"
#include "daemons/notifier/webhook_channel.h"
#include "tests/unit/daemons/notifier/notifier_fixture.h"

namespace jieban {
namespace {

TEST(Channel, ANoticeIsACloudEventWithSafeFieldsOnly) {
  OutgoingNotice notice{kOwnStream, "s:1:desk", "deadline.warned", "A1", "预警", noon(), 2, true};
  auto value = parse_json(notice_json(notice));
  ASSERT_TRUE(value.ok());
  EXPECT_EQ(*value->find("specversion")->string(), "1.0");
  EXPECT_EQ(*value->find("id")->string(), "s:1:desk");
  EXPECT_EQ(*value->find("source")->string(), kOwnStream);
  EXPECT_EQ(*value->find("type")->string(), "deadline.warned");
  EXPECT_EQ(*value->find("time")->string(), "2026-02-03T12:00:00+08:00");
  const Value* told = value->find("data");
  ASSERT_NE(told, nullptr);
  EXPECT_EQ(told->object()->size(), 4U);
  EXPECT_EQ(*told->find("order_no")->string(), "A1");
  EXPECT_EQ(*told->find("text")->string(), "预警");
  EXPECT_EQ(*told->find("attempt")->integer(), 2);
  EXPECT_TRUE(*told->find("possible_repeat")->boolean());
}

TEST(Channel, EachKindOpensItsOwn) {
  const SystemClock clock;
  OpenChannel open = real_channels({}, clock);
  ChannelRule rule = channel_rule("x", {"deadline.warned"});
  auto spool = open(rule);
  EXPECT_NE(dynamic_cast<SpoolChannel*>(spool.get()), nullptr);
  rule.kind = ChannelKind::webhook;
  auto webhook = open(rule);
  EXPECT_NE(dynamic_cast<WebhookChannel*>(webhook.get()), nullptr);
  rule.kind = ChannelKind::sgip_sms;
  auto sgip = open(rule);
  EXPECT_NE(dynamic_cast<SgipSms*>(sgip.get()), nullptr);
  rule.kind = ChannelKind::kannel_sms;
  auto kannel = open(rule);
  EXPECT_NE(dynamic_cast<KannelSms*>(kannel.get()), nullptr);
  rule.kind = ChannelKind::smstools_sms;
  auto smstools = open(rule);
  EXPECT_NE(dynamic_cast<SmstoolsSms*>(smstools.get()), nullptr);
}

}  // namespace
}  // namespace jieban
