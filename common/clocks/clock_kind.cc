#include "common/clocks/clock_kind.h"

#include <algorithm>

namespace jieban {
namespace {

constexpr std::array<std::string_view, 10> kKindWords = {
    "sign", "forward", "return", "contact", "internal", "audit", "due", "redo", "appeal", "review"};
constexpr std::array<std::string_view, 3> kSourceWords = {"rule", "order", "extension"};
constexpr std::array<std::string_view, 3> kCalendarWords = {"natural", "workday", "worktime"};
constexpr std::array<std::string_view, 2> kRoundingWords = {"exact", "day_end"};
constexpr std::array<std::string_view, 3> kReasonWords = {"return_pending", "awaiting_caller",
                                                          "court"};

// The place of a word in its list is its value.
template <class Word, size_t kCount>
bool find_word(const std::array<std::string_view, kCount>& words, std::string_view text,
               Word& out) {
  const auto found = std::ranges::find(words, text);
  if (found == words.end()) return false;
  out = Word(found - words.begin());
  return true;
}

}  // namespace

std::string_view to_string(ClockKind kind) { return kKindWords.at(size_t(kind)); }
bool from_string(std::string_view text, ClockKind& out) { return find_word(kKindWords, text, out); }

std::string_view to_string(ClockSource source) { return kSourceWords.at(size_t(source)); }
bool from_string(std::string_view text, ClockSource& out) {
  return find_word(kSourceWords, text, out);
}

std::string_view to_string(CalendarKind kind) { return kCalendarWords.at(size_t(kind)); }
bool from_string(std::string_view text, CalendarKind& out) {
  return find_word(kCalendarWords, text, out);
}

std::string_view to_string(Rounding rounding) { return kRoundingWords.at(size_t(rounding)); }
bool from_string(std::string_view text, Rounding& out) {
  return find_word(kRoundingWords, text, out);
}

std::string_view to_string(PauseReason reason) { return kReasonWords.at(size_t(reason)); }
bool from_string(std::string_view text, PauseReason& out) {
  return find_word(kReasonWords, text, out);
}

}  // namespace jieban
