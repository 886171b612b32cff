#include "daemons/notifier/rfc3339.h"

#include <charconv>

namespace jieban {
namespace {

constexpr size_t kSecondsEnd = 19;  // "2026-07-18T04:05:06"
constexpr size_t kFractionMax = 9;

std::optional<int64_t> digits(std::string_view text) {
  int64_t number = 0;
  auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool all = failure == std::errc() && end == text.data() + text.size();
  if (!all || text.front() == '-') return std::nullopt;
  return number;
}

// ".5" is half a second; takes it off the front of `rest`.
std::optional<Duration> take_fraction(std::string_view& rest) {
  if (!rest.starts_with('.')) return Duration::zero();
  size_t count = rest.substr(1).find_first_not_of("0123456789");
  if (count == std::string_view::npos || count == 0 || count > kFractionMax) return std::nullopt;
  std::string part(rest.substr(1, count));
  rest.remove_prefix(1 + count);
  part.resize(6, '0');
  auto micros = digits(part);
  if (!micros) return std::nullopt;
  return Duration(*micros);
}

// "Z" or "+08:00": how far the written time is ahead of UTC.
std::optional<Duration> zone_of(std::string_view text) {
  if (text == "Z" || text == "z") return Duration::zero();
  constexpr size_t kZoneSize = 6;
  if (text.size() != kZoneSize || text[3] != ':') return std::nullopt;
  if (text[0] != '+' && text[0] != '-') return std::nullopt;
  auto hours = digits(text.substr(1, 2));
  auto minutes = digits(text.substr(4, 2));
  constexpr int64_t kHours = 24;
  constexpr int64_t kMinutes = 60;
  if (!hours || !minutes || *hours >= kHours || *minutes >= kMinutes) return std::nullopt;
  const Duration ahead = std::chrono::hours(*hours) + std::chrono::minutes(*minutes);
  return text[0] == '-' ? -ahead : ahead;
}

}  // namespace

std::optional<Timestamp> read_rfc3339(std::string_view text) {
  if (text.size() <= kSecondsEnd || text[10] != 'T') return std::nullopt;
  // Read as if it were Shanghai's, then moved by what it really is.
  auto wall = parse_local(text.substr(0, kSecondsEnd));
  if (!wall) return std::nullopt;
  std::string_view rest = text.substr(kSecondsEnd);
  auto fraction = take_fraction(rest);
  if (!fraction) return std::nullopt;
  auto ahead = zone_of(rest);
  if (!ahead) return std::nullopt;
  const Timestamp at = *wall + kShanghaiOffset + *fraction - *ahead;
  if (to_micros(at) < 0) return std::nullopt;
  return at;
}

bool is_zero_time(std::string_view text) { return text.starts_with("0001-01-01T00:00:00"); }

}  // namespace jieban
