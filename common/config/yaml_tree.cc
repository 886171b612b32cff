#include "common/config/yaml_tree.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <list>
#include <sstream>

#include "common/base/bytes.h"
#include "common/base/limits.h"

namespace jieban {
namespace {

// A file that is wrong throughout is not better understood by its thousandth error.
constexpr size_t kIssuesShown = 50;

// Leaves the library's parse from inside one of its events; caught in parse_yaml.
struct StopParsing : std::exception {};

YamlPosition position_of(const YAML::Mark& mark) {
  if (mark.is_null()) return {};
  return {mark.line + 1, mark.column + 1};
}

class TreeBuilder : public YAML::EventHandler {
 public:
  explicit TreeBuilder(YamlTree& tree) : tree_(tree) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++document_count_ == 1) return;
    issue(mark, "a second document begins here; a file holds one, remove the ---");
    throw StopParsing();
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    refuse_anchor(mark, anchor);
    add({.kind = NodeKind::null, .position = position_of(mark)});
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
    issue(mark, "an alias (*name) is not supported; write the value out");
    add({.kind = NodeKind::null, .position = position_of(mark)});
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    refuse_anchor(mark, anchor);
    // The library's marks for "plain" and "quoted"; anything else was written in the file.
    if (tag != "?" && tag != "!") refuse_tag(mark, tag);
    add({.kind = NodeKind::scalar,
         .quoted = tag == "!",
         .position = position_of(mark),
         .text = value});
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    open(NodeKind::list, mark, tag, anchor);
  }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override {
    open(NodeKind::map, mark, tag, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapEnd() override { close(); }

 private:
  // An open container is the last value of its parent, which does not move while the child grows.
  struct Level {
    YamlNode* node;
    bool key_pending = false;  // of a map: the next node is the value of the last key
    bool drop_value = false;   // the last key was refused
  };

  void issue(const YAML::Mark& mark, std::string message) {
    tree_.issues.push_back({position_of(mark), std::move(message)});
  }

  void refuse_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (anchor != YAML::NullAnchor) {
      issue(mark, "an anchor (&name) is not supported; write the value out where it is used");
    }
  }

  void refuse_tag(const YAML::Mark& mark, const std::string& tag) {
    issue(mark, "a tag (" + tag + ") is not supported; remove it");
  }

  void open(NodeKind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    refuse_anchor(mark, anchor);
    if (tag != "?" && tag != "!") refuse_tag(mark, tag);
    if (levels_.size() >= limits::kConfigDepthMax) {
      tree_.issues.push_back(
          {position_of(mark),
           "nested deeper than " + std::to_string(limits::kConfigDepthMax) + " levels",
           ErrorCode::limit});
      throw StopParsing();
    }
    levels_.push_back({add({.kind = kind, .position = position_of(mark)})});
  }

  void close() { levels_.pop_back(); }

  YamlNode* add(YamlNode node) {
    if (levels_.empty()) {
      tree_.root = std::move(node);
      return &tree_.root;
    }
    Level& level = levels_.back();
    if (level.node->kind == NodeKind::map && !level.key_pending) return add_key(level, node);
    if (level.node->kind == NodeKind::map) {
      level.key_pending = false;
      // The library puts an absent value where the next token is, a line or more below.
      if (node.kind == NodeKind::null && !level.drop_value) {
        node.position = level.node->keys.back().second;
      }
      if (level.drop_value) return drop(std::move(node));
    }
    return &level.node->values.emplace_back(std::move(node));
  }

  // A refused node still has to be walked through: it lives beside the tree.
  YamlNode* drop(YamlNode node) { return &dropped_.emplace_back(std::move(node)); }

  YamlNode* add_key(Level& level, YamlNode& key) {
    level.key_pending = true;
    level.drop_value = true;
    YamlNode& map = *level.node;
    if (key.kind != NodeKind::scalar) {
      tree_.issues.push_back({key.position, "a key must be a word"});
      return drop(std::move(key));
    }
    if (!key.quoted && key.text == "<<") {
      tree_.issues.push_back(
          {key.position, "a merge key (<<) is not supported; write the values out"});
      return nullptr;
    }
    auto [place, fresh] = map.index.emplace(key.text, map.values.size());
    if (!fresh) {
      tree_.issues.push_back(
          {key.position, "\"" + key.text + "\" occurs twice, first in line " +
                             std::to_string(map.keys[place->second].second.line) +
                             "; remove one of them"});
      return nullptr;
    }
    level.drop_value = false;
    map.keys.emplace_back(std::move(key.text), key.position);
    return nullptr;
  }

  YamlTree& tree_;
  std::vector<Level> levels_;
  std::list<YamlNode> dropped_;
  int document_count_ = 0;
};

// Ill-formed UTF-8 and control characters: the library would take the first as it is, and guesses
// UTF-16 from zero bytes.
bool check_characters(std::string_view text, YamlTree& tree) {
  YamlPosition position;
  for (size_t at = 0; at < text.size();) {
    size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    if (!is_utf8(line)) {
      tree.issues.push_back({position, "this line is not UTF-8; save the file as UTF-8"});
      return false;
    }
    for (size_t i = 0; i < line.size(); ++i) {
      auto code = static_cast<unsigned char>(line[i]);
      if ((code < 0x20 && line[i] != '\t' && line[i] != '\r') || code == 0x7f) {
        position.column = int(i) + 1;
        tree.issues.push_back({position, "a control character; remove it"});
        return false;
      }
    }
    at = end + 1;
    ++position.line;
  }
  return true;
}

}  // namespace

const YamlNode* YamlNode::find(std::string_view key) const {
  auto found = index.find(key);
  return found == index.end() ? nullptr : &values[found->second];
}

Error YamlTree::error() const {
  CHECK(!issues.empty());
  std::vector<YamlIssue> sorted = issues;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.position < b.position; });
  Error error{ErrorCode::invalid, ""};
  for (size_t i = 0; i < sorted.size(); ++i) {
    const YamlIssue& issue = sorted[i];
    if (issue.code != ErrorCode::invalid) error.code = issue.code;
    if (i > kIssuesShown) continue;
    if (!error.message.empty()) error.message += '\n';
    error.message += name + ":" + std::to_string(issue.position.line) + ":" +
                     std::to_string(issue.position.column) + ": ";
    error.message += i < kIssuesShown ? issue.message : "this and more, not shown";
  }
  return error;
}

YamlTree parse_yaml(std::string_view text, std::string name) {
  YamlTree tree;
  tree.name = std::move(name);
  tree.complete = check_characters(text, tree);
  if (!tree.complete) return tree;
  std::istringstream input{std::string(text)};
  TreeBuilder builder(tree);
  try {
    YAML::Parser parser(input);
    if (parser.HandleNextDocument(builder)) parser.HandleNextDocument(builder);
  } catch (const StopParsing&) {
    tree.complete = false;
  } catch (const YAML::Exception& failure) {
    tree.complete = false;
    tree.issues.push_back({position_of(failure.mark), "not YAML: " + failure.msg});
  }
  // Half a map may have a key more than it has values.
  if (!tree.complete) tree.root = YamlNode();
  return tree;
}

}  // namespace jieban
