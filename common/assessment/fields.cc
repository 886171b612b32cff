#include "common/assessment/fields.h"

#include "common/config/fields.h"

namespace jieban {

Result<void> read_count(const Node& map, std::string_view key, Bounds bounds, uint64_t& out) {
  const auto node = map.optional(key);
  if (!node) return {};
  auto value = node->integer();
  if (!value.ok()) return value.error();
  if (*value < 0 || uint64_t(*value) < bounds.least || uint64_t(*value) > bounds.most) {
    return node->error(std::string(key) + " lies between " + std::to_string(bounds.least) +
                       " and " + std::to_string(bounds.most));
  }
  out = uint64_t(*value);
  return {};
}

Result<void> read_flag(const Node& map, std::string_view key, bool& out) {
  const auto node = map.optional(key);
  if (!node) return {};
  auto value = node->boolean();
  if (!value.ok()) return value.error();
  out = *value;
  return {};
}

Result<void> read_choice(const Node& map, std::string_view key,
                         std::array<std::string_view, 2> words, bool& out) {
  const auto node = map.optional(key);
  if (!node) return {};
  auto word = node->text();
  if (!word.ok()) return word.error();
  if (*word != words[0] && *word != words[1]) {
    return node->error(std::string(key) + " is " + std::string(words[0]) + " or " +
                       std::string(words[1]));
  }
  out = *word == words[1];
  return {};
}

Result<void> read_text(const Node& map, std::string_view key, std::string& out) {
  auto text = required_text(map, key);
  if (!text.ok()) return text.error();
  if (text->empty()) return map.error(std::string(key) + " is empty");
  out = std::move(*text);
  return {};
}

Result<void> read_optional_text(const Node& map, std::string_view key, std::string& out) {
  auto text = optional_text(map, key);
  if (!text.ok()) return text.error();
  if (*text) out = std::move(**text);
  return {};
}

Result<Date> required_date(const Node& map, std::string_view key) {
  auto date = optional_date(map, key);
  if (!date.ok()) return date.error();
  if (!*date) return map.error(std::string(key) + " is missing");
  return **date;
}

Result<std::optional<Date>> optional_date(const Node& map, std::string_view key) {
  const auto node = map.optional(key);
  if (!node) return std::optional<Date>();
  auto text = node->text();
  if (!text.ok()) return text.error();
  const auto date = parse_date(*text);
  if (!date) return node->error("\"" + *text + "\" is no date; write 2026-05-06");
  return date;
}

}  // namespace jieban
