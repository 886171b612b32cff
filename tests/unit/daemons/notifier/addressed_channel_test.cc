// Goal: a call goes to the person's own address, never to somebody else's, and no address is told;
// a robot's group sees who is called. Method: for the robots, what leaves is compared byte for byte
// with DOMAIN §15, at emulators of their vendors.
#include "daemons/notifier/addressed_channel.h"

#include <gtest/gtest.h>

#include "daemons/notifier/contacts.h"
#include "tests/support/gateways/dingtalk_emulator.h"
#include "tests/support/gateways/feishu_emulator.h"
#include "tests/support/gateways/wecom_emulator.h"
#include "tests/unit/daemons/notifier/channels/channel_fixture.h"

namespace jieban {
namespace {

class Remembering : public Channel {
 public:
  explicit Remembering(std::string& address) : address_(address) {}
  AttemptPlan plan(const OutgoingNotice& notice) override { return {notice.notice_id, 2}; }
  DeliveryReport deliver(const OutgoingNotice& notice) override {
    address_ = notice.address;
    return {DeliveryOutcome::accepted};
  }

 private:
  std::string& address_;
};

struct Scene {
  std::string address = "none";

  DeliveryReport deliver(ChannelKind kind, const std::string& person) {
    ChannelRule rule;
    rule.name = "phone";
    rule.kind = kind;
    rule.method = "sms";
    auto open = addressed_channels(
        [this](const ChannelRule&) { return std::make_unique<Remembering>(address); },
        [](std::string_view id, std::string_view method) -> std::optional<std::string> {
          if (id == "p-li" && method == "sms") return "13800138000";
          return std::nullopt;
        });
    OutgoingNotice notice;
    notice.notice_id = "n1";
    notice.person = person;
    auto channel = open(rule);
    EXPECT_EQ(channel->plan(notice).gateway_id, "n1") << "whoever is called";
    return channel->deliver(notice);
  }
};

TEST(AddressedChannel, APersonIsReachedAtHisOwnAddress) {
  Scene scene;
  EXPECT_EQ(scene.deliver(ChannelKind::kannel_sms, "p-li").outcome, DeliveryOutcome::accepted);
  EXPECT_EQ(scene.address, "13800138000");
}

TEST(AddressedChannel, WhoHasNoAddressIsNotSentToAnybodyElse) {
  Scene scene;
  const DeliveryReport report = scene.deliver(ChannelKind::kannel_sms, "p-zhao");
  EXPECT_EQ(report.outcome, DeliveryOutcome::rejected);
  EXPECT_EQ(scene.address, "none") << "the channel was not asked";
  EXPECT_EQ(report.error->find("138"), std::string::npos);
}

TEST(AddressedChannel, AGroupOrARelayIsToldWhoIsMeantWithoutAnAddress) {
  for (ChannelKind kind : {ChannelKind::wecom_robot, ChannelKind::spool, ChannelKind::webhook}) {
    Scene scene;
    EXPECT_EQ(scene.deliver(kind, "p-zhao").outcome, DeliveryOutcome::accepted);
    EXPECT_EQ(scene.address, "");
  }
}

// Persons as contacts.yaml has them: with accounts, with a mobile number, with a land line only.
Contacts some_contacts() {
  Contacts contacts;
  CHECK(contacts
            .add_person(
                "p-li",
                {{"sms", kPhone}, {"wecom", "li.w"}, {"dingtalk", "li-d"}, {"feishu", "ou_li"}})
            .ok());
  CHECK(contacts.add_person("p-zhao", {{"sms", "13800138001"}}).ok());
  CHECK(contacts.add_person("p-qian", {{"sms", "01066051234"}, {"voice", "13800138002"}}).ok());
  CHECK(contacts.add_person("p-wu", {{"sms", "01066051235"}, {"mail", "wu@street.example"}}).ok());
  return contacts;
}

OpenChannel open_with(const Contacts& contacts, OpenChannel open) {
  return addressed_channels(std::move(open), [&](std::string_view id, std::string_view method) {
    return contacts.address_of(id, method);
  });
}

TEST(AddressedChannel, ARobotMentionsWhomItCallsByItsOwnKindElseByAMobileNumber) {
  struct Row {
    ChannelKind kind;
    const char* person;
    const char* address;
  };
  const Contacts contacts = some_contacts();
  for (const Row& row : {Row{ChannelKind::wecom_robot, "p-li", "li.w"},
                         Row{ChannelKind::dingtalk_robot, "p-li", "li-d"},
                         Row{ChannelKind::feishu_robot, "p-li", "ou_li"},
                         Row{ChannelKind::wecom_robot, "p-zhao", "13800138001"},
                         Row{ChannelKind::dingtalk_robot, "p-zhao", "13800138001"},
                         Row{ChannelKind::feishu_robot, "p-zhao", ""},  // knows no numbers
                         Row{ChannelKind::wecom_robot, "p-qian", "13800138002"},
                         Row{ChannelKind::wecom_robot, "p-wu", ""},  // a land line is nobody's id
                         Row{ChannelKind::dingtalk_robot, "p-wu", ""},
                         Row{ChannelKind::dingtalk_robot, "p-nobody", ""}}) {
    std::string address = "none";
    ChannelRule rule;
    rule.kind = row.kind;
    rule.method = "robot";
    OutgoingNotice notice;
    notice.person = row.person;
    auto open = open_with(
        contacts, [&](const ChannelRule&) { return std::make_unique<Remembering>(address); });
    EXPECT_EQ(open(rule)->deliver(notice).outcome, DeliveryOutcome::accepted);
    EXPECT_EQ(address, row.address) << to_string(row.kind) << " " << row.person;
  }
}

class MentionedInAGroup : public ChannelTest {
 protected:
  // The body of a call to the person, as the robot gets it.
  template <class Emulator>
  std::string body_at(Emulator& robot, ChannelKind kind, const std::string& account,
                      const std::string& person) {
    ChannelRule rule = rule_of(kind, robot.target(), account);
    rule.method = "robot";
    OutgoingNotice notice = sample_notice("x");
    notice.person = person;
    auto channel = open_with(contacts, real_channels(kPatient, clock))(rule);
    EXPECT_EQ(channel->deliver(notice).outcome, DeliveryOutcome::accepted) << person;
    return robot.last_call().body;
  }
  const Contacts contacts = some_contacts();
};

TEST_F(MentionedInAGroup, ByWecom) {
  WecomEmulator robot(clock, "K");
  const auto body = [&](const char* person, const char* more = "") {
    return body_at(robot, ChannelKind::wecom_robot, std::string("key: K\n") + more, person);
  };
  EXPECT_EQ(body("p-li"), R"({"msgtype":"text","text":{"content":"x","mentioned_list":["li.w"]}})");
  EXPECT_EQ(body("p-zhao"),
            R"({"msgtype":"text","text":{"content":"x","mentioned_mobile_list":["13800138001"]}})");
  EXPECT_EQ(body("p-wu"), R"({"msgtype":"text","text":{"content":"x"}})") << "and no name";
  EXPECT_EQ(body("p-li", "format: markdown\n"),
            R"({"msgtype":"markdown","markdown":{"content":"x\n<@li.w>"}})");
  EXPECT_EQ(body("p-zhao", "format: markdown\n"),
            R"({"msgtype":"text","text":{"content":"x","mentioned_mobile_list":["13800138001"]}})")
      << "markdown mentions no number";
}

TEST_F(MentionedInAGroup, ByDingtalk) {
  DingtalkEmulator robot(clock, "T", "");
  const auto body = [&](const char* person, const char* more = "") {
    return body_at(robot, ChannelKind::dingtalk_robot, std::string("access_token: T\n") + more,
                   person);
  };
  EXPECT_EQ(body("p-li"), R"({"msgtype":"text","text":{"content":"x"},)"
                          R"("at":{"atMobiles":[],"atUserIds":["li-d"],"isAtAll":false}})");
  EXPECT_EQ(body("p-zhao"),
            R"({"msgtype":"text","text":{"content":"x"},)"
            R"("at":{"atMobiles":["13800138001"],"atUserIds":[],"isAtAll":false}})");
  EXPECT_EQ(body("p-zhao", "format: markdown\n"),
            R"({"msgtype":"markdown","markdown":{"title":"x","text":"x  \n@13800138001"},)"
            R"("at":{"atMobiles":["13800138001"],"atUserIds":[],"isAtAll":false}})");
}

TEST_F(MentionedInAGroup, ByFeishu) {
  FeishuEmulator robot(clock, "B", "");
  const auto body = [&](const char* person) {
    return body_at(robot, ChannelKind::feishu_robot, "id: B\n", person);
  };
  EXPECT_EQ(body("p-li"),
            R"({"msg_type":"text","content":{"text":"x\n<at user_id=\"ou_li\"></at>"}})");
  EXPECT_EQ(body("p-zhao"), R"({"msg_type":"text","content":{"text":"x"}})");
}

