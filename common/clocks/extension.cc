#include "common/clocks/extension.h"

#include <algorithm>
#include <array>

namespace jieban {
namespace {

constexpr std::array<std::string_view, 5> kWords = {"", "extension_expired", "extension_earlier",
                                                    "extension_count", "extension_length"};

}  // namespace

std::string_view to_string(ExtensionFault fault) { return kWords.at(size_t(fault)); }

Duration extension_length(const ClassRules& rules) {
  const int64_t period = rules.due ? rules.due->span : 0;
  return Duration(rules.extension.length.value_or(period));
}

ExtensionFault judge_extension(const ClassRules& rules, const ExtensionQuestion& question) {
  const Timestamp used_until = std::min(question.now, question.paused_since.value_or(question.now));
  if (question.due < used_until) return ExtensionFault::expired;
  if (question.wanted <= question.due) return ExtensionFault::earlier;
  if (question.approved >= rules.extension.count) return ExtensionFault::count;
  if (question.wanted - question.due > extension_length(rules)) return ExtensionFault::length;
  return ExtensionFault::none;
}

}  // namespace jieban
