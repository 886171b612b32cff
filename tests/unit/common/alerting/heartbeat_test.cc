#include "common/alerting/heartbeat.h"

#include "tests/unit/common/alerting/payloads.h"

namespace jieban {
namespace {

using std::chrono::seconds;

TEST(Heartbeat, FallsSilentOnceAtItsTime) {
  HeartbeatRow row{second(0)};
  EXPECT_EQ(silent_at(row, seconds(60)), second(60));
  EXPECT_EQ(check_heartbeat(row, seconds(60), second(59)), HeartbeatChange::none);
  EXPECT_EQ(check_heartbeat(row, seconds(60), second(60)), HeartbeatChange::fell_silent);
  EXPECT_EQ(check_heartbeat(row, seconds(60), second(61)), HeartbeatChange::none);
  EXPECT_EQ(silent_at(row, seconds(60)), kTimestampMax);
}

TEST(Heartbeat, ABeatPutsItOffOrEndsIt) {
  HeartbeatRow row{second(0)};
  EXPECT_EQ(beat(row, second(30)), HeartbeatChange::none);
  EXPECT_EQ(check_heartbeat(row, seconds(60), second(60)), HeartbeatChange::none);
  EXPECT_EQ(check_heartbeat(row, seconds(60), second(90)), HeartbeatChange::fell_silent);
  EXPECT_EQ(beat(row, second(29)), HeartbeatChange::none);  // an old one, late
  EXPECT_EQ(beat(row, second(95)), HeartbeatChange::came_back);
  EXPECT_EQ(silent_at(row, seconds(60)), second(155));
}

TEST(Heartbeat, AMutedOneIsNeverSilent) {
  HeartbeatRow row{second(0), false, true};
  EXPECT_EQ(check_heartbeat(row, seconds(60), second(9999)), HeartbeatChange::none);
}

TEST(Heartbeat, IsAPayload) { expect_payload(HeartbeatRow{second(5), true, true}); }

}  // namespace
}  // namespace jieban
