#include "common/calendar/civil.h"

#include <array>

namespace jieban {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::year_month_day;

constexpr int kYearMin = 1900;
constexpr int kYearMax = 2999;

// -1 when one of them is no digit.
int digits(std::string_view text, size_t at, size_t count) {
  int value = 0;
  for (const char c : text.substr(at, count)) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

void put(char* out, size_t count, unsigned value) {
  for (; count > 0; value /= 10) out[--count] = char('0' + value % 10);
}

void put_date(char* out, Date date) {
  const year_month_day day(date);
  put(out, 4, unsigned(int(day.year())));
  out[4] = out[7] = '-';
  put(out + 5, 2, unsigned(day.month()));
  put(out + 8, 2, unsigned(day.day()));
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const int year = digits(text, 0, 4);
  const int month = digits(text, 5, 2);
  const int day = digits(text, 8, 2);
  if (year < kYearMin || year > kYearMax || month < 0 || day < 0) return std::nullopt;
  const year_month_day date{std::chrono::year(year), std::chrono::month(unsigned(month)),
                            std::chrono::day(unsigned(day))};
  if (!date.ok()) return std::nullopt;
  return Date(date);
}

std::optional<WallTime> parse_wall(std::string_view text) {
  if (text.size() != 19 || (text[10] != ' ' && text[10] != 'T')) return std::nullopt;
  if (text[13] != ':' || text[16] != ':') return std::nullopt;
  const auto date = parse_date(text.substr(0, 10));
  const int hour = digits(text, 11, 2);
  const int minute = digits(text, 14, 2);
  const int second = digits(text, 17, 2);
  if (!date || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
    return std::nullopt;
  }
  return *date + hours(hour) + minutes(minute) + seconds(second);
}

std::string to_text(Date date) {
  std::array<char, 10> out{};
  put_date(out.data(), date);
  return {out.data(), out.size()};
}

std::string to_text(WallTime wall) {
  const Date date = date_of(wall);
  const auto second = unsigned(std::chrono::floor<seconds>(wall - date).count());
  std::array<char, 19> out{};
  put_date(out.data(), date);
  out[10] = ' ';
  put(out.data() + 11, 2, second / 3600);
  out[13] = out[16] = ':';
  put(out.data() + 14, 2, second / 60 % 60);
  put(out.data() + 17, 2, second % 60);
  return {out.data(), out.size()};
}

unsigned weekday_of(Date date) { return std::chrono::weekday(date).iso_encoding() - 1; }

int year_of(Date date) { return int(year_month_day(date).year()); }

Date date_of(WallTime wall) { return std::chrono::floor<std::chrono::days>(wall); }

Date new_year(int year) {
  return Date(std::chrono::year(year) / std::chrono::January / std::chrono::day(1));
}

}  // namespace jieban
