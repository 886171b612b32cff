#include "daemons/notifier/reply_code.h"

#include <algorithm>
#include <array>

#include "common/base/bytes.h"
#include "common/base/text.h"

namespace jieban {
namespace {

constexpr size_t kCodeMax = 12;
constexpr size_t kTextMax = 128;  // nobody acknowledges by a letter

// In the half-width form, what stands around and between words and says nothing. A question mark
// asks, and a sign may reckon.
constexpr std::array<std::string_view, 32> kNothing = {
    " ", "\t", "\r", "\n", "\u00A0", "\u200B", "\uFEFF", ".",  ",",  "!",  ";",
    ":", "\"", "'",  "(",  ")",      "[",      "]",      "~",  "。", "、", "…",
    "“", "”",  "‘",  "’",  "【",     "】",     "「",     "」", "《", "》"};

bool is_code_character(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

size_t nothing_at(std::string_view text) {
  const auto* found =
      std::ranges::find_if(kNothing, [&](std::string_view each) { return text.starts_with(each); });
  return found == kNothing.end() ? 0 : found->size();
}

// Runs of code characters, and runs of all else that says something.
std::vector<std::string_view> pieces_of(std::string_view text) {
  std::vector<std::string_view> pieces;
  while (!text.empty()) {
    if (const size_t skip = nothing_at(text); skip > 0) {
      text.remove_prefix(skip);
      continue;
    }
    const bool code = is_code_character(text[0]);
    size_t size = 1;
    while (size < text.size() && is_code_character(text[size]) == code &&
           nothing_at(text.substr(size)) == 0) {
      ++size;
    }
    pieces.push_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return pieces;
}

// One word behind the other, and nothing between.
bool consists_of(std::string_view piece, const std::vector<std::string>& words) {
  std::vector<bool> reached(piece.size() + 1);
  reached[0] = true;
  for (size_t at = 0; at < piece.size(); ++at) {
    if (!reached[at]) continue;
    for (const std::string& word : words) {
      if (!word.empty() && piece.substr(at).starts_with(word)) reached[at + word.size()] = true;
    }
  }
  return reached.back();
}

Result<void> check_word(const std::string& word) {
  const bool fits = !word.empty() && word.size() <= kReplyWordBytesMax && is_utf8(word);
  const bool plain = fits && !is_code_character(word[0]) && half_width(word) == word &&
                     pieces_of(word) == std::vector<std::string_view>{word};
  if (plain) return {};
  return invalid("a word of `replies` has 1 to 12 characters, and no letter or digit, blank or " +
                 std::string("punctuation: '") + (is_utf8(word) ? word : "") + "'");
}

}  // namespace

Result<void> check_reply_words(const ReplyWords& words) {
  for (const auto* list : {&words.acknowledge, &words.beside}) {
    if (list->size() > kReplyWordsMax) {
      return Error{ErrorCode::limit,
                   "more than " + std::to_string(kReplyWordsMax) + " words of `replies`"};
    }
    for (const std::string& word : *list) RETURN_IF_ERROR(check_word(word));
  }
  return {};
}

std::string reply_code(std::string_view text, const ReplyWords& words) {
  if (text.size() > kTextMax || !is_utf8(text)) return {};
  std::vector<std::string> all = words.acknowledge;
  all.insert(all.end(), words.beside.begin(), words.beside.end());
  const std::string narrow = half_width(text);
  std::string code;
  bool acknowledged = false;
  for (std::string_view piece : pieces_of(narrow)) {
    if (is_code_character(piece[0])) {
      if (!code.empty() || piece.size() > kCodeMax) return {};
      code = piece;
      continue;
    }
    acknowledged = acknowledged || consists_of(piece, words.acknowledge);
    if (!consists_of(piece, all)) return {};
  }
  if (code.empty() && acknowledged) return "1";
  return code;
}

}  // namespace jieban
