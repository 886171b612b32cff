#include "common/domain/date_text.h"

#include <array>
#include <charconv>
#include <cmath>
#include <optional>

#include "common/base/text.h"

namespace jieban {
namespace {

// Day 25569 is 1970-01-01 counted from 1899-12-30; the end is 2200-12-31, the clock's last year.
constexpr double kSerialEpoch = 25569;
constexpr double kSerialEnd = 109'939;
constexpr size_t kTextMax = 64;

enum class Half { none, morning, afternoon };

struct HalfWord {
  std::string_view word;
  Half half;
};
constexpr std::array<HalfWord, 8> kHalfWords = {{{"上午", Half::morning},
                                                 {"下午", Half::afternoon},
                                                 {"AM", Half::morning},
                                                 {"PM", Half::afternoon},
                                                 {"am", Half::morning},
                                                 {"pm", Half::afternoon},
                                                 {"Am", Half::morning},
                                                 {"Pm", Half::afternoon}}};

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  bool done() const { return text_.empty(); }
  bool at_digit() const { return !text_.empty() && text_[0] >= '0' && text_[0] <= '9'; }
  void skip_blanks() {
    while (take(" ")) {
    }
  }
  bool take(std::string_view word) {
    if (!text_.starts_with(word)) return false;
    text_.remove_prefix(word.size());
    return true;
  }
  bool take_one_of(std::string_view characters) {
    if (text_.empty() || characters.find(text_[0]) == std::string_view::npos) return false;
    text_.remove_prefix(1);
    return true;
  }
  bool number(size_t digits_min, size_t digits_max, unsigned& out) {
    size_t count = 0;
    while (count < text_.size() && text_[count] >= '0' && text_[count] <= '9') ++count;
    if (count < digits_min || count > digits_max) return false;
    std::from_chars(text_.data(), text_.data() + count, out);
    text_.remove_prefix(count);
    return true;
  }
  void skip_digits() {
    while (at_digit()) text_.remove_prefix(1);
  }

