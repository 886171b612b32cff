#include "common/domain/livelihood_tag.h"

#include <array>

namespace jieban {
namespace {

constexpr LivelihoodGroup kSeven = LivelihoodGroup::seven_have;
constexpr LivelihoodGroup kFive = LivelihoodGroup::five_quality;

constexpr std::array<LivelihoodTag, 12> kTags = {{
    {"childcare", "幼有所育", kSeven},
    {"education", "学有所教", kSeven},
    {"work", "劳有所得", kSeven},
    {"health", "病有所医", kSeven},
    {"elderly", "老有所养", kSeven},
    {"housing", "住有所居", kSeven},
    {"support", "弱有所扶", kSeven},
    {"convenience", "便利性", kFive},
    {"liveability", "宜居性", kFive},
    {"diversity", "多样性", kFive},
    {"fairness", "公正性", kFive},
    {"safety", "安全性", kFive},
}};

}  // namespace

std::span<const LivelihoodTag> livelihood_tags() { return kTags; }

const LivelihoodTag* find_livelihood_tag(std::string_view text) {
  for (const LivelihoodTag& tag : kTags) {
    if (tag.code == text || tag.chinese == text) return &tag;
  }
  return nullptr;
}

}  // namespace jieban
