// Goal: a kind is one row, by its name, and no key gets into a target.
#include "daemons/notifier/channel_kind.h"

#include <gtest/gtest.h>

#include <set>

#include "daemons/notifier/contacts.h"

namespace jieban {
namespace {

TEST(ChannelKind, EachNameIsItsOwnAndLeadsBack) {
  std::set<std::string_view> names;
  for (const ChannelKindRow& row : channel_kinds()) {
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
    ChannelKind found{};
    ASSERT_TRUE(from_string(row.name, found));
    EXPECT_EQ(found, row.kind);
    EXPECT_EQ(to_string(row.kind), row.name);
    EXPECT_NE(channel_kind_names().find(row.name), std::string::npos);
  }
  ChannelKind kind = ChannelKind::mail;
  EXPECT_FALSE(from_string("pigeon", kind));
  EXPECT_EQ(kind, ChannelKind::mail);
}

TEST(ChannelKind, ATargetIsOfItsKindAndHoldsNoKey) {
  struct Target {
    ChannelKind kind;
    const char* target;
    bool good;
  };
  const Target targets[] = {
      {ChannelKind::spool, "/srv/out", true},
      {ChannelKind::spool, "out", false},
      {ChannelKind::webhook, "https://gateway.example/notices?street=7", true},
      {ChannelKind::webhook, "smtp://gateway.example", false},
      {ChannelKind::webhook, "https://user:word@gateway.example/", false},
      {ChannelKind::wecom_robot, "https://qyapi.weixin.qq.com/cgi-bin/webhook/send", true},
      {ChannelKind::wecom_robot, "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=K", false},
      {ChannelKind::dingtalk_robot, "https://oapi.dingtalk.com/robot/send", true},
      {ChannelKind::dingtalk_robot, "https://oapi.dingtalk.com/robot/send?access_token=T", false},
      {ChannelKind::feishu_robot, "https://open.feishu.cn/open-apis/bot/v2/hook", true},
      {ChannelKind::feishu_robot, "https://open.feishu.cn/open-apis/bot/v2/hook/ID", false},
      {ChannelKind::ums_sms, "http://ums.zj165.com:8888/sms/Api/Send.do", true},
      {ChannelKind::ums_sms, "http://ums.zj165.com:8888/sms/Api/Send.do?Password=x", false},
      {ChannelKind::mail, "smtps://mail.example:465", true},
      {ChannelKind::mail, "smtp://desk:word@mail.example", false},
      {ChannelKind::mail, "https://mail.example", false},
      {ChannelKind::sgip_sms, "sgip://10.1.2.3:8801", true},
      {ChannelKind::sgip_sms, "10.1.2.3:8801", false},
      {ChannelKind::sgip_sms, "http://10.1.2.3:8801", false},
      {ChannelKind::sgip_sms, "sgip://demo@10.1.2.3:8801", false},
      {ChannelKind::sgip_sms, "sgip://smg.example:8801", false},
      {ChannelKind::sgip_sms, "sgip://10.1.2.3", false},
      {ChannelKind::sgip_sms, "sgip://", false},
      {ChannelKind::mail, "smtp://", false},
      {ChannelKind::mail, "smtp://:25", false},
      {ChannelKind::webhook, "https:///notices", false},
      {ChannelKind::kannel_sms, "http:///sendsms", false},
      {ChannelKind::kannel_sms, "https://kannel.example/cgi-bin/sendsms", true},
      {ChannelKind::kannel_sms, "http://127.0.0.1:13013/cgi-bin/sendsms", true},
      {ChannelKind::kannel_sms, "http://127.0.0.1:13013/cgi-bin/sendsms?password=x", false},
      {ChannelKind::kannel_sms, "127.0.0.1:13013/cgi-bin/sendsms", false},
      {ChannelKind::smstools_sms, "/var/spool/sms", true},
      {ChannelKind::smstools_sms, "var/spool/sms", false},
  };
  for (const Target& target : targets) {
    auto checked = check_channel_target(target.kind, target.target);
    EXPECT_EQ(checked.ok(), target.good) << target.target;
    if (checked.ok()) continue;
    EXPECT_EQ(checked.error().message.find("word"), std::string::npos);
    EXPECT_EQ(checked.error().message.find(target.target), std::string::npos);
  }
}

TEST(ChannelKind, ARobotSpeaksToAGroup) {
  for (const ChannelKindRow& row : channel_kinds()) {
    EXPECT_EQ(row.group, row.name.ends_with("_robot")) << row.name;
    EXPECT_FALSE(row.group && row.one_recipient) << row.name;
  }
}

TEST(ChannelKind, TopicsNeedSomebodyWhomTheyReach) {
  EXPECT_TRUE(check_own_reader(ChannelKind::wecom_robot, true).ok());
  EXPECT_TRUE(check_own_reader(ChannelKind::spool, false).ok());
  EXPECT_TRUE(check_own_reader(ChannelKind::smstools_sms, true).ok());
  EXPECT_FALSE(check_own_reader(ChannelKind::smstools_sms, false).ok());
  for (const ChannelKindRow& row : channel_kinds()) {
    EXPECT_EQ(row.means.empty(), !row.one_recipient) << row.name;
    EXPECT_EQ(check_own_reader(row.kind, true).ok(), row.kind != ChannelKind::ums_sms) << row.name;
  }
}

TEST(ChannelKind, OfAGroupThereIsAWayToMentionSomebody) {
  for (const ChannelKindRow& row : channel_kinds()) {
    EXPECT_EQ(row.group, !row.mentions[0].empty()) << row.name;
    for (std::string_view method : row.mentions) {
      EXPECT_TRUE(method.empty() || find_contact_method(method) != nullptr) << method;
    }
  }
}

}  // namespace
}  // namespace jieban
