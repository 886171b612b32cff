#include "common/config/document.h"

#include <algorithm>

#include "common/base/file.h"
#include "common/config/scalar.h"
#include "common/config/yaml_tree.h"

namespace jieban {
namespace {

std::string_view kind_name(NodeKind kind) {
  switch (kind) {
    case NodeKind::null:
      return "nothing";
    case NodeKind::scalar:
      return "a single value";
    case NodeKind::list:
      return "a list";
    case NodeKind::map:
      return "a map";
  }
  check_failed(__FILE__, __LINE__, "a known NodeKind");
}

Error error_at(const YamlTree& tree, YamlPosition position, std::string_view message) {
  return invalid(tree.name + ":" + std::to_string(position.line) + ":" +
                 std::to_string(position.column) + ": " + std::string(message));
}

std::string expected(std::string_view wanted, NodeKind found) {
  return "expected " + std::string(wanted) + ", found " + std::string(kind_name(found));
}

Value value_of(const YamlNode& node) {
  if (node.kind == NodeKind::null) return {};
  if (node.kind == NodeKind::list) {
    Value::Array items;
    for (const YamlNode& item : node.values) items.push_back(value_of(item));
    return items;
  }
  if (node.kind == NodeKind::map) {
    Value::Object members;
    for (size_t i = 0; i < node.values.size(); ++i) {
      members.emplace_back(node.keys[i].first, value_of(node.values[i]));
    }
    return members;
  }
  if (node.quoted) return node.text;
  if (auto flag = parse_boolean(node.text); flag.ok()) return *flag;
  if (auto integer = parse_integer(node.text); integer.ok()) return *integer;
  return node.text;
}

}  // namespace

NodeKind Node::kind() const { return node_->kind; }

Result<Node> Node::required(std::string_view key) const {
  if (kind() != NodeKind::map) return error(expected("a map", kind()));
  const YamlNode* found = node_->find(key);
  if (found == nullptr) return error("the key \"" + std::string(key) + "\" is missing; add it");
  return Node(tree_, found);
}

std::optional<Node> Node::optional(std::string_view key) const {
  const YamlNode* found = node_->find(key);
  if (found == nullptr) return std::nullopt;
  return Node(tree_, found);
}

Result<std::vector<Node>> Node::items() const {
  if (kind() != NodeKind::list) return error(expected("a list", kind()));
  std::vector<Node> nodes;
  nodes.reserve(node_->values.size());
  for (const YamlNode& value : node_->values) nodes.push_back(Node(tree_, &value));
  return nodes;
}

Result<std::vector<std::string>> Node::keys() const {
  if (kind() != NodeKind::map) return error(expected("a map", kind()));
  std::vector<std::string> names;
  names.reserve(node_->keys.size());
  for (const auto& [name, position] : node_->keys) names.push_back(name);
  return names;
}

Result<void> Node::only_keys(std::initializer_list<std::string_view> known) const {
  if (kind() != NodeKind::map) return error(expected("a map", kind()));
  for (const auto& [name, position] : node_->keys) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    std::string message = "unknown key \"" + name + "\"; known here:";
    for (std::string_view key : known) message += " " + std::string(key);
    return error_at(*tree_, position, message);
  }
  return {};
}

Result<std::string> Node::text() const {
  if (kind() != NodeKind::scalar) return error(expected("text", kind()));
  return node_->text;
}

Result<std::string> Node::plain(std::string_view wanted) const {
  if (kind() != NodeKind::scalar) return error(expected(wanted, kind()));
  if (node_->quoted) return error(std::string(wanted) + " is written without quotes");
  return node_->text;
}

Result<int64_t> Node::integer() const {
  auto text = plain("a whole number");
  if (!text.ok()) return text.error();
  auto value = parse_integer(*text);
  return value.ok() ? value : error(value.error().message);
}

Result<bool> Node::boolean() const {
  auto text = plain("true or false");
  if (!text.ok()) return text.error();
  auto value = parse_boolean(*text);
  return value.ok() ? value : error(value.error().message);
}

Result<Duration> Node::duration() const {
  auto text = plain("a duration");
  if (!text.ok()) return text.error();
  auto value = parse_duration(*text);
  return value.ok() ? value : error(value.error().message);
}

Error Node::error(std::string_view message) const {
  return error_at(*tree_, node_->position, message);
}

Value Node::to_value() const { return value_of(*node_); }

Result<Document> Document::load(const std::string& path, size_t size_max) {
  auto text = read_file(path, size_max);
  if (!text.ok()) return text.error();
  return parse(*text, path);
}

Result<Document> Document::parse(std::string_view text, const std::string& name) {
  auto tree = std::make_unique<YamlTree>(parse_yaml(text, name));
  if (!tree->issues.empty()) return tree->error();
  return Document(std::move(tree));
}

Document::Document(std::unique_ptr<const YamlTree> tree) : tree_(std::move(tree)) {}
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;
Document::~Document() = default;

Node Document::root() const { return Node(tree_.get(), &tree_->root); }
const std::string& Document::name() const { return tree_->name; }

}  // namespace jieban
