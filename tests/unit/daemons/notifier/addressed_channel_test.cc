// Goal: a call goes to the person's own address, never to somebody else's, and no address is told.
#include "daemons/notifier/addressed_channel.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

class Remembering : public Channel {
 public:
  explicit Remembering(std::string& address) : address_(address) {}
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
    notice.person = person;
    return open(rule)->deliver(notice);
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
