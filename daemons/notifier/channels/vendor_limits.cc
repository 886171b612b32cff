#include "daemons/notifier/channels/vendor_limits.h"

#include <algorithm>

namespace jieban {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr RateWindow kTwentyAMinute[] = {{20, minutes(1)}};
constexpr RateWindow kFeishuWindows[] = {{5, seconds(1)}, {100, minutes(1)}};

constexpr VendorLimit kLimits[] = {
    {ChannelKind::wecom_robot, kTwentyAMinute, minutes(1), kWecomTextMax, TextUnit::bytes,
     "DOMAIN §15.2: 20 a minute a robot, 45009 holds 60 s, text.content 2048 bytes"},
    {ChannelKind::dingtalk_robot, kTwentyAMinute, minutes(10), kDingtalkTextMax, TextUnit::bytes,
     "DOMAIN §15.4: 20 a minute a robot, beyond it nothing for 10 min; length: general knowledge"},
    {ChannelKind::feishu_robot, kFeishuWindows, seconds(0), kFeishuBodyMax, TextUnit::bytes,
     "DOMAIN §15.1 and §15.5: 5 a second and 100 a minute a robot, body 20 KB"},
    {ChannelKind::ums_sms,
     {},
     seconds(0),
     kUmsCharactersMax,
     TextUnit::characters,
     "DOMAIN §15.6: 402 characters, 1000 numbers a call; no rate is given"},
};

}  // namespace

std::span<const VendorLimit> vendor_limits() { return kLimits; }

const VendorLimit* vendor_limit_of(ChannelKind kind) {
  const auto* found = std::ranges::find(kLimits, kind, &VendorLimit::kind);
  return found == std::end(kLimits) ? nullptr : found;
}

}  // namespace jieban
