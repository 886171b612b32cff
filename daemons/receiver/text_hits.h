// TextHits: what the lexicon found in each text of an order, and in all of them together. Pure.
//
// A later row may bring one text and not the other; so they are kept apart.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "common/domain/events.h"

namespace jieban {

// The texts that the lexicon looks at, by their names among the sealed fields.
inline constexpr std::string_view kTitle = "title";
inline constexpr std::string_view kContent = "content";
inline constexpr std::array<std::string_view, 2> kSearchedTexts = {kTitle, kContent};

// Tells in `facts` what was found in any of the texts: sorted, each once.
void join_hits(const std::optional<HitsByText>& hits, OrderFacts& facts);

// The hits after `later`: of a text that it brings those of `later`, of any other the known ones.
std::optional<HitsByText> merge_hits(const std::optional<HitsByText>& known,
                                     const OrderIntake& later);

}  // namespace jieban
