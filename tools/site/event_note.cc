#include "tools/site/event_note.h"

#include <algorithm>
#include <array>

#include "tools/site/client.h"

namespace jieban {
namespace {

// Shown elsewhere, or of no use to an eye.
constexpr std::array<std::string_view, 15> kLeftOut = {
    "order_no",        "round",  "command", "rules_version", "lexicon_version",
    "row_hash",        "hashes", "hits",    "content",       "batch_id",
    "idempotency_key", "sealed", "caller",  "place",         "template_reply"};

bool is_left_out(std::string_view name) {
  return std::find(kLeftOut.begin(), kLeftOut.end(), name) != kLeftOut.end();
}

std::string shown(const Value& value);

std::string list_text(const Value::Array& items) {
  std::string text;
  for (const Value& item : items) {
    if (!text.empty()) text += ",";
    text += shown(item);
  }
  return "[" + text + "]";
}

std::string shown(const Value& value) {
  if (value.array() != nullptr) return list_text(*value.array());
  if (value.object() != nullptr) return "{" + event_note(value) + "}";
  return scalar_text(value);
}

}  // namespace

std::string event_note(const Value& payload) {
  std::string note;
  if (payload.object() == nullptr) return scalar_text(payload);
  for (const auto& [name, value] : *payload.object()) {
    if (is_left_out(name) || value.is_null()) continue;
    const std::string text = shown(value);
    if (text.empty() || text == "[]" || text == "{}") continue;
    if (!note.empty()) note += " ";
    note += name + "=" + text;
  }
  return note;
}

}  // namespace jieban
