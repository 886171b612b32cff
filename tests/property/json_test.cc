// Two parsers, one meaning: what the fast one takes, the thorough one takes as the same value. A
// seed makes the text: well-formed JSON, some of it damaged, some of it mere tokens.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>

#include "common/base/random.h"
#include "common/json/plain_json.h"
#include "common/json/thorough_json.h"

namespace jieban {
namespace {

constexpr std::array<std::string_view, 48> kTokens = {"{",
                                                      "}",
                                                      "[",
                                                      "]",
                                                      ",",
                                                      ":",
                                                      "\"",
                                                      "\\",
                                                      "\"a\"",
                                                      "\"b\"",
                                                      "\"接\"",
                                                      "null",
                                                      "true",
                                                      "false",
                                                      "0",
                                                      "-0",
                                                      "1",
                                                      "-1",
                                                      "01",
                                                      "1.0",
                                                      "-0.0",
                                                      "1e5",
                                                      "1E400",
                                                      "1e-400",
                                                      "0.1",
                                                      "1.",
                                                      ".5",
                                                      "e",
                                                      "9223372036854775807",
                                                      "18446744073709551615",
                                                      "18446744073709551616",
                                                      "-9223372036854775809",
                                                      " ",
                                                      "\n",
                                                      "\t",
                                                      "\x01",
                                                      "\xff",
                                                      "\xe6\x8e",
                                                      "\xed\xa0\x80",
                                                      "\xef\xbb\xbf",
                                                      "\"\\u63a5\"",
                                                      "\"\\ud83d\\ude00\"",
                                                      "\"\\ud800\"",
                                                      "\"\\n\"",
                                                      "\"\\x\"",
                                                      "\"\\u12\"",
                                                      "//",
                                                      "NaN"};

std::string_view token(SeededRandom& random) { return kTokens[random.below(kTokens.size())]; }

void append_value(SeededRandom& random, size_t depth, std::string& out) {
  const uint64_t kind = random.below(depth > 4 ? 4 : 7);
  if (kind == 5 || kind == 6) {
    const bool object = kind == 5;
    out += object ? '{' : '[';
    const uint64_t count = random.below(20);
    for (uint64_t i = 0; i < count; ++i) {
      if (i > 0) out += random.below(4) == 0 ? " ,\n" : ",";
      if (object) out += "\"k" + std::to_string(random.below(60)) + "\":";
      append_value(random, depth + 1, out);
    }
    out += object ? '}' : ']';
  } else if (kind == 4) {
    out += "\"" + std::string(random.below(40), 'x') + "接诉即办\\n\"";
  } else if (kind == 3) {
    out += std::to_string(int64_t(random.next())) + "." + std::to_string(random.below(1000)) + "e" +
           std::to_string(int64_t(random.below(640)) - 320);
  } else if (kind == 2) {
    out += std::to_string(random.next() >> random.below(64));
  } else {
    out += random.below(2) == 0 ? "null" : "-" + std::to_string(random.below(100000));
  }
}

std::string text_of(SeededRandom& random) {
  std::string text;
  if (random.below(4) == 0) {
    for (uint64_t i = random.below(12) + 1; i > 0; --i) text += token(random);
    return text;
  }
  append_value(random, 0, text);
  for (uint64_t damage = random.below(3); damage > 0; --damage) {
    const size_t at = random.below(text.size() + 1);
    switch (random.below(3)) {
      case 0:
        text.insert(at, token(random));
        break;
      case 1:
        text.erase(at, random.below(4));
        break;
      default:
        if (at < text.size()) text[at] = char(random.below(255) + 1);
    }
  }
  return text;
}

RC_GTEST_PROP(JsonProperty, TheFastParserAgreesWithTheThoroughOneOrGivesUp, (uint64_t seed)) {
  SeededRandom random(seed);
  const JsonLimits json_limits{
      .bytes_max = 1 << 20U, .depth_max = random.below(8) + 1, .nodes_max = random.below(200) + 1};
  for (int i = 0; i < 100; ++i) {
    const std::string text = text_of(random);
    auto plain = parse_plain_json(text, json_limits);
    auto thorough = parse_json_thoroughly(text, json_limits);
    if (!plain) continue;
    RC_ASSERT(thorough.ok());
    RC_ASSERT(*plain == *thorough);
    RC_ASSERT(to_json(*plain) == to_json(*thorough));
  }
}

// Without this the property above could hold by giving up always.
RC_GTEST_PROP(JsonProperty, WhatIsWellFormedIsTakenByTheFastParser, (uint64_t seed)) {
  SeededRandom random(seed);
  std::string text;
  append_value(random, 0, text);
  auto thorough = parse_json_thoroughly(text, {});
  RC_ASSERT(bool(parse_plain_json(text, {})) == thorough.ok());
}

}  // namespace
}  // namespace jieban
