#include "daemons/notifier/duty/duty_inputs.h"

#include <algorithm>
#include <array>

namespace jieban {
namespace {

constexpr std::array<std::string_view, 4> kDutyKinds = {"override", "leave", "swap", "temporary"};
constexpr std::array<std::string_view, 4> kDutyVerbs = {"accept", "approve", "refuse", "withdraw"};

template <class Enum, size_t kCount>
bool find_duty_word(const std::array<std::string_view, kCount>& words, std::string_view text,
                    Enum& out) {
  const auto found = std::ranges::find(words, text);
  if (found == words.end()) return false;
  out = Enum(found - words.begin());
  return true;
}

}  // namespace

std::string_view to_string(DutyKind kind) { return kDutyKinds[size_t(kind)]; }
bool from_string(std::string_view text, DutyKind& out) {
  return find_duty_word(kDutyKinds, text, out);
}

std::string_view to_string(DutyVerb verb) { return kDutyVerbs[size_t(verb)]; }
bool from_string(std::string_view text, DutyVerb& out) {
  return find_duty_word(kDutyVerbs, text, out);
}

}  // namespace jieban
