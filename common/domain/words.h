// The words of closed sets (DOMAIN §6.3), as sources write them, and what they mean here.
//
// The house's own identifiers are words too, so that a push may use them. Unknown words are no
// error: the caller keeps the text and takes `fallback`. Pure tables.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace jieban {

struct Word {
  std::string_view text;
  std::string_view value;
};

struct WordSet {
  std::string_view field;
  std::span<const Word> words;
  std::string_view fallback;  // what an unknown word gives; empty: the field stays empty
};

// nullptr when the field has no closed set.
const WordSet* find_words(std::string_view field);
// Empty when the word is not of the set.
std::optional<std::string_view> find_word(const WordSet& set, std::string_view text);

// 是/否, and how other columns say it: 有效/无效, 纳入/不纳入.
std::optional<bool> find_flag(std::string_view text);

// What stands in a cell that has no value: "-", "无", "NULL".
bool is_placeholder(std::string_view text);

}  // namespace jieban
