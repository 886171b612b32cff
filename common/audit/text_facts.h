// What the door tells of a text before it is sealed: its length, which marks of the word lists it
// has, and its signature. Nothing of the text itself.
//
// A mark is found when one of its words occurs. In a word, '#' stands for a number, Arabic or
// Chinese: "#月#日", "第#条". Fails: never. Thread rule: pure functions.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "common/audit/text_signature.h"
#include "common/domain/audit_note.h"

namespace jieban {

struct TextRules {
  std::map<std::string, std::vector<std::string>> marks;  // words by the name of the mark
  std::vector<std::string> places;                        // masked in a signature
};

// REQUIRES: UTF-8. Without `hash`, no signature.
TextFacts text_facts(const TextRules& rules, std::string_view text, const GramHash& hash);

}  // namespace jieban
