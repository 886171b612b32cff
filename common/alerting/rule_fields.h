// RuleFields: reads the members of one map of a rule file into a struct, and keeps the first error.
//
// So that a reader is a list of its fields. A member that is not required and missing leaves its
// place as it is. What fails and how: outcome() is the first error, with file:line:column.
// Thread rule: a value of one reader.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/config/document.h"

namespace jieban {

enum class Need : uint8_t { required, optional };

class RuleFields {
 public:
  // Refuses keys that are not among `known`.
  RuleFields(Node node, std::initializer_list<std::string_view> known)
      : node_(node), outcome_(node.only_keys(known)) {}

  void text(std::string_view key, Need need, std::string& out);
  void text(std::string_view key, std::optional<std::string>& out);
  void flag(std::string_view key, bool& out);
  void whole(std::string_view key, Need need, uint64_t& out);
  // Microseconds; zero is allowed.
  void span(std::string_view key, Need need, uint64_t& out);
  void span(std::string_view key, std::optional<uint64_t>& out);
  void texts(std::string_view key, Need need, std::vector<std::string>& out);

  // `take` is called with the member's node.
  template <class Take>
  void read(std::string_view key, Need need, Take take) {
    if (!outcome_.ok()) return;
    if (need == Need::optional && !node_.optional(key)) return;
    auto node = node_.required(key);
    outcome_ = node.ok() ? take(*node) : Result<void>(node.error());
  }
  // With the node of each element of a list.
  template <class Take>
  void each(std::string_view key, Need need, Take take) {
    read(key, need, [&](Node list) -> Result<void> {
      auto items = list.items();
      if (!items.ok()) return items.error();
      for (const Node& item : *items) RETURN_IF_ERROR(take(item));
      return {};
    });
  }
  // With the name and the node of each member of a map.
  template <class Take>
  void each_named(std::string_view key, Need need, Take take) {
    read(key, need, [&](Node map) -> Result<void> { return for_each_named(map, take); });
  }
  // A text, turned into a value by `parse` (a Result); its errors get the place of the text.
  template <class T, class Parse>
  static Result<void> parsed(Node node, Parse parse, T& out) {
    auto said = node.text();
    if (!said.ok()) return said.error();
    auto value = parse(*said);
    if (!value.ok()) return node.error(value.error().message);
    out = std::move(*value);
    return {};
  }
  template <class Take>
  static Result<void> for_each_named(Node map, Take take) {
    auto keys = map.keys();
    if (!keys.ok()) return keys.error();
    for (const std::string& name : *keys) {
      auto value = map.required(name);
      if (!value.ok()) return value.error();
      RETURN_IF_ERROR(take(name, *value));
    }
    return {};
  }

  const Result<void>& outcome() const { return outcome_; }

 private:
  Node node_;
  Result<void> outcome_;
};

// Puts the place of `node` before what a check found wrong.
Result<void> placed(Node node, const Result<void>& checked);

}  // namespace jieban
