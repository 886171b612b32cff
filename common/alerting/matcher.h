// Matcher: one condition on the labels of an alert: level="red", unit!="", channel=~"wecom.*".
//
// A label that is missing is empty, so that != and !~ hold of it. Patterns match whole values.
// What fails and how: parse_* and check_* return `invalid` or `limit`.
// Thread rule: plain values, pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/alerting/labels.h"
#include "common/base/result.h"
#include "common/domain/fields.h"

namespace jieban {

enum class MatchKind : uint8_t { equal, not_equal, like, not_like };

std::string_view to_string(MatchKind kind);  // "=", "!=", "=~", "!~"
bool from_string(std::string_view text, MatchKind& out);

struct Matcher {
  std::string label;
  MatchKind kind = MatchKind::equal;
  std::string value;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("label", &Matcher::label);
    visit("kind", &Matcher::kind);
    visit("value", &Matcher::value);
  }
  bool operator==(const Matcher&) const = default;
};

constexpr size_t kMatchersMax = 16;

// `level="red"`; the quotes may be left out where the value has neither quotes nor blanks.
Result<Matcher> parse_matcher(std::string_view text);
// Several, with commas between: `unit=urban_office, level=~"blue|yellow"`.
Result<std::vector<Matcher>> parse_matchers(std::string_view text);
// The inverses: level="red".
std::string to_text(const Matcher& matcher);
std::string to_text(const std::vector<Matcher>& matchers);

Result<void> check_matcher(const Matcher& matcher);
Result<void> check_matchers(const std::vector<Matcher>& matchers);

bool matches(const Matcher& matcher, const LabelSet& labels);
// True of no matchers.
bool matches_all(const std::vector<Matcher>& matchers, const LabelSet& labels);

}  // namespace jieban
