#include "common/alerting/matcher.h"

#include <algorithm>
#include <array>
#include <utility>

#include "common/alerting/pattern.h"
#include "common/base/text.h"

namespace jieban {
namespace {

constexpr std::array<std::pair<MatchKind, std::string_view>, 4> kKinds = {{
    {MatchKind::not_equal, "!="},
    {MatchKind::like, "=~"},
    {MatchKind::not_like, "!~"},
    {MatchKind::equal, "="},  // last: it begins another
}};

bool is_pattern(MatchKind kind) { return kind == MatchKind::like || kind == MatchKind::not_like; }

Result<std::string> unquote(std::string_view text) {
  if (!text.starts_with('"')) {
    if (text.find_first_of("\" \t") == std::string_view::npos) return std::string(text);
    return invalid("put the value into quotes: " + std::string(text));
  }
  std::string value;
  size_t at = 1;
  for (; at < text.size() && text[at] != '"'; ++at) {
    if (text[at] == '\\' && at + 1 < text.size()) ++at;
    value += text[at];
  }
  if (at + 1 != text.size()) return invalid("the quotes do not close: " + std::string(text));
  return value;
}

// Between conditions, outside of quotes.
std::vector<std::string> split_matchers(std::string_view text) {
  std::vector<std::string> parts(1);
  bool quoted = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\\' && quoted && i + 1 < text.size()) {
      parts.back() += c;
      parts.back() += text[++i];
      continue;
    }
    if (c == '"') quoted = !quoted;
    if (c == ',' && !quoted) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

}  // namespace

std::string_view to_string(MatchKind kind) {
  for (const auto& [each, sign] : kKinds) {
    if (each == kind) return sign;
  }
  return "=";
}

bool from_string(std::string_view text, MatchKind& out) {
  for (const auto& [kind, sign] : kKinds) {
    if (sign != text) continue;
    out = kind;
    return true;
  }
  return false;
}

Result<Matcher> parse_matcher(std::string_view text) {
  text = trim(text);
  const size_t at = text.find_first_of("=!");
  if (at == std::string_view::npos) {
    return invalid("a condition is label=\"value\", or with !=, =~ or !~: " + std::string(text));
  }
  for (const auto& [kind, sign] : kKinds) {
    if (!text.substr(at).starts_with(sign)) continue;
    auto value = unquote(trim(text.substr(at + sign.size())));
    if (!value.ok()) return value.error();
    Matcher matcher{std::string(trim(text.substr(0, at))), kind, std::move(*value)};
    RETURN_IF_ERROR(check_matcher(matcher));
    return matcher;
  }
  return invalid("a condition has =, !=, =~ or !~: " + std::string(text));
}

Result<std::vector<Matcher>> parse_matchers(std::string_view text) {
  std::vector<Matcher> matchers;
  for (const std::string& part : split_matchers(text)) {
    auto matcher = parse_matcher(part);
    if (!matcher.ok()) return matcher.error();
    matchers.push_back(std::move(*matcher));
  }
  return matchers;
}

std::string to_text(const Matcher& matcher) {
  const std::string quoted = label_text({{"v", matcher.value}});  // {v="..."}
  return matcher.label + std::string(to_string(matcher.kind)) + quoted.substr(3, quoted.size() - 4);
}

std::string to_text(const std::vector<Matcher>& matchers) {
  std::string text;
  for (const Matcher& each : matchers) text += (text.empty() ? "" : ", ") + to_text(each);
  return text;
}

Result<void> check_matcher(const Matcher& matcher) {
  if (!is_label_name(matcher.label)) {
    return invalid("'" + matcher.label + "' is no name of a label");
  }
  if (is_pattern(matcher.kind)) return check_pattern(matcher.value);
  if (matcher.value.size() <= kLabelValueMax) return {};
  return Error{ErrorCode::limit, "no label is longer than " + std::to_string(kLabelValueMax)};
}

Result<void> check_matchers(const std::vector<Matcher>& matchers) {
  if (matchers.size() > kMatchersMax) {
    return Error{ErrorCode::limit, "more than " + std::to_string(kMatchersMax) + " conditions"};
  }
  for (const Matcher& matcher : matchers) {
    auto checked = check_matcher(matcher);
    if (!checked.ok()) return checked.error().context(to_text(matcher));
  }
  return {};
}

bool matches(const Matcher& matcher, const LabelSet& labels) {
  const std::string& value = label_of(labels, matcher.label);
  const bool same =
      is_pattern(matcher.kind) ? matches_pattern(matcher.value, value) : matcher.value == value;
  return same == (matcher.kind == MatchKind::equal || matcher.kind == MatchKind::like);
}

bool matches_all(const std::vector<Matcher>& matchers, const LabelSet& labels) {
  return std::ranges::all_of(matchers, [&](const Matcher& each) { return matches(each, labels); });
}

}  // namespace jieban
