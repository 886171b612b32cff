#include "daemons/receiver/intake/order_number.h"

#include <algorithm>

#include "common/base/text.h"

namespace jieban {
namespace {

constexpr size_t kDigitsOfExcel = 15;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

size_t digits_at(std::string_view text, size_t at) {
  size_t count = 0;
  while (at + count < text.size() && is_digit(text[at + count])) ++count;
  return count;
}

// 2.50912E+17. Without point and sign (12E5) it may be a number that somebody really gave, unless
// the cell itself is a number.
bool is_scientific(std::string_view text, bool number) {
  size_t at = digits_at(text, 0);
  if (at == 0) return false;
  bool telling = number;
  if (at < text.size() && text[at] == '.') {
    telling = true;
    at += 1 + digits_at(text, at + 1);
  }
  if (at >= text.size() || (text[at] != 'e' && text[at] != 'E')) return false;
  ++at;
  if (at < text.size() && (text[at] == '+' || text[at] == '-')) {
    telling = true;
    ++at;
  }
  size_t exponent = digits_at(text, at);
  return telling && exponent > 0 && at + exponent == text.size();
}

// U+4E00..U+9FFF are the three-byte forms E4 B8 80 .. E9 BF BF.
bool is_han(std::string_view text, size_t at) {
  if (at + 3 > text.size()) return false;
  auto byte = [&](size_t i) { return static_cast<unsigned char>(text[at + i]); };
  unsigned code = (byte(0) & 0x0FU) << 12 | (byte(1) & 0x3FU) << 6 | (byte(2) & 0x3FU);
  return (byte(0) & 0xF0) == 0xE0 && code >= 0x4E00 && code <= 0x9FFF;
}

bool is_plain(char c) {
  return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == '-';
}

bool is_order_number(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    if (is_plain(text[at])) {
      ++at;
    } else if (is_han(text, at)) {
      at += 3;
    } else {
      return false;
    }
  }
  return true;
}

}  // namespace

Result<std::string> parse_order_number(std::string_view text, bool number) {
  std::string cleaned = clean_code(text);
  if (is_scientific(cleaned, number)) {
    return invalid("编号是科学计数法，末尾数字已丢失；请把该列设为文本格式后重新导出");
  }
  auto digits = std::count_if(cleaned.begin(), cleaned.end(), is_digit);
  if (number && size_t(digits) > kDigitsOfExcel) {
    return invalid("编号超过 15 位却存成了数字，末尾数字已不可靠；请把该列设为文本格式后重新导出");
  }
  if (!is_order_number(cleaned)) {
    return invalid("编号只能由数字、字母、汉字、下划线和连字符组成");
  }
  if (character_count(cleaned) > kOrderNumberMax) {
    return Error{ErrorCode::limit, "编号超过 " + std::to_string(kOrderNumberMax) + " 个字符"};
  }
  return cleaned;
}

}  // namespace jieban
