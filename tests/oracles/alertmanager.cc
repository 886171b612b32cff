#include "tests/oracles/alertmanager.h"

#include <cmath>

namespace jieban::oracles {
namespace {

std::optional<uint64_t> span_of(const Value& said, std::string_view key) {
  if (!is_given(said, key)) return std::nullopt;
  return uint64_t(micros_of(*said.find(key)));
}

void add_matchers(const Value& said, std::string_view key, MatchKind kind, RouteNode& node) {
  if (!is_given(said, key)) return;
  for (Matcher& matcher : matchers_of(*said.find(key), kind)) {
    node.matchers.push_back(std::move(matcher));
  }
}

}  // namespace

const Value& member(const Value& row, std::string_view key) {
  static const Value kNone;
  const Value* found = row.find(key);
  EXPECT_NE(found, nullptr) << key;
  return found == nullptr ? kNone : *found;
}

LabelSet labels_at(const Value& row, std::string_view key) {
  LabelSet labels;
  for (const auto& [name, value] : *member(row, key).object()) labels[name] = *value.string();
  return labels;
}

std::vector<Matcher> matchers_of(const Value& said, MatchKind kind) {
  std::vector<Matcher> matchers;
  if (said.string() != nullptr) {
    auto parsed = parse_matcher(*said.string());
    EXPECT_TRUE(parsed.ok());
    if (parsed.ok()) matchers.push_back(*parsed);
    return matchers;
  }
  for (const auto& [name, value] : *said.object())
    matchers.push_back({name, kind, *value.string()});
  return matchers;
}

int64_t micros_of(const Value& seconds) {
  if (seconds.integer() != nullptr) return *seconds.integer() * 1'000'000;
  return std::llround(*seconds.number() * 1e6);
}

Timestamp instant_at(const Value& row, std::string_view key) {
  return from_micros(micros_of(member(row, key)));
}

void add_route(const Value& said, size_t parent, RouteTree& tree) {
  RouteNode node;
  node.parent = parent;
  add_matchers(said, "match", MatchKind::equal, node);
  add_matchers(said, "match_re", MatchKind::like, node);
  node.continues = is_given(said, "continue") && *said.find("continue")->boolean();
  if (is_given(said, "receiver")) node.receiver = text_at(said, "receiver");
  if (is_given(said, "group_by")) {
    node.group_by.emplace();
    for (const Value& name : *said.find("group_by")->array()) {
      node.group_by->push_back(*name.string());
    }
  }
  node.group_wait_micros = span_of(said, "group_wait");
  node.group_interval_micros = span_of(said, "group_interval");
  node.repeat_interval_micros = span_of(said, "repeat_interval");
  const size_t at = tree.size();
  tree.push_back(std::move(node));
  if (!is_given(said, "routes")) return;
  for (const Value& child : *said.find("routes")->array()) add_route(child, at, tree);
}

}  // namespace jieban::oracles
