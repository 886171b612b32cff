#include "daemons/receiver/link_text.h"

#include <algorithm>
#include <array>

#include "common/base/text.h"
#include "common/domain/words.h"

namespace jieban {
namespace {

constexpr std::array<std::string_view, 7> kSaysNothing = {"不详", "不明",   "未知",  "保密",
                                                          "匿名", "不提供", "未提供"};
constexpr std::string_view kCity = "北京市";
constexpr size_t kCountryDigits = 13;  // 86 and a mobile number
constexpr size_t kPhoneDigitsMin = 5;

bool says_nothing(std::string_view text) {
  return text.empty() || is_placeholder(text) ||
         std::ranges::find(kSaysNothing, text) != kSaysNothing.end();
}

void drop_start(std::string& text, std::string_view start) {
  if (!start.empty() && text.starts_with(start)) text.erase(0, start.size());
}

}  // namespace

std::string normal_phone(std::string_view text) {
  const bool number = std::ranges::all_of(text, [](char c) {
    return (c >= '0' && c <= '9') || std::string_view("+-() ").find(c) != std::string_view::npos;
  });
  if (says_nothing(text)) return {};
  if (!number) return std::string(text);
  std::string digits;
  std::ranges::copy_if(text, std::back_inserter(digits),
                       [](char c) { return c >= '0' && c <= '9'; });
  if (digits.size() == kCountryDigits && digits.starts_with("86")) digits.erase(0, 2);
  if (digits.size() < kPhoneDigitsMin) return {};
  return digits;
}

std::string normal_address(std::string_view text, std::string_view district,
                           std::string_view street) {
  std::string address = half_width(text);
  std::erase(address, ' ');
  for (std::string_view start : {kCity, district, street}) drop_start(address, start);
  if (says_nothing(address)) return {};
  return address;
}

}  // namespace jieban
