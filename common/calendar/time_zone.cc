#include "common/calendar/time_zone.h"

#include <absl/time/civil_time.h>
#include <absl/time/time.h>

#include <algorithm>

namespace jieban {
namespace {

// The library also takes paths and names of its own ("file:...", "localtime", "Fixed/..."); a
// calendar names a zone of tzdata and nothing else.
bool is_zone_name(std::string_view name) {
  if (name.empty() || name.front() == '/' || name.find("..") != std::string_view::npos) {
    return false;
  }
  if (name == "localtime" || name.starts_with("Fixed/")) return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' ||
           c == '_' || c == '-' || c == '+';
  });
}

WallTime wall_of(absl::CivilSecond second) {
  return WallTime(std::chrono::seconds(second - absl::CivilSecond()));
}

}  // namespace

struct TimeZone::Impl {
  std::string name;
  absl::TimeZone zone;

  absl::TimeZone::TimeInfo at(WallTime wall) const {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(wall.time_since_epoch());
    return zone.At(absl::CivilSecond() + seconds.count());
  }
};

Result<TimeZone> TimeZone::load(const std::string& name) {
  if (!is_zone_name(name)) return invalid("\"" + name + "\" is no name of a time zone");
  auto impl = std::make_shared<Impl>();
  impl->name = name;
  if (!absl::LoadTimeZone(name, &impl->zone)) {
    return Error{ErrorCode::not_found,
                 "the time zone \"" + name + "\" is not in tzdata; is the package installed?"};
  }
  return TimeZone(std::move(impl));
}

const std::string& TimeZone::name() const { return impl_->name; }

WallTime TimeZone::wall(Timestamp at) const {
  const absl::TimeZone::CivilInfo info = impl_->zone.At(absl::FromUnixMicros(to_micros(at)));
  return WallTime(at.time_since_epoch() + std::chrono::seconds(info.offset));
}

Timestamp TimeZone::instant(WallTime wall) const {
  const Duration part = wall - std::chrono::floor<std::chrono::seconds>(wall);
  return from_micros(absl::ToUnixMicros(impl_->at(wall).pre)) + part;
}

Timestamp TimeZone::boundary(WallTime wall) const {
  const absl::TimeZone::TimeInfo info = impl_->at(wall);
  if (info.kind != absl::TimeZone::TimeInfo::SKIPPED) return instant(wall);
  return from_micros(absl::ToUnixMicros(info.trans));
}

Timestamp TimeZone::last_boundary(WallTime wall) const {
  const absl::TimeZone::TimeInfo info = impl_->at(wall);
  if (info.kind != absl::TimeZone::TimeInfo::REPEATED) return boundary(wall);
  return boundary(wall) + Duration(absl::ToInt64Microseconds(info.post - info.pre));
}

std::vector<ClockJump> TimeZone::jumps(Timestamp after, Timestamp until) const {
  std::vector<ClockJump> found;
  absl::Time at = absl::FromUnixMicros(to_micros(after));
  absl::TimeZone::CivilTransition change;
  while (impl_->zone.NextTransition(at, &change)) {
    const absl::Time then = impl_->zone.At(std::min(change.from, change.to)).trans;
    if (then <= at || then > absl::FromUnixMicros(to_micros(until))) break;
    if (change.from < change.to) found.push_back({wall_of(change.from), wall_of(change.to)});
    at = then;
  }
  return found;
}

}  // namespace jieban
