// Goal: what smsd leaves in its folders finds its way through the real notifier: the notice is
// delivered, and the reply "1" acknowledges the alert.
#include <gtest/gtest.h>

#include "tests/integration/smstools/fake_modem.h"
#include "tests/integration/smstools/smsd.h"
#include "tests/support/ringing_site.h"
#include "tests/support/wait_until.h"

namespace jieban {
namespace {

constexpr Duration kDaemonPatience = std::chrono::seconds(60);

std::string modem_channel(const std::string& folder) {
  return "  - {name: modem, kind: smstools_sms, target: " + folder + ", method: sms}\n";
}

TEST(SmstoolsDaemon, AReceiptAndAReplyComeBack) {
  FakeModem modem;
  Smsd smsd(modem.port());
  ASSERT_TRUE(smsd.start());
  RingingSite site(modem_channel(smsd.root()));
  site.start();
  ASSERT_TRUE(site.raise({"DaemonDown"}, kDaemonPatience)) << site.logs();
  EXPECT_TRUE(site.all_become({"DaemonDown"}, "delivered", kDaemonPatience))
      << site.logs() << smsd.logs();
  ASSERT_EQ(modem.sent().size(), 1U);
  EXPECT_EQ(modem.sent()[0].to, std::string("86") + RingingSite::kPhone);
  EXPECT_EQ(site.count_events("alert.acknowledged"), 0U);
  modem.receive("8613912345678", "1");  // nobody's
  modem.receive(std::string("86") + RingingSite::kPhone, "1");
  EXPECT_TRUE(
      wait_until([&] { return site.count_events("alert.acknowledged") == 1; }, kDaemonPatience))
      << site.logs() << smsd.logs();
  EXPECT_TRUE(wait_until([&] { return smsd.files("incoming") == 0; }, kDaemonPatience));
  for (const char* folder : {"sent", "report", "told"}) EXPECT_EQ(smsd.files(folder), 0U) << folder;
}

// What comes while the notifier is down waits in smsd's folders.
TEST(SmstoolsDaemon, NothingIsLostWhileTheNotifierIsDown) {
  FakeModem modem;
  Smsd smsd(modem.port());
  ASSERT_TRUE(smsd.start());
  RingingSite site(modem_channel(smsd.root()));
  site.start();
  ASSERT_TRUE(site.raise({"DaemonDown"}, kDaemonPatience)) << site.logs();
  ASSERT_TRUE(wait_until([&] { return site.count_events("notice.sent") == 1; }, kDaemonPatience));
  site.kill();
  modem.receive(std::string("86") + RingingSite::kPhone, "1");
  EXPECT_TRUE(wait_until([&] { return smsd.files("incoming") == 1; }, kDaemonPatience))
      << smsd.logs();
  site.start();
  EXPECT_TRUE(
      wait_until([&] { return site.count_events("alert.acknowledged") == 1; }, kDaemonPatience))
      << site.logs();
  EXPECT_TRUE(site.all_become({"DaemonDown"}, "delivered", kDaemonPatience)) << site.logs();
}

}  // namespace
}  // namespace jieban
