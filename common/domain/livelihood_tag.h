// The twelve tags of 七有五性 (DOMAIN §6.6): what of a citizen's life an order is about.
//
// A code is for machines and for ever; its Chinese is what people read. Which category has which
// tags is data (config/categories.yaml), and not official. Pure; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace jieban {

enum class LivelihoodGroup : uint8_t { seven_have, five_quality };

struct LivelihoodTag {
  std::string_view code;     // "housing"
  std::string_view chinese;  // "住有所居"
  LivelihoodGroup group = LivelihoodGroup::seven_have;
};

// In the order of the official list.
std::span<const LivelihoodTag> livelihood_tags();
// By code or by its Chinese; null when there is no such tag.
const LivelihoodTag* find_livelihood_tag(std::string_view text);

}  // namespace jieban
