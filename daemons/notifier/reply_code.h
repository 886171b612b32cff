// What a text message that came back acknowledges: a code, as people really type it.
//
// A message of ours asks for "1" or for its code. Beside a code may stand blanks, punctuation and
// words that say nothing else (`replies` of notices.yaml); such a word alone is a "1". Full-width
// forms count as what they stand for. Every other word makes the text one that acknowledges
// nothing: "1号楼着火" is news, and "没收到" the opposite.
// What fails and how: nothing. Thread rule: plain values, pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.h"
#include "common/domain/fields.h"

namespace jieban {

// Words of the street's own, in the rules: what they were on a day is in the stream.
struct ReplyWords {
  std::vector<std::string> acknowledge;  // beside a code, and alone for "1": 收到
  std::vector<std::string> beside;       // beside a code only: 回复

  template <class Visit>
  static void fields(Visit& visit) {
    visit("acknowledge", &ReplyWords::acknowledge);
    visit("beside", &ReplyWords::beside);
  }
  bool operator==(const ReplyWords&) const = default;
};

constexpr size_t kReplyWordsMax = 64;
constexpr size_t kReplyWordBytesMax = 36;  // twelve characters

// `invalid`, naming the word, for one that no reply can have: with a letter or digit of ASCII, a
// blank or punctuation in it. `limit` for too many.
Result<void> check_reply_words(const ReplyWords& words);

// One to twelve letters and digits; empty for a text that acknowledges nothing.
std::string reply_code(std::string_view text, const ReplyWords& words);

}  // namespace jieban
