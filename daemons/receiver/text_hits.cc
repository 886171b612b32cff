#include "daemons/receiver/text_hits.h"

#include <set>

namespace jieban {

void join_hits(const std::optional<HitsByText>& hits, OrderFacts& facts) {
  std::set<std::string> groups;
  std::set<std::string> words;
  for (const auto& [text, found] : hits.value_or(HitsByText())) {
    groups.insert(found.groups.begin(), found.groups.end());
    words.insert(found.words.begin(), found.words.end());
  }
  facts.keyword_groups.assign(groups.begin(), groups.end());
  facts.keywords.assign(words.begin(), words.end());
}

std::optional<HitsByText> merge_hits(const std::optional<HitsByText>& known,
                                     const OrderIntake& later) {
  HitsByText merged = known.value_or(HitsByText());
  for (std::string_view name : kSearchedTexts) {
    std::string text(name);
    if (!later.hashes.contains(text)) continue;
    merged.erase(text);
    if (later.hits && later.hits->contains(text)) merged[text] = later.hits->at(text);
  }
  if (merged.empty()) return std::nullopt;
  return merged;
}

}  // namespace jieban
