#include "daemons/receiver/lexicon.h"

#include <algorithm>

#include "common/base/limits.h"
#include "common/config/document.h"

namespace jieban {
namespace {

constexpr std::string_view kRoutingGroup = "routing";
constexpr size_t kWordBytesMin = 4;  // two characters: a single one occurs everywhere

Result<std::vector<std::string>> read_words(const Node& node) {
  auto items = node.items();
  if (!items.ok()) return items.error();
  std::vector<std::string> words;
  for (const Node& item : *items) {
    auto word = item.text();
    if (!word.ok()) return word.error();
    if (word->size() < kWordBytesMin) return item.error("a word of the lexicon is too short");
    words.push_back(std::move(*word));
  }
  return words;
}

Result<std::map<std::string, std::vector<std::string>>> read_groups(const Node& groups) {
  auto names = groups.keys();
  if (!names.ok()) return names.error();
  std::map<std::string, std::vector<std::string>> out;
  for (const std::string& name : *names) {
    auto group = groups.required(name);
    if (!group.ok()) return group.error();
    auto words = read_words(*group);
    if (!words.ok()) return words.error();
    out[name] = std::move(*words);
  }
  return out;
}

bool occurs(std::string_view word, std::string_view title, std::string_view content) {
  return content.find(word) != std::string_view::npos || title.find(word) != std::string_view::npos;
}

}  // namespace

Result<Lexicon> Lexicon::load(const std::string& path) {
  auto document = Document::load(path, limits::kRulesBytesMax);
  if (!document.ok()) return document.error();
  Node root = document->root();
  RETURN_IF_ERROR(root.only_keys({"version", "official", "groups"}));
  auto version = root.required("version");
  if (!version.ok()) return version.error();
  auto version_text = version->text();
  if (!version_text.ok()) return version_text.error();
  auto groups = root.required("groups");
  if (!groups.ok()) return groups.error();
  auto words = read_groups(*groups);
  if (!words.ok()) return words.error();
  return build(*version_text, std::move(*words));
}

Result<Lexicon> Lexicon::build(std::string version,
                               std::map<std::string, std::vector<std::string>> groups) {
  Lexicon lexicon;
  lexicon.version_ = std::move(version);
  lexicon.groups_ = std::move(groups);
  return lexicon;
}

Lexicon::Hits Lexicon::find(std::string_view title, std::string_view content) const {
  Hits hits;
  for (const auto& [group, words] : groups_) {
    bool routing = group == kRoutingGroup;
    for (const std::string& word : words) {
      if (!occurs(word, title, content)) continue;
      if (routing) {
        hits.routing.push_back(word);
        continue;
      }
      hits.groups.push_back(group);
      break;
    }
  }
  return hits;
}

}  // namespace jieban
