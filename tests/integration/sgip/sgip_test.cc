// Goal: an SMG that takes a message over one connection and brings its receipt and the reply over
// another is understood by the real notifier.
#include <gtest/gtest.h>

#include "common/base/file.h"
#include "common/http/address.h"
#include "tests/support/ringing_site.h"
#include "tests/support/sgip_smg.h"
#include "tests/support/temp_dir.h"
#include "tests/support/wait_until.h"

namespace jieban {
namespace {

constexpr Duration kPatience = std::chrono::seconds(60);
constexpr const char* kAccount =
    "login_name: demo\npassword: pass\narea_code: '010'\ncorp_id: '12345'\n"
    "sp_number: '10655000'\n";

uint16_t idle_port() { return port_of(*listen_on("127.0.0.1:0", false)); }

struct SgipDaemon : testing::Test {
  explicit SgipDaemon(const SmgPlan& plan = {}) : smg(plan) {
    CHECK(write_file(dir.path("account.yaml"), kAccount, 0600).ok());
  }
  std::string channel(uint16_t port) const {
    return "  - {name: sgip, kind: sgip_sms, target: \"sgip://" + smg.address() +
           "\", account_file: " + dir.path("account.yaml") +
           ", method: sms, listen: \"127.0.0.1:" + std::to_string(port) + "\"}\n";
  }
  // The SMG gets through to the port.
  static bool comes_to_bind(uint16_t port) {
    return wait_until([&] { return SmgCaller(port).bind("demo", "pass") == 0; }, kPatience);
  }

  TempDir dir;
  SgipSmg smg;
};

SmgPlan refusing_the_second_part() {
  SmgPlan plan;
  plan.submit_results = {0, 8};
  return plan;
}

struct SgipRefusesTheSecondPart : SgipDaemon {
  SgipRefusesTheSecondPart() : SgipDaemon(refusing_the_second_part()) {}
};

TEST_F(SgipDaemon, AReceiptAndAReplyComeBack) {
  const uint16_t port = idle_port();
  RingingSite site(channel(port));
  site.start();
  ASSERT_TRUE(site.raise({"DaemonDown"}, kPatience)) << site.logs();
  ASSERT_TRUE(site.all_become({"DaemonDown"}, "sent", kPatience)) << site.logs();
  ASSERT_EQ(smg.submits().size(), 1U);
  ASSERT_TRUE(comes_to_bind(port)) << site.logs();
  SmgCaller caller(port);
  ASSERT_EQ(caller.bind("demo", "pass"), 0);
  EXPECT_EQ(caller.report(smg.submits()[0].sequence, 0), 0);
  EXPECT_TRUE(site.all_become({"DaemonDown"}, "delivered", Duration(0))) << site.logs();
  EXPECT_EQ(caller.report(std::string(12, '\7'), 0), 0) << "unknown: it need not come again";
  EXPECT_EQ(caller.deliver("8613912345678", "1", 0), 0) << "nobody's";
  EXPECT_EQ(site.count_events("alert.acknowledged"), 0U);
  EXPECT_EQ(caller.deliver(std::string("86") + RingingSite::kPhone, "1", 0), 0);
  EXPECT_EQ(site.count_events("alert.acknowledged"), 1U) << site.logs();
  EXPECT_TRUE(caller.unbind());
  EXPECT_EQ(smg.faults(), std::vector<std::string>{});
}

// A text of two parts; the daemon is killed between their receipts, and one comes twice.
TEST_F(SgipDaemon, AMessageInPartsIsDeliveredWhenAllItsPartsAre) {
  const uint16_t port = idle_port();
  RingingSite site(channel(port));
  site.start();
  const std::string name = "LongName" + std::string(80, 'x');
  ASSERT_TRUE(site.raise({name}, kPatience)) << site.logs();
  ASSERT_TRUE(site.all_become({name}, "sent", kPatience)) << site.logs();
  const auto parts = smg.submits();
  ASSERT_EQ(parts.size(), 2U);
  const auto report = [&](size_t part) {
    if (!comes_to_bind(port)) return false;
    SmgCaller caller(port);
    return caller.bind("demo", "pass") == 0 && caller.report(parts[part].sequence, 0) == 0;
  };
  EXPECT_TRUE(report(1));
  site.kill();
  site.start();
  EXPECT_TRUE(report(1));
  EXPECT_TRUE(site.all_become({name}, "sent", kPatience)) << "half a text is none\n" << site.logs();
  EXPECT_TRUE(report(0));
  EXPECT_TRUE(site.all_become({name}, "delivered", kPatience)) << site.logs();
  EXPECT_EQ(site.count_events("notice.delivered"), 1U);
  EXPECT_EQ(smg.faults(), std::vector<std::string>{});
}

// Its code 8 is for good: a further attempt would only repeat the first part.
TEST_F(SgipRefusesTheSecondPart, WhatItWillNeverTakeIsNotSentAgain) {
  RingingSite site(channel(idle_port()));
  site.start();
  const std::string name = "LongName" + std::string(80, 'x');
  ASSERT_TRUE(site.raise({name}, kPatience)) << site.logs();
  EXPECT_TRUE(site.all_become({name}, "abandoned", kPatience)) << site.logs();
  EXPECT_EQ(site.count_events("notice.attempted"), 1U);
  EXPECT_EQ(smg.submits().size(), 2U);
}

// Killed with the SUBMIT at the gateway and nothing of its answer committed: the number that the
// receipt names is known from the attempt's begin.
TEST_F(SgipDaemon, AReceiptOfAMessageThatAKillCutOffIsKnown) {
  SmgPlan mute;
  mute.on_submit = SmgManner::silent;
  SgipSmg first(mute);
  const uint16_t port = idle_port();
  std::string silent = channel(port);
  silent.replace(silent.find(smg.address()), smg.address().size(), first.address());
  RingingSite site(silent);
  site.start();
  ASSERT_TRUE(site.raise({"DaemonDown"}, kPatience)) << site.logs();
  ASSERT_TRUE(wait_until([&] { return first.submits().size() == 1; }, kPatience)) << site.logs();
  site.change_channels(channel(port));
  site.kill();
  site.start();
  ASSERT_TRUE(site.all_become({"DaemonDown"}, "sent", kPatience)) << site.logs();
  ASSERT_TRUE(comes_to_bind(port)) << site.logs();
  SmgCaller caller(port);
  ASSERT_EQ(caller.bind("demo", "pass"), 0);
  EXPECT_EQ(caller.report(first.submits()[0].sequence, 0), 0);
  EXPECT_TRUE(site.all_become({"DaemonDown"}, "delivered", kPatience)) << site.logs();
}

TEST_F(SgipDaemon, APortInUseDoesNotStopTheDaemonAndThePortFollowsTheRules) {
  auto held = listen_on("127.0.0.1:0", false);
  ASSERT_TRUE(held.ok());
  RingingSite site(channel(port_of(*held)));
  site.start();
  ASSERT_TRUE(site.raise({"First"}, kPatience)) << site.logs();
  EXPECT_TRUE(site.all_become({"First"}, "sent", kPatience)) << "it goes on sending";
  EXPECT_TRUE(wait_until([&] {
    auto metrics = site.site().ops("notifier").get("/metrics");
    return metrics.ok() &&
           metrics->text.find("jieban_return_down{channel=\"sgip\"} 1") != std::string::npos;
  }));
  EXPECT_NE(site.logs().find("return_way_down"), std::string::npos);
  const uint16_t port = idle_port();
  site.change_channels(channel(port));
  EXPECT_TRUE(comes_to_bind(port)) << site.logs();
}

}  // namespace
}  // namespace jieban
