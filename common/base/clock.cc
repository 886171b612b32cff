#include "common/base/clock.h"

#include <array>
#include <charconv>
#include <cstdio>

namespace jieban {
namespace {

constexpr int kYearMin = 1970;
constexpr int kYearMax = 2200;

bool parse_digits(std::string_view text, size_t at, size_t count, unsigned& out) {
  if (at + count > text.size()) return false;
  const char* begin = text.data() + at;
  auto [end, error] = std::from_chars(begin, begin + count, out);
  return error == std::errc() && end == begin + count;
}

void put_pair(std::string& text, size_t at, unsigned value) {
  text[at] = char('0' + value / 10);
  text[at + 1] = char('0' + value % 10);
}

std::string format_unusual(const CivilTime& c) {
  std::array<char, 40> buffer{};
  int size = std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02u %02u:%02u:%02u", c.year,
                           c.month, c.day, c.hour, c.minute, c.second);
  return {buffer.data(), size_t(size)};
}

}  // namespace

CivilTime to_civil(Timestamp at) {
  auto local = at + kShanghaiOffset;
  auto days = std::chrono::floor<std::chrono::days>(local);
  std::chrono::year_month_day date(days);
  std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(local - days));
  return {int(date.year()),
          unsigned(date.month()),
          unsigned(date.day()),
          unsigned(time.hours().count()),
          unsigned(time.minutes().count()),
          unsigned(time.seconds().count())};
}

std::optional<Timestamp> from_civil(const CivilTime& civil) {
  using namespace std::chrono;
  year_month_day date{year(civil.year), month(civil.month), day(civil.day)};
  if (!date.ok() || civil.year < kYearMin || civil.year > kYearMax) return std::nullopt;
  if (civil.hour > 23 || civil.minute > 59 || civil.second > 59) return std::nullopt;
  return Timestamp(sys_days(date)) + hours(civil.hour) + minutes(civil.minute) +
         seconds(civil.second) - kShanghaiOffset;
}

std::string format_local(Timestamp at) {
  const CivilTime c = to_civil(at);
  // The calendar has five digits and signs too; our streams and orders never do.
  if (c.year < 0 || c.year > 9999) return format_unusual(c);
  std::string text = "0000-00-00 00:00:00";
  put_pair(text, 0, unsigned(c.year) / 100);
  put_pair(text, 2, unsigned(c.year) % 100);
  put_pair(text, 5, c.month);
  put_pair(text, 8, c.day);
  put_pair(text, 11, c.hour);
  put_pair(text, 14, c.minute);
  put_pair(text, 17, c.second);
  return text;
}

std::string format_date(Timestamp at) { return format_local(at).substr(0, 10); }

std::optional<Timestamp> parse_local(std::string_view text) {
  if (text.size() != 19 || text[4] != '-' || text[7] != '-' || text[13] != ':' || text[16] != ':' ||
      (text[10] != ' ' && text[10] != 'T')) {
    return std::nullopt;
  }
  CivilTime c;
  unsigned year = 0;
  bool digits = parse_digits(text, 0, 4, year) && parse_digits(text, 5, 2, c.month) &&
                parse_digits(text, 8, 2, c.day) && parse_digits(text, 11, 2, c.hour) &&
                parse_digits(text, 14, 2, c.minute) && parse_digits(text, 17, 2, c.second);
  if (!digits) return std::nullopt;
  c.year = int(year);
  return from_civil(c);
}

Timestamp SystemClock::now() const {
  return std::chrono::floor<Duration>(std::chrono::system_clock::now());
}

Timestamp AcceleratedClock::now() const {
  return origin_ + (SystemClock().now() - anchor_) * speed_;
}

Duration monotonic_now() {
  return std::chrono::floor<Duration>(std::chrono::steady_clock::now().time_since_epoch());
}

}  // namespace jieban
