#include "common/config/scalar.h"

#include <array>
#include <charconv>
#include <span>

namespace jieban {
namespace {

struct Unit {
  std::string_view suffix;
  int64_t factor;
};

// Largest first, for printing.
constexpr std::array<Unit, 5> kSizeUnits = {{{"TiB", int64_t{1} << 40},
                                             {"GiB", int64_t{1} << 30},
                                             {"MiB", int64_t{1} << 20},
                                             {"KiB", int64_t{1} << 10},
                                             {"B", 1}}};
constexpr std::array<Unit, 6> kDurationUnits = {{{"d", 86'400'000'000},
                                                 {"h", 3'600'000'000},
                                                 {"m", 60'000'000},
                                                 {"s", 1'000'000},
                                                 {"ms", 1'000},
                                                 {"us", 1}}};

Error wrong(std::string_view text, std::string_view what) {
  constexpr size_t kQuotedBytesMax = 40;
  std::string quoted(text.substr(0, kQuotedBytesMax));
  // A cut inside a character would make the message ill-formed.
  while (text.size() > kQuotedBytesMax && !quoted.empty() &&
         (static_cast<unsigned char>(quoted.back()) & 0x80U) != 0) {
    quoted.pop_back();
  }
  if (quoted.size() < text.size()) quoted += "...";
  return invalid("\"" + quoted + "\" " + std::string(what));
}

Result<int64_t> parse_quantity(std::string_view text, std::span<const Unit> units,
                               std::string_view advice) {
  size_t digits = text.find_first_not_of("0123456789");
  if (digits == std::string_view::npos || digits == 0) return wrong(text, advice);
  auto count = parse_integer(text.substr(0, digits));
  if (!count.ok()) return wrong(text, advice);
  for (const Unit& unit : units) {
    if (text.substr(digits) != unit.suffix) continue;
    if (*count > INT64_MAX / unit.factor) return wrong(text, "is too large");
    return *count * unit.factor;
  }
  return wrong(text, advice);
}

std::string format_quantity(int64_t value, std::span<const Unit> units) {
  for (const Unit& unit : units) {
    if (value >= unit.factor && value % unit.factor == 0) {
      return std::to_string(value / unit.factor) + std::string(unit.suffix);
    }
  }
  return std::to_string(value) + std::string(units.back().suffix);
}

}  // namespace

Result<int64_t> parse_integer(std::string_view text) {
  constexpr std::string_view kAdvice = "is not a whole number; write it in decimal, such as 42";
  std::string_view digits = text.substr(text.starts_with('-') ? 1 : 0);
  bool leading_zero = digits.size() > 1 && digits[0] == '0';
  bool negative_zero = text == "-0";
  if (digits.empty() || leading_zero || negative_zero) return wrong(text, kAdvice);
  if (digits.find_first_not_of("0123456789") != std::string_view::npos) {
    return wrong(text, kAdvice);
  }
  int64_t value = 0;
  auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc() || end != text.data() + text.size()) {
    return wrong(text, "does not fit into 64 bits");
  }
  return value;
}

Result<size_t> parse_size(std::string_view text) {
  auto bytes = parse_quantity(text, kSizeUnits,
                              "is not a size; write a number and B, KiB, MiB, GiB or TiB, such as "
                              "64KiB");
  if (!bytes.ok()) return bytes.error();
  return size_t(*bytes);
}

Result<Duration> parse_duration(std::string_view text) {
  auto micros = parse_quantity(text, kDurationUnits,
                               "is not a duration; write a number and us, ms, s, m, h or d, such "
                               "as 30s");
  if (!micros.ok()) return micros.error();
  return Duration(*micros);
}

Result<bool> parse_boolean(std::string_view text) {
  if (text == "true") return true;
  if (text == "false") return false;
  return wrong(text, "is not a switch; write true or false");
}

std::string format_size(size_t bytes) { return format_quantity(int64_t(bytes), kSizeUnits); }

std::string format_duration(Duration span) {
  // Zero reads better in seconds.
  if (span == Duration::zero()) return "0s";
  return format_quantity(span.count(), kDurationUnits);
}

}  // namespace jieban
