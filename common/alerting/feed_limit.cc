#include "common/alerting/feed_limit.h"

#include <algorithm>

namespace jieban {
namespace {

Duration span_of(uint64_t micros) { return Duration(static_cast<int64_t>(micros)); }

Duration limit_at(const FeedRules& feed, const TimeIntervals& times, Timestamp at) {
  for (const FeedTimeout& each : feed.timeouts) {
    if (times.is_inside(each.within, at)) return span_of(each.timeout_micros);
  }
  return span_of(feed.otherwise_micros);
}

Duration longest_limit(const FeedRules& feed) {
  Duration longest = span_of(feed.otherwise_micros);
  for (const FeedTimeout& each : feed.timeouts) {
    longest = std::max(longest, span_of(each.timeout_micros));
  }
  return longest;
}

}  // namespace

// From one change of the limit to the next. Ends: beyond the longest limit every limit is reached.
Duration silent_after(const FeedRules& feed, const TimeIntervals& times, Timestamp last) {
  const Timestamp latest = last + longest_limit(feed);
  Timestamp from = last;
  while (true) {
    const Timestamp reached = std::max(from, last + limit_at(feed, times, from));
    Timestamp until = kTimestampMax;
    for (const FeedTimeout& each : feed.timeouts) {
      until = std::min(until, times.next_change(each.within, from, latest));
    }
    if (reached < until) return reached - last;
    from = until;
  }
}

}  // namespace jieban