// A list that calls several mentions each of them whom the vendor can, once.
class ListInAGroup : public ChannelTest {
 protected:
  template <class Emulator>
  std::string body_at(Emulator& robot, ChannelKind kind, const std::string& account,
                      std::vector<std::string> persons, const std::string& text = "x") {
    ChannelRule rule = rule_of(kind, robot.target(), account);
    rule.method = "robot";
    OutgoingNotice notice = sample_notice(text);
    notice.persons = std::move(persons);
    auto channel = open_with(contacts, real_channels(kPatient, clock))(rule);
    EXPECT_EQ(channel->deliver(notice).outcome, DeliveryOutcome::accepted);
    return robot.last_call().body;
  }
  Contacts contacts = some_contacts();
  const std::vector<std::string> all = {"p-wu", "p-li", "p-zhao", "p-qian", "p-li"};
};

TEST_F(ListInAGroup, ByWecom) {
  WecomEmulator robot(clock, "K");
  EXPECT_EQ(body_at(robot, ChannelKind::wecom_robot, "key: K\n", all),
            R"({"msgtype":"text","text":{"content":"x","mentioned_list":["li.w"],)"
            R"("mentioned_mobile_list":["13800138001","13800138002"]}})");
  EXPECT_EQ(body_at(robot, ChannelKind::wecom_robot, "key: K\nformat: markdown\n", {"p-li"}),
            R"({"msgtype":"markdown","markdown":{"content":"x\n<@li.w>"}})");
  EXPECT_EQ(body_at(robot, ChannelKind::wecom_robot, "key: K\n", {"p-wu"}),
            R"({"msgtype":"text","text":{"content":"x"}})");
}

