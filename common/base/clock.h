// Time: instants in UTC microseconds, and the Clock through which they come in.
//
// A core never asks what time it is: time arrives with the event or the tick. Only the skeleton
// and the edges own a Clock. Civil time is Asia/Shanghai, UTC+8 without daylight saving (DOMAIN
// §4.5), computed here and independent of the time zone of the host.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jieban {

using Duration = std::chrono::microseconds;
using Timestamp = std::chrono::time_point<std::chrono::system_clock, Duration>;

constexpr Timestamp from_micros(int64_t micros) { return Timestamp(Duration(micros)); }
constexpr int64_t to_micros(Timestamp at) { return at.time_since_epoch().count(); }
constexpr Timestamp kTimestampMax = from_micros(INT64_MAX);

constexpr std::chrono::hours kShanghaiOffset{8};

// A wall-clock reading in Asia/Shanghai.
struct CivilTime {
  int year = 1970;
  unsigned month = 1;
  unsigned day = 1;
  unsigned hour = 0;
  unsigned minute = 0;
  unsigned second = 0;
};

CivilTime to_civil(Timestamp at);
// Empty when there is no such date or time (2026-02-30, 25:00). Years 1970 to 2200.
std::optional<Timestamp> from_civil(const CivilTime& civil);
// "2026-02-03 04:05:06", Asia/Shanghai.
std::string format_local(Timestamp at);
// "2026-02-03", Asia/Shanghai.
std::string format_date(Timestamp at);
// The strict inverse of format_local; also takes 'T' between date and time.
std::optional<Timestamp> parse_local(std::string_view text);

class Clock {
 public:
  virtual ~Clock() = default;
  // Wall time; may step back when the host's clock is corrected.
  virtual Timestamp now() const = 0;
  // Real time until `span` of this clock has passed: they differ on an accelerated clock.
  virtual Duration real(Duration span) const { return span; }
};

class SystemClock : public Clock {
 public:
  Timestamp now() const override;
};

// For demonstrations: starts at `origin` when the real clock shows `anchor`, and runs `speed`
// times as fast. All daemons of one demonstration share the three figures.
class AcceleratedClock : public Clock {
 public:
  AcceleratedClock(Timestamp anchor, Timestamp origin, int64_t speed)
      : anchor_(anchor), origin_(origin), speed_(speed) {}
  Timestamp now() const override;
  Duration real(Duration span) const override { return span / speed_; }

 private:
  Timestamp anchor_;
  Timestamp origin_;
  int64_t speed_;
};

// Monotonic time for measuring spans; never goes into a core.
Duration monotonic_now();

}  // namespace jieban
