// The strict tree under Document and Settings: what is left of a YAML file when everything that
// could mislead is refused. Private to common/config.
//
// Promises: one document; UTF-8 without control characters; maps with scalar keys that occur once;
// no anchors, aliases, merge keys or tags; depth limited while parsing; scalars kept as written,
// with whether they were quoted; a position for every node.
// What fails and how: parse_yaml gives every issue it found, and what is left of the tree without
// the refused parts. An issue that ends the parse (syntax, depth, a second document) leaves no
// tree. Thread rule: a tree is immutable once built.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/base/result.h"
#include "common/config/document.h"

namespace jieban {

struct YamlPosition {
  int line = 1;
  int column = 1;
  auto operator<=>(const YamlPosition&) const = default;
};

struct YamlNode {
  NodeKind kind = NodeKind::null;
  bool quoted = false;
  YamlPosition position{};
  std::string text{};                                        // of a scalar
  std::vector<YamlNode> values{};                            // of a list or a map
  std::vector<std::pair<std::string, YamlPosition>> keys{};  // of a map, beside `values`
  std::map<std::string, size_t, std::less<>> index{};        // key -> place in `values`

  const YamlNode* find(std::string_view key) const;
};

struct YamlIssue {
  YamlPosition position;
  std::string message;
  ErrorCode code = ErrorCode::invalid;
};

struct YamlTree {
  std::string name;  // of the file, for messages
  YamlNode root;
  std::vector<YamlIssue> issues;
  bool complete = true;  // the parse reached the end

  // "file:line:column: message", one a line, in the order of the file. REQUIRES: issues.
  Error error() const;
};

YamlTree parse_yaml(std::string_view text, std::string name);

}  // namespace jieban
