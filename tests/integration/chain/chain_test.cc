// Goal: what the monitoring finds rings a phone, and the phone's answer is heard; over another way
// when the first one is broken.
// Method: nothing stands in for anything: Debian's Alertmanager and Kannel with its fake telephone,
// our five processes, and `jieban` to look at what came of it. Only waits are shorter.
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>

#include "tests/integration/chain/chain_site.h"
#include "tests/support/wait_until.h"

namespace jieban {
namespace {

constexpr std::chrono::seconds kRings{40};

std::string down(const std::string& daemon) {
  return R"("alertname":"JiebanDaemonDown","severity":"critical","daemon":")" + daemon + '"';
}

class Chain : public testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(site_.start(), "") << site_.logs(); }
  void TearDown() override {
    if (HasFailure()) std::cerr << site_.logs();
  }
  static bool soon(const std::function<bool()>& condition) { return wait_until(condition, kRings); }
  // Raised, and opened by the notifier; its id.
  std::string raised(const std::string& daemon) {
    EXPECT_EQ(site_.alertmanager().raise(down(daemon)), "");
    EXPECT_TRUE(soon([&] { return !site_.alert_of(daemon).empty(); }));
    return site_.alert_of(daemon);
  }
  // Called over Kannel, rung, and delivered by Kannel's own word; the text.
  std::string expect_rung(const std::string& person, const std::string& number,
                          const std::string& alert) {
    EXPECT_TRUE(soon([&] { return !site_.on_phone(number).empty(); })) << person;
    const std::string notice = site_.call_to(person, "kannel", alert);
    EXPECT_TRUE(soon([&] { return site_.state_of(notice) == "delivered"; }))
        << notice << " is " << site_.state_of(notice);
    EXPECT_TRUE(site_.is_told("notice.sent", {{"notice_id", notice}}));
    EXPECT_TRUE(site_.is_told("notice.delivered", {{"notice_id", notice}}));
    return site_.on_phone(number);
  }
  void expect_answered(const std::string& person, const std::string& number,
                       const std::string& alert) {
    site_.text(number, "1");
    EXPECT_TRUE(soon([&] {
      return site_.is_told(
          "alert.acknowledged",
          {{"alert", alert}, {"person", person}, {"via", "reply"}, {"reason", "stopped"}});
    }));
  }

  mutable ChainSite site_;
};

TEST_F(Chain, TheAnswerOfThePhoneStopsTheLadderAndOneThatNobodyAnswersRingsTheNextPerson) {
  const std::string answered = raised("router");
  EXPECT_EQ(expect_rung("li", kLisPhone, answered).find("【提醒】router 无法访问（1项）"), 0U);
  expect_answered("li", kLisPhone, answered);

  // Raised later: when its second step is called, that of the first has long been due.
  const std::string unanswered = raised("archiver");
  EXPECT_NE(site_.call_to("li", "kannel", unanswered), "") << "the ladder begins with the watch";
  EXPECT_NE(expect_rung("zhou", kZhousPhone, unanswered), "");
  EXPECT_EQ(site_.call_to("zhou", "kannel", answered), "") << "the answer stopped the ladder";
  expect_answered("zhou", kZhousPhone, unanswered);

  for (const auto& [daemon, alert] : {std::pair("router", answered), {"archiver", unanswered}}) {
    EXPECT_FALSE(site_.is_told("alert.resolved", {{"alert", alert}}));
    EXPECT_EQ(site_.alertmanager().resolve(down(daemon)), "");
    EXPECT_TRUE(soon([&, id = alert] { return site_.is_told("alert.resolved", {{"alert", id}}); }));
  }
  EXPECT_EQ(site_.in_the_group(), std::vector<std::string>()) << "the phone was enough";
  EXPECT_EQ(site_.kannel().refused(), std::vector<std::string>());
}

TEST_F(Chain, ASilentDaemonIsToldInTheGroupWhileKannelIsBroken) {
  site_.kannel().stop_bearerbox();
  const std::string alert = raised("sla-watcher");
  const std::string call = site_.call_to("li", "kannel", alert);
  ASSERT_NE(call, "");
  ASSERT_TRUE(soon([&] { return !site_.call_to("li", "group", alert).empty(); }));
  EXPECT_EQ(site_.state_of(call), "abandoned");
  const std::string other = site_.call_to("li", "group", alert);
  EXPECT_TRUE(soon([&] { return site_.state_of(other) == "sent"; })) << site_.state_of(other);
  const auto holds = [&](const std::string& words) {
    const auto texts = site_.in_the_group();
    return std::ranges::any_of(
        texts, [&](const std::string& text) { return text.find(words) != std::string::npos; });
  };
  EXPECT_TRUE(holds("router 无法访问")) << "the summary of the alert";
  // That the channel is broken is told too, and not over the channel.
  EXPECT_TRUE(soon([&] { return holds("通道“kannel”连续发送失败"); }));
  EXPECT_EQ(site_.on_phone(kLisPhone), "");
}

}  // namespace
}  // namespace jieban
