// Goal: the table says what DOMAIN §15 says, of each vendor that has a limit.
#include "daemons/notifier/channels/vendor_limits.h"

#include <gtest/gtest.h>

#include <set>

namespace jieban {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

void expect_window(const VendorLimit* limit, size_t at, uint64_t count, Duration per) {
  ASSERT_NE(limit, nullptr);
  ASSERT_LT(at, limit->windows.size());
  EXPECT_EQ(limit->windows[at].count, count);
  EXPECT_EQ(limit->windows[at].per, per);
}

TEST(VendorLimits, AreThoseOfTheVendors) {
  expect_window(vendor_limit_of(ChannelKind::wecom_robot), 0, 20, minutes(1));
  expect_window(vendor_limit_of(ChannelKind::dingtalk_robot), 0, 20, minutes(1));
  expect_window(vendor_limit_of(ChannelKind::feishu_robot), 0, 5, seconds(1));
  expect_window(vendor_limit_of(ChannelKind::feishu_robot), 1, 100, minutes(1));
  EXPECT_EQ(vendor_limit_of(ChannelKind::wecom_robot)->penalty, seconds(60));
  EXPECT_EQ(vendor_limit_of(ChannelKind::dingtalk_robot)->penalty, seconds(600));
  EXPECT_EQ(vendor_limit_of(ChannelKind::wecom_robot)->text_max, 2048U);
  EXPECT_EQ(vendor_limit_of(ChannelKind::ums_sms)->text_max, 402U);
  EXPECT_EQ(vendor_limit_of(ChannelKind::ums_sms)->unit, TextUnit::characters);
  EXPECT_EQ(vendor_limit_of(ChannelKind::spool), nullptr);
}

TEST(VendorLimits, EachRowIsOneKindAndSaysWhereItIsFrom) {
  std::set<ChannelKind> kinds;
  for (const VendorLimit& limit : vendor_limits()) {
    EXPECT_TRUE(kinds.insert(limit.kind).second);
    EXPECT_FALSE(limit.source.empty());
    for (const RateWindow& window : limit.windows) {
      EXPECT_GT(window.count, 0U);
      EXPECT_GT(window.per, Duration::zero());
    }
  }
}

}  // namespace
}  // namespace jieban
