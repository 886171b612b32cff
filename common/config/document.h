// Documents: rule tables, directories and lexicons in YAML, read as a strict tree with positions.
//
// Promises: see yaml_tree.h: one UTF-8 document, no duplicate keys, no anchors, aliases, merge keys
// or tags, bounded size and depth. Nothing is guessed: a scalar is what its reader asks for,
// written in the one way scalar.h knows, or an error. What fails and how: every error is `invalid`
// (or `limit`, `not_found`, `io` for the file itself) and begins with "file:line:column: ", ready
// to be shown to an administrator. A reader that finds a fault of meaning says so with
// node.error("..."). Thread rule: a Document is immutable; any number of threads may read it. A
// Node points into its Document, which must outlive it.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/clock.h"
#include "common/base/result.h"
#include "common/base/value.h"

namespace jieban {

struct YamlNode;
struct YamlTree;

enum class NodeKind { null, scalar, list, map };

class Node {
 public:
  NodeKind kind() const;

  // The value of a key of a map.
  Result<Node> required(std::string_view key) const;
  // Empty when there is no such key, or no map: call only_keys() first, which refuses the latter.
  std::optional<Node> optional(std::string_view key) const;
  // The elements of a list.
  Result<std::vector<Node>> items() const;
  // The keys of a map in the order of the file.
  Result<std::vector<std::string>> keys() const;
  // Refuses what is no map, and keys that are not among `known`.
  Result<void> only_keys(std::initializer_list<std::string_view> known) const;

  // A scalar, quoted or not, as written.
  Result<std::string> text() const;
  // Unquoted scalars in the spelling of scalar.h.
  Result<int64_t> integer() const;
  Result<bool> boolean() const;
  Result<Duration> duration() const;

  Error error(std::string_view message) const;
  // The tree below as a Value: unquoted decimal integers and true/false become such, all else text.
  Value to_value() const;

 private:
  friend class Document;
  Node(const YamlTree* tree, const YamlNode* node) : tree_(tree), node_(node) {}
  Result<std::string> plain(std::string_view wanted) const;

  const YamlTree* tree_;
  const YamlNode* node_;
};

class Document {
 public:
  static Result<Document> load(const std::string& path, size_t size_max);
  // `name` stands for the file in messages.
  static Result<Document> parse(std::string_view text, const std::string& name);

  Document(Document&&) noexcept;
  Document& operator=(Document&&) noexcept;
  ~Document();

  Node root() const;
  const std::string& name() const;

 private:
  explicit Document(std::unique_ptr<const YamlTree> tree);
  std::unique_ptr<const YamlTree> tree_;
};

}  // namespace jieban
