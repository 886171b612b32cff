#include "common/calendar/instant_text.h"

#include <algorithm>

#include "common/calendar/civil.h"

namespace jieban {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr size_t kWallSize = 19;  // "2026-07-18T04:05:06"
constexpr size_t kDateSize = 10;
constexpr size_t kFractionMax = 9;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// ".25" at the beginning, cut at microseconds and taken away; nullopt where no digit follows, or
// too many do.
std::optional<Duration> take_fraction(std::string_view& text) {
  if (!text.starts_with('.')) return Duration(0);
  text.remove_prefix(1);
  int64_t micros = 0;
  int64_t unit = 100'000;
  size_t count = 0;
  for (; count < text.size() && is_digit(text[count]); ++count, unit /= 10) {
    micros += unit * (text[count] - '0');
  }
  text.remove_prefix(count);
  if (count == 0 || count > kFractionMax) return std::nullopt;
  return Duration(micros);
}

// "Z", "+08:00", "-05:00".
std::optional<Duration> parse_offset(std::string_view text) {
  if (text == "Z" || text == "z") return Duration(0);
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
  for (const size_t i : {1U, 2U, 4U, 5U}) {
    if (!is_digit(text[i])) return std::nullopt;
  }
  const int hour = (text[1] - '0') * 10 + text[2] - '0';
  const int minute = (text[4] - '0') * 10 + text[5] - '0';
  if (hour > 23 || minute > 59) return std::nullopt;
  const Duration offset = hours(hour) + minutes(minute);
  return text[0] == '-' ? -offset : offset;
}

}  // namespace

std::string to_rfc3339(Timestamp at) {
  std::string text = to_text(WallTime(at.time_since_epoch()));
  text[10] = 'T';
  return text + 'Z';
}

std::optional<Timestamp> parse_rfc3339(std::string_view text) {
  if (text.size() <= kWallSize || text[kDateSize] != 'T') return std::nullopt;
  const auto wall = parse_wall(text.substr(0, kWallSize));
  if (!wall) return std::nullopt;
  text.remove_prefix(kWallSize);
  const auto fraction = take_fraction(text);
  const auto offset = parse_offset(text);
  if (!fraction || !offset) return std::nullopt;
  const Timestamp at(wall->time_since_epoch() + *fraction - *offset);
  return to_micros(at) < 0 ? std::nullopt : std::optional(at);
}

std::string to_ics_time(Timestamp at) {
  std::string text = to_rfc3339(at);
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return text;
}

}  // namespace jieban
