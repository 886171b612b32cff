#include "common/audit/text_facts.h"

#include <algorithm>
#include <array>

#include "common/base/text.h"

namespace jieban {
namespace {

constexpr std::array<std::string_view, 15> kNumerals = {
    "〇", "零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "百", "千", "两"};

// Every number as one '#'.
std::string with_numbers_masked(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    size_t length = 1;
    bool numeral = text.front() >= '0' && text.front() <= '9';
    for (std::string_view each : kNumerals) {
      if (!text.starts_with(each)) continue;
      numeral = true;
      length = each.size();
    }
    if (!numeral) out += text.front();
    if (numeral && !out.ends_with('#')) out += '#';
    text.remove_prefix(length);
  }
  return out;
}

}  // namespace

TextFacts text_facts(const TextRules& rules, std::string_view text, const GramHash& hash) {
  TextFacts facts;
  const std::string narrow = half_width(trim(text));
  const std::string masked = with_numbers_masked(narrow);
  facts.characters = character_count(narrow);
  for (const auto& [mark, words] : rules.marks) {
    const bool found = std::ranges::any_of(words, [&](const std::string& word) {
      const bool with_number = word.find('#') != std::string::npos;
      return (with_number ? masked : narrow).find(word) != std::string::npos;
    });
    if (found) facts.marks.push_back(mark);
  }
  if (!hash) return facts;
  std::string signature = text_signature(normalised_for_reuse(narrow, rules.places), hash);
  if (!signature.empty()) facts.signature = Bytes{std::move(signature)};
  return facts;
}

}  // namespace jieban