 private:
  std::string_view text_;
};

struct Reading {
  CivilTime civil;
  Half half = Half::none;
  std::chrono::minutes offset = kShanghaiOffset;
};

bool read_date(Scanner& in, CivilTime& civil) {
  unsigned year = 0;
  if (!in.number(4, 4, year)) return false;
  civil.year = int(year);
  if (in.take("年")) {
    return in.number(1, 2, civil.month) && in.take("月") && in.number(1, 2, civil.day) &&
           (in.take("日") || in.take("号"));
  }
  for (std::string_view separator : {"-", "/", "."}) {
    if (!in.take(separator)) continue;
    return in.number(1, 2, civil.month) && in.take(separator) && in.number(1, 2, civil.day);
  }
  return false;
}

bool read_month_first(Scanner& in, CivilTime& civil) {
  unsigned year = 0;
  bool read = in.number(1, 2, civil.month) && in.take("/") && in.number(1, 2, civil.day) &&
              in.take("/") && in.number(4, 4, year);
  civil.year = int(year);
  return read;
}

Half read_half(Scanner& in) {
  for (const HalfWord& each : kHalfWords) {
    if (in.take(each.word)) return each.half;
  }
  return Half::none;
}

bool read_clock(Scanner& in, CivilTime& civil) {
  if (!in.number(1, 2, civil.hour)) return false;
  if (in.take("时") || in.take("点")) {
    if (!in.at_digit()) return true;
    if (!in.number(1, 2, civil.minute)) return false;
    if (!in.take("分")) return in.done();
    return !in.at_digit() || (in.number(1, 2, civil.second) && in.take("秒"));
  }
  if (!in.take(":") || !in.number(1, 2, civil.minute)) return false;
  if (!in.take(":")) return true;
  if (!in.number(1, 2, civil.second)) return false;
  if (in.take(".")) in.skip_digits();
  return true;
}

bool read_offset(Scanner& in, std::chrono::minutes& offset) {
  if (in.done()) return true;
  if (in.take("Z")) {
    offset = std::chrono::minutes(0);
    return true;
  }
  bool east = in.take("+");
  unsigned hours = 0;
  unsigned minutes = 0;
  if (!east && !in.take("-")) return false;
  if (!in.number(2, 2, hours) || !in.take(":") || !in.number(2, 2, minutes)) return false;
  if (hours > 14 || minutes > 59) return false;
  offset = std::chrono::minutes(int(hours * 60 + minutes) * (east ? 1 : -1));
  return true;
}

bool read_all(std::string_view text, DateStyle style, Reading& out) {
  Scanner in(text);
  Scanner other = in;
  bool dated = read_date(in, out.civil);
  if (!dated && style == DateStyle::month_first) {
    in = other;
    dated = read_month_first(in, out.civil);
  }
  if (!dated) return false;
  if (in.take("T") || in.take("t")) {
    if (!in.at_digit()) return false;
  }
  in.skip_blanks();
  if (in.done()) return true;
  out.half = read_half(in);
  in.skip_blanks();
  if (!read_clock(in, out.civil)) return false;
  in.skip_blanks();
  if (out.half == Half::none) out.half = read_half(in);
  return read_offset(in, out.offset) && in.done();
}

// 12 in the morning is midnight, as Excel's 上午/下午 has it; 下午 15:30 is written by people.
bool apply_half(Half half, unsigned& hour) {
  if (half == Half::none) return true;
  if (half == Half::morning) {
    if (hour > 12) return false;
    if (hour == 12) hour = 0;
    return true;
  }
  if (hour >= 1 && hour < 12) hour += 12;
  return hour >= 12 && hour <= 23;
}

bool all_digits(std::string_view text) {
  return text.find_first_not_of("0123456789") == std::string_view::npos;
}

unsigned digits(std::string_view text, size_t at, size_t count) {
  unsigned value = 0;
  std::from_chars(text.data() + at, text.data() + at + count, value);
  return value;
}

CivilTime from_digits(std::string_view text) {
  CivilTime civil;
  civil.year = int(digits(text, 0, 4));
  civil.month = digits(text, 4, 2);
  civil.day = digits(text, 6, 2);
  if (text.size() == 14) {
    civil.hour = digits(text, 8, 2);
    civil.minute = digits(text, 10, 2);
    civil.second = digits(text, 12, 2);
  }
  return civil;
}

std::optional<Timestamp> from_serial(std::string_view text) {
  double serial = 0;
  const char* last = text.data() + text.size();
  auto [end, error] = std::from_chars(text.data(), last, serial, std::chars_format::fixed);
  if (error != std::errc() || end != last || !(serial >= kSerialEpoch && serial <= kSerialEnd)) {
    return std::nullopt;
  }
  // To the nearest second: a serial holds about a microsecond, and Excel shows seconds.
  int64_t seconds = std::llround((serial - kSerialEpoch) * 86400);
  return Timestamp(std::chrono::seconds(seconds)) - kShanghaiOffset;
}

Result<Timestamp> checked(const CivilTime& civil, std::chrono::minutes offset) {
  auto at = from_civil(civil);
  if (!at) return invalid("日期或时间不存在");
  return *at + kShanghaiOffset - offset;
}

}  // namespace

Result<Timestamp> parse_date_text(std::string_view raw, DateStyle style) {
  if (auto usual = parse_local(raw)) return *usual;
  if (raw.size() > kTextMax) return invalid("不是可识别的时间格式");
  std::string text = clean_code(raw);
  replace_all(text, "：", ":");
  bool plain = (text.size() == 14 || text.size() == 8) && all_digits(text);
  if (plain) return checked(from_digits(text), kShanghaiOffset);
  if (auto at = from_serial(text)) return *at;
  Reading reading;
  if (!read_all(text, style, reading)) return invalid("不是可识别的时间格式");
  if (!apply_half(reading.half, reading.civil.hour)) return invalid("日期或时间不存在");
  return checked(reading.civil, reading.offset);
}

}  // namespace jieban
