// Goal: a link to acknowledge by reaches the person whom it names, and nobody else.
#include "daemons/notifier/linked_channel.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

class Listening : public Channel {
 public:
  explicit Listening(std::string& heard) : heard_(heard) {}
  AttemptPlan plan(const OutgoingNotice& notice) override { return {notice.text}; }
  DeliveryReport deliver(const OutgoingNotice& notice) override {
    heard_ = notice.text;
    return {DeliveryOutcome::accepted};
  }

 private:
  std::string& heard_;
};

std::string heard_over(ChannelKind kind, const std::string& text,
                       const std::string& person = "p-li", const std::string& method = "sms") {
  std::string heard;
  auto open =
      linked_channels([&](const ChannelRule&) { return std::make_unique<Listening>(heard); },
                      [](const std::string& notice_id, const std::string& whom) {
                        return "https://desk.example/a/" + notice_id + "." + whom;
                      });
  ChannelRule rule;
  rule.kind = kind;
  rule.method = method;
  OutgoingNotice notice;
  notice.notice_id = "n1";
  notice.person = person;
  notice.text = text;
  auto channel = open(rule);
  const AttemptPlan plan = channel->plan(notice);
  EXPECT_EQ(channel->deliver(notice).outcome, DeliveryOutcome::accepted);
  EXPECT_EQ(plan.gateway_id, heard) << "what is planned is what goes out";
  return heard;
}

TEST(LinkedChannel, APersonGetsALinkInHisOwnName) {
  for (ChannelKind kind : {ChannelKind::kannel_sms, ChannelKind::sgip_sms, ChannelKind::mail,
                           ChannelKind::spool, ChannelKind::webhook}) {
    EXPECT_EQ(heard_over(kind, "点 {link} 确认"), "点 https://desk.example/a/n1.p-li 确认");
  }
}

TEST(LinkedChannel, AGroupGetsNone) {
  for (ChannelKind kind :
       {ChannelKind::wecom_robot, ChannelKind::dingtalk_robot, ChannelKind::feishu_robot}) {
    EXPECT_EQ(heard_over(kind, "回复1确认 {link}"), "回复1确认 ");
  }
}

TEST(LinkedChannel, NeitherDoesTheGroupOfARelaysRobot) {
  for (ChannelKind kind : {ChannelKind::spool, ChannelKind::webhook}) {
    EXPECT_EQ(heard_over(kind, "请处理 {link}", "p-li", "robot"), "请处理 ");
  }
}

TEST(LinkedChannel, NobodyInParticularGetsNone) {
  EXPECT_EQ(heard_over(ChannelKind::mail, "{link}!", ""), "!");
}

TEST(LinkedChannel, ATextWithoutOneStaysAsItIs) {
  EXPECT_EQ(heard_over(ChannelKind::mail, "回复1确认"), "回复1确认");
}

TEST(LinkedChannel, WhereThereIsNoChannelThereIsNone) {
  auto open = linked_channels([](const ChannelRule&) { return std::unique_ptr<Channel>(); },
                              [](const std::string&, const std::string&) { return "x"; });
  EXPECT_EQ(open({}), nullptr);
}

}  // namespace
}  // namespace jieban
