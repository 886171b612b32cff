#include "common/alerting/heartbeat.h"

#include <algorithm>
#include <utility>

namespace jieban {

HeartbeatChange beat(HeartbeatRow& row, Timestamp at) {
  if (at < row.last_at) return HeartbeatChange::none;
  row.last_at = at;
  return std::exchange(row.silent, false) ? HeartbeatChange::came_back : HeartbeatChange::none;
}

HeartbeatChange check_heartbeat(HeartbeatRow& row, Duration timeout, Timestamp now) {
  if (silent_at(row, timeout) > now) return HeartbeatChange::none;
  row.silent = true;
  return HeartbeatChange::fell_silent;
}

Timestamp silent_at(const HeartbeatRow& row, Duration timeout) {
  return row.silent || row.muted ? kTimestampMax : row.last_at + timeout;
}

}  // namespace jieban