TEST_F(ListInAGroup, ByDingtalk) {
  DingtalkEmulator robot(clock, "T", "");
  EXPECT_EQ(
      body_at(robot, ChannelKind::dingtalk_robot, "access_token: T\n", all),
      R"({"msgtype":"text","text":{"content":"x"},"at":{"atMobiles":["13800138001","13800138002"],)"
      R"("atUserIds":["li-d"],"isAtAll":false}})");
  EXPECT_EQ(body_at(robot, ChannelKind::dingtalk_robot, "access_token: T\nformat: markdown\n",
                    {"p-li", "p-zhao"}),
            R"({"msgtype":"markdown","markdown":{"title":"x","text":"x  \n@li-d @13800138001"},)"
            R"("at":{"atMobiles":["13800138001"],"atUserIds":["li-d"],"isAtAll":false}})");
}

TEST_F(ListInAGroup, ByFeishu) {
  FeishuEmulator robot(clock, "B", "");
  CHECK(contacts.add_person("p-sun", {{"feishu", "ou_sun"}}).ok());
  EXPECT_EQ(body_at(robot, ChannelKind::feishu_robot, "id: B\n", {"p-li", "p-zhao", "p-sun"}),
            R"({"msg_type":"text","content":{"text":"x\n<at user_id=\"ou_li\"></at>)"
            R"(<at user_id=\"ou_sun\"></at>"}})");
}

// The emulators refuse what is longer than their vendors take.
TEST_F(ListInAGroup, WithinTheLengthOfTheChannelHoweverManyAreCalled) {
  std::vector<std::string> many;
  for (int i = 0; i < 300; ++i) {
    many.push_back("p-" + std::to_string(i));
    const std::string account = "account-of-number-" + std::to_string(i);
    CHECK(contacts
              .add_person(many.back(),
                          {{"wecom", account}, {"dingtalk", account}, {"feishu", account}})
              .ok());
  }
  std::string text;
  for (int i = 0; i < 2000; ++i) text += "字句\n";
  WecomEmulator wecom(clock, "K");
  EXPECT_NE(body_at(wecom, ChannelKind::wecom_robot, "key: K\nformat: markdown\n", many, text)
                .find("<@account-of-number-0>"),
            std::string::npos);
  FeishuEmulator feishu(clock, "B", "");
  EXPECT_NE(
      body_at(feishu, ChannelKind::feishu_robot, "id: B\n", many, text).find("account-of-number-0"),
      std::string::npos);
}

TEST(AddressedChannel, ANoticeForNobodyInParticularGoesOnAsItIs) {
  Scene scene;
  EXPECT_EQ(scene.deliver(ChannelKind::kannel_sms, "").outcome, DeliveryOutcome::accepted);
  EXPECT_EQ(scene.address, "");
}

TEST(AddressedChannel, AChannelWithoutAMethodIsLeftAsItIs) {
  bool opened = false;
  auto open = addressed_channels(
      [&](const ChannelRule&) {
        opened = true;
        return std::unique_ptr<Channel>();
      },
      [](std::string_view, std::string_view) { return std::optional<std::string>(); });
  EXPECT_EQ(open({}), nullptr);
  EXPECT_TRUE(opened);
}

}  // namespace
}  // namespace jieban
