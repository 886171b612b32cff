#include "common/routing/lexicon.h"

#include <algorithm>
#include <cstring>

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

// REQUIRES: kWordBytesMin bytes.
uint32_t slot_of(const char* start) {
  uint32_t bytes = 0;
  std::memcpy(&bytes, start, sizeof bytes);
  return (bytes * 0x9e3779b1U) >> 22U;
}
static_assert(kWordBytesMin == sizeof(uint32_t));

// No word begins inside of a character.
bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80; }

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
  return build(*version_text, *words);
}

Result<Lexicon> Lexicon::build(std::string version,
                               const std::map<std::string, std::vector<std::string>>& groups) {
  Lexicon lexicon;
  lexicon.version_ = std::move(version);
  for (const auto& [group, words] : groups) {
    for (const std::string& word : words) {
      if (word.size() < kWordBytesMin) return invalid("a word of the lexicon is too short");
      lexicon.by_start_[slot_of(word.data())].push_back(uint32_t(lexicon.words_.size()));
      lexicon.words_.push_back({word, group});
    }
  }
  return lexicon;
}

void Lexicon::look(std::string_view text, std::vector<uint32_t>& found) const {
  for (size_t at = 0; at + kWordBytesMin <= text.size(); ++at) {
    if (is_continuation(text[at])) continue;
    for (uint32_t index : by_start_[slot_of(text.data() + at)]) {
      if (text.substr(at).starts_with(words_[index].text)) found.push_back(index);
    }
  }
}

Lexicon::Hits Lexicon::find(std::string_view title, std::string_view content) const {
  std::vector<uint32_t> found;
  look(title, found);
  look(content, found);
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  Hits hits;
  for (uint32_t index : found) {
    const Word& word = words_[index];
    if (word.group == kRoutingGroup) {
      hits.routing.push_back(word.text);
    } else if (hits.groups.empty() || hits.groups.back() != word.group) {
      hits.groups.push_back(word.group);
    }
  }
  return hits;
}

}  // namespace jieban
