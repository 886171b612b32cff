#include <array>

#include "common/config/scalar.h"
#include "common/config/settings.h"

namespace jieban {
namespace {

// Double quotes keep every text what it is, whatever YAML would make of it.
std::string quoted(std::string_view text) {
  static constexpr std::string_view kHex = "0123456789abcdef";
  std::string out = "\"";
  for (char c : text) {
    auto code = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (code < 0x20 || code == 0x7f) {
      out += "\\x";
      out += kHex[code >> 4U];
      out += kHex[code & 0xfU];
    } else {
      out += c;
    }
  }
  return out + "\"";
}

struct ValueText {
  std::string operator()(const std::string& text) const { return quoted(text); }
  std::string operator()(int64_t integer) const { return std::to_string(integer); }
  std::string operator()(size_t bytes) const { return format_size(bytes); }
  std::string operator()(Duration span) const { return format_duration(span); }
  std::string operator()(bool flag) const { return flag ? "true" : "false"; }
  std::string operator()(const std::vector<std::string>& list) const {
    std::string out;
    for (const std::string& element : list) {
      if (!out.empty()) out += ", ";
      out += quoted(element);
    }
    return "[" + out + "]";
  }
};

std::vector<std::string_view> path_of(std::string_view name) {
  std::vector<std::string_view> path;
  for (size_t dot = name.find('.'); dot != std::string_view::npos; dot = name.find('.')) {
    path.push_back(name.substr(0, dot));
    name.remove_prefix(dot + 1);
  }
  path.push_back(name);
  return path;
}

std::string_view kind_name(ParameterKind kind) {
  static constexpr std::array<std::string_view, 7> kNames = {
      "text", "integer", "size", "duration", "boolean", "choice", "list"};
  return kNames[size_t(kind)];
}

std::string range_text(const Parameter& parameter) {
  if (parameter.kind == ParameterKind::choice) {
    std::string out;
    for (const std::string& choice : parameter.choices) {
      if (!out.empty()) out += ", ";
      out += "`" + choice + "`";
    }
    return out;
  }
  std::string unit;
  if (parameter.kind == ParameterKind::text) unit = " bytes";
  if (parameter.kind == ParameterKind::list) unit = " elements";
  if (parameter.minimum.empty() && parameter.maximum.empty()) return "";
  if (parameter.maximum.empty()) return "at least " + parameter.minimum + unit;
  if (parameter.minimum.empty()) return "at most " + parameter.maximum + unit;
  return parameter.minimum + " to " + parameter.maximum + unit;
}

std::string cell(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '|') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return " " + out + " |";
}

}  // namespace

std::string print_settings(const Settings& settings) {
  std::string out;
  std::vector<std::string_view> open;
  for (const auto& [name, setting] : settings.all()) {
    std::vector<std::string_view> path = path_of(name);
    size_t shared = 0;
    while (shared < open.size() && shared + 1 < path.size() && open[shared] == path[shared]) {
      ++shared;
    }
    for (size_t level = shared; level + 1 < path.size(); ++level) {
      out += std::string(level * 2, ' ') + std::string(path[level]) + ":\n";
    }
    out += std::string((path.size() - 1) * 2, ' ') + std::string(path.back()) + ": " +
           std::visit(ValueText{}, setting.value) + "\n";
    path.pop_back();
    open = std::move(path);
  }
  return out;
}

std::string parameter_reference(std::span<const Parameter> parameters) {
  std::string out = "| parameter | kind | default | range | meaning |\n|---|---|---|---|---|\n";
  for (const Parameter& parameter : parameters) {
    std::string fallback = parameter.required ? "required" : "`" + parameter.default_text + "`";
    if (!parameter.required && parameter.default_text.empty()) fallback = "empty";
    out += "|" + cell("`" + parameter.name + "`") + cell(kind_name(parameter.kind)) +
           cell(fallback) + cell(range_text(parameter)) + cell(parameter.meaning) + "\n";
  }
  return out;
}

}  // namespace jieban
