#include "common/config/fields.h"

namespace jieban {

Result<std::string> required_text(const Node& map, std::string_view key) {
  auto found = map.required(key);
  if (!found.ok()) return found.error();
  return found->text();
}

Result<std::optional<std::string>> optional_text(const Node& map, std::string_view key) {
  auto found = map.optional(key);
  if (!found) return std::optional<std::string>();
  auto text = found->text();
  if (!text.ok()) return text.error();
  return std::optional<std::string>(std::move(*text));
}

Result<std::vector<std::string>> text_list(const Node& map, std::string_view key) {
  std::vector<std::string> texts;
  auto found = map.optional(key);
  if (!found) return texts;
  auto items = found->items();
  if (!items.ok()) return items.error();
  for (const Node& item : *items) {
    auto text = item.text();
    if (!text.ok()) return text.error();
    texts.push_back(std::move(*text));
  }
  return texts;
}

Result<std::vector<Node>> required_items(const Node& map, std::string_view key) {
  auto found = map.required(key);
  if (!found.ok()) return found.error();
  return found->items();
}

}  // namespace jieban
