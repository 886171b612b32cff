// Goal: what leaves the house says what it must and nothing more; each kind has its channel.
#include "daemons/notifier/channel.h"

#include <gtest/gtest.h>

#include "common/json/json.h"
#include "daemons/notifier/channels/dingtalk_robot_channel.h"
#include "daemons/notifier/channels/feishu_robot_channel.h"
#include "daemons/notifier/channels/kannel_sms.h"
#include "daemons/notifier/channels/mail_channel.h"
#include "daemons/notifier/channels/sgip/sgip_sms.h"
#include "daemons/notifier/channels/smstools_sms.h"
#include "daemons/notifier/channels/spool_channel.h"
#include "daemons/notifier/channels/ums_sms_channel.h"
#include "daemons/notifier/channels/webhook_channel.h"
#include "daemons/notifier/channels/wecom_robot_channel.h"
#include "tests/support/fake_clock.h"
#include "tests/unit/daemons/notifier/notifier_fixture.h"

namespace jieban {
namespace {

TEST(Channel, ANoticeIsACloudEventWithSafeFieldsOnly) {
  OutgoingNotice notice{kOwnStream, "s:1:desk", "deadline.warned", "A1", "预警", noon(), 2, true};
  notice.address = "13800138000";
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
  FakeClock clock;
  OpenChannel open = real_channels({}, clock);
  auto opened = [&](ChannelKind kind) {
    ChannelRule rule = channel_rule("x", {"deadline.warned"});
    rule.kind = kind;
    return open(rule);
  };
  auto is = [&]<class Kind>(ChannelKind kind, const Kind*) {
    return dynamic_cast<Kind*>(opened(kind).get()) != nullptr;
  };
  EXPECT_TRUE(is(ChannelKind::spool, static_cast<const SpoolChannel*>(nullptr)));
  EXPECT_TRUE(is(ChannelKind::webhook, static_cast<const WebhookChannel*>(nullptr)));
  EXPECT_TRUE(is(ChannelKind::wecom_robot, static_cast<const WecomRobotChannel*>(nullptr)));
  EXPECT_TRUE(is(ChannelKind::dingtalk_robot, static_cast<const DingtalkRobotChannel*>(nullptr)));
  EXPECT_TRUE(is(ChannelKind::feishu_robot, static_cast<const FeishuRobotChannel*>(nullptr)));
  EXPECT_TRUE(is(ChannelKind::ums_sms, static_cast<const UmsSmsChannel*>(nullptr)));
  EXPECT_TRUE(is(ChannelKind::mail, static_cast<const MailChannel*>(nullptr)));
  EXPECT_TRUE(is(ChannelKind::sgip_sms, static_cast<const SgipSms*>(nullptr)));
  EXPECT_TRUE(is(ChannelKind::kannel_sms, static_cast<const KannelSms*>(nullptr)));
  EXPECT_TRUE(is(ChannelKind::smstools_sms, static_cast<const SmstoolsSms*>(nullptr)));
  for (const ChannelKindRow& row : channel_kinds()) EXPECT_NE(opened(row.kind), nullptr);
}

}  // namespace
}  // namespace jieban
