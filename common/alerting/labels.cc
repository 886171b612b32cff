#include "common/alerting/labels.h"

namespace jieban {
namespace {

constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kNameCharacters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
constexpr std::string_view kAll = "...";

// Quotes and backslashes are escaped, so that no value can look like two labels.
void append_quoted(std::string& out, std::string_view value) {
  out += '"';
  for (char c : value) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  out += '"';
}

}  // namespace

bool is_label_name(std::string_view name) {
  return !name.empty() && name.size() <= kLabelNameMax &&
         name.find_first_not_of(kNameCharacters) == std::string_view::npos &&
         kDigits.find(name.front()) == std::string_view::npos;
}

Result<void> check_labels(const LabelSet& labels) {
  if (labels.size() > kLabelsMax) {
    return Error{ErrorCode::limit, "more than " + std::to_string(kLabelsMax) + " labels"};
  }
  for (const auto& [name, value] : labels) {
    if (!is_label_name(name)) {
      return invalid("'" + name +
                     "' is no name of a label: letters, digits and '_', no digit first");
    }
    if (value.size() > kLabelValueMax) {
      return Error{ErrorCode::limit, "the label " + name + " is longer than " +
                                         std::to_string(kLabelValueMax) + " bytes"};
    }
  }
  return {};
}

const std::string& label_of(const LabelSet& labels, const std::string& name) {
  static const std::string kNone;
  const auto found = labels.find(name);
  return found == labels.end() ? kNone : found->second;
}

std::string label_text(const LabelSet& labels) {
  std::string text = "{";
  for (const auto& [name, value] : labels) {
    if (text.size() > 1) text += ',';
    text += name + '=';
    append_quoted(text, value);
  }
  return text + '}';
}

LabelSet labels_among(const LabelSet& labels, const std::vector<std::string>& names) {
  LabelSet chosen;
  for (const std::string& name : names) {
    if (name == kAll) return labels;
    const auto found = labels.find(name);
    if (found != labels.end()) chosen.insert(*found);
  }
  return chosen;
}

}  // namespace jieban
