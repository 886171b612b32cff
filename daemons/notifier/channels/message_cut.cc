#include "daemons/notifier/channels/message_cut.h"

#include <algorithm>

#include "common/base/text.h"

namespace jieban {
namespace {

constexpr std::string_view kRepeatMark = "（可能重复）";

size_t length_of(std::string_view text, TextUnit unit) {
  return unit == TextUnit::bytes ? text.size() : character_count(text);
}

bool is_continuation(char c) { return (c & 0xC0) == 0x80; }

std::string_view beginning_of(std::string_view text, size_t most, TextUnit unit) {
  if (unit == TextUnit::characters) return first_characters(text, most);
  size_t size = std::min(most, text.size());
  while (size > 0 && size < text.size() && is_continuation(text[size])) --size;
  return text.substr(0, size);
}

std::string suffix_of(size_t lines) { return "…（余" + std::to_string(lines) + "条）"; }

size_t lines_in(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  return size_t(std::ranges::count(text, '\n')) + 1;
}

// Of the text's lines those that `shown`, a beginning of it, does not hold to their ends.
size_t lines_missing(std::string_view text, std::string_view shown) {
  auto whole = size_t(std::ranges::count(shown, '\n'));
  if (shown.size() < text.size() && text[shown.size()] == '\n') ++whole;
  return lines_in(text) - std::min(whole, lines_in(text));
}

}  // namespace

// The more lines are missing, the longer the suffix, the less is shown: from one digit upwards.
std::string cut_message(std::string_view text, size_t most, TextUnit unit) {
  if (length_of(text, unit) <= most) return std::string(text);
  for (size_t widest = 9; length_of(suffix_of(widest), unit) <= most; widest = widest * 10 + 9) {
    std::string_view shown = beginning_of(text, most - length_of(suffix_of(widest), unit), unit);
    size_t missing = lines_missing(text, shown);
    if (missing <= widest) return std::string(shown) + suffix_of(missing);
  }
  return std::string(beginning_of(text, most, unit));
}

std::string shown_text(const OutgoingNotice& notice) {
  return notice.possible_repeat ? std::string(kRepeatMark) + notice.text : notice.text;
}

}  // namespace jieban
