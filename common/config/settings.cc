#include "common/config/settings.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <optional>

#include "common/base/file.h"
#include "common/base/limits.h"
#include "common/config/scalar.h"
#include "common/config/yaml_tree.h"

namespace jieban {
namespace {

using SettingValue = Settings::SettingValue;

template <class T>
Result<SettingValue> widened(Result<T> value) {
  if (!value.ok()) return value.error();
  return SettingValue(std::move(*value));
}

Result<SettingValue> parse_choice(const Parameter& parameter, const std::string& text) {
  const auto& choices = parameter.choices;
  if (std::find(choices.begin(), choices.end(), text) != choices.end()) return SettingValue(text);
  std::string message = "\"" + text + "\" is not one of the choices:";
  for (const std::string& choice : choices) message += " " + choice;
  return invalid(std::move(message));
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    size_t comma = std::min(text.find(','), text.size());
    parts.emplace_back(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return parts;
}

// Of a scalar in a file or in the table.
Result<SettingValue> parse_scalar(const Parameter& parameter, const std::string& text) {
  switch (parameter.kind) {
    case ParameterKind::text:
      return SettingValue(text);
    case ParameterKind::integer:
      return widened(parse_integer(text));
    case ParameterKind::size:
      return widened(parse_size(text));
    case ParameterKind::duration:
      return widened(parse_duration(text));
    case ParameterKind::boolean:
      return widened(parse_boolean(text));
    case ParameterKind::choice:
      return parse_choice(parameter, text);
    case ParameterKind::list:
      return SettingValue(split(text));
  }
  check_failed(__FILE__, __LINE__, "a known ParameterKind");
}

// What the range bounds: the value itself, or the length of a text or a list.
int64_t magnitude(const SettingValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return int64_t(text->size());
  if (const auto* list = std::get_if<std::vector<std::string>>(&value))
    return int64_t(list->size());
  if (const auto* integer = std::get_if<int64_t>(&value)) return *integer;
  if (const auto* bytes = std::get_if<size_t>(&value)) return int64_t(*bytes);
  if (const auto* span = std::get_if<Duration>(&value)) return span->count();
  return 0;
}

std::optional<int64_t> bound(const Parameter& parameter, const std::string& text) {
  if (text.empty()) return std::nullopt;
  Parameter spelled = parameter;
  bool by_length = parameter.kind == ParameterKind::text || parameter.kind == ParameterKind::list;
  if (by_length) spelled.kind = ParameterKind::integer;
  auto value = parse_scalar(spelled, text);
  CHECK(value.ok() && "a bound is spelled like a value");
  return magnitude(*value);
}

Result<void> check_range(const Parameter& parameter, const SettingValue& value) {
  auto minimum = bound(parameter, parameter.minimum);
  auto maximum = bound(parameter, parameter.maximum);
  int64_t size = magnitude(value);
  if ((!minimum || size >= *minimum) && (!maximum || size <= *maximum)) return {};
  std::string message;
  if (parameter.kind == ParameterKind::text) message = "the length in bytes ";
  if (parameter.kind == ParameterKind::list) message = "the number of elements ";
  message += "must be";
  if (minimum) message += " at least " + parameter.minimum;
  if (minimum && maximum) message += " and";
  if (maximum) message += " at most " + parameter.maximum;
  return invalid(std::move(message));
}

size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t i = 0; i < a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i + 1;
    for (size_t j = 0; j < b.size(); ++j) {
      size_t above = row[j + 1];
      row[j + 1] = std::min({above + 1, row[j] + 1, diagonal + (a[i] == b[j] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row.back();
}

}  // namespace

// Checks the table, then walks the tree with it.
class SettingsReader {
 public:
  SettingsReader(YamlTree& tree, std::span<const Parameter> parameters) : tree_(tree) {
    for (const Parameter& parameter : parameters) declare(parameter);
  }

  Result<Settings> read() {
    if (tree_.complete) read_section(tree_.root, "");
    if (tree_.complete) check_required();
    if (!tree_.issues.empty()) return tree_.error();
    return std::move(settings_);
  }

 private:
  void declare(const Parameter& parameter) {
    CHECK(!parameter.name.empty() && !is_section(parameter.name));
    CHECK(parameter.kind != ParameterKind::choice || !parameter.choices.empty());
    for (size_t dot = parameter.name.find('.'); dot != std::string::npos;
         dot = parameter.name.find('.', dot + 1)) {
      CHECK(!settings_.settings_.contains(parameter.name.substr(0, dot)));
    }
    auto value = parse_scalar(parameter, parameter.default_text);
    bool defaulted = value.ok() && check_range(parameter, *value).ok();
    CHECK((defaulted || parameter.required) && "a default of its kind and in its range");
    if (!defaulted) value = SettingValue();
    bool fresh =
        settings_.settings_.emplace(parameter.name, Settings::Setting{parameter, *value, false})
            .second;
    CHECK(fresh && "a parameter is declared once");
  }

  bool is_section(std::string_view name) const {
    std::string prefix = std::string(name) + ".";
    auto next = settings_.settings_.lower_bound(prefix);
    return next != settings_.settings_.end() && next->first.starts_with(prefix);
  }

  void issue(YamlPosition position, std::string message) {
    tree_.issues.push_back({position, std::move(message)});
  }

  void read_section(const YamlNode& node, const std::string& section) {
    if (node.kind == NodeKind::null) return;
    if (node.kind != NodeKind::map) {
      issue(node.position, (section.empty() ? "the file" : section) +
                               " must be a map of parameters, one \"name: value\" a line");
      return;
    }
    for (size_t i = 0; i < node.values.size(); ++i) {
      const auto& [key, position] = node.keys[i];
      if (key.find('.') != std::string::npos) {
        // Both spellings would let one parameter be set twice.
        issue(position, "\"" + key + "\" has a dot; write the part behind it indented below");
        continue;
      }
      read_member(node.values[i], section.empty() ? key : section + "." + key, position);
    }
  }

  void read_member(const YamlNode& node, const std::string& name, YamlPosition position) {
    auto found = settings_.settings_.find(name);
    if (found != settings_.settings_.end()) {
      read_setting(node, found->second);
    } else if (is_section(name)) {
      read_section(node, name);
    } else {
      issue(position, "unknown parameter " + name + "; " + advice(name));
    }
  }

  std::string advice(const std::string& name) const {
    size_t distance_max = 1 + name.size() / 4;
    const std::string* nearest = nullptr;
    for (const auto& [known, setting] : settings_.settings_) {
      // A long name cannot be near, and would cost its length times ours.
      if (name.size() > known.size() + distance_max) continue;
      size_t distance = edit_distance(name, known);
      if (distance > distance_max) continue;
      distance_max = distance;
      nearest = &known;
    }
    if (nearest != nullptr) return "did you mean " + *nearest + "?";
    return "remove it; --print-config shows the known ones";
  }

  void read_setting(const YamlNode& node, Settings::Setting& setting) {
    auto value = read_value(node, setting.parameter);
    Result<void> fit = value.ok() ? check_range(setting.parameter, *value) : value.error();
    if (!fit.ok()) {
      issue(node.position, setting.parameter.name + ": " + fit.error().message);
      return;
    }
    setting.value = std::move(*value);
    setting.from_file = true;
  }

  static Result<SettingValue> read_value(const YamlNode& node, const Parameter& parameter) {
    if (node.kind == NodeKind::null) {
      return invalid("there is no value; write one, or remove the line for the default");
    }
    if (parameter.kind == ParameterKind::list) return read_list(node);
    if (node.kind != NodeKind::scalar) return invalid("must be a single value");
    bool quotable =
        parameter.kind == ParameterKind::text || parameter.kind == ParameterKind::choice;
    if (node.quoted && !quotable) return invalid("must be written without quotes");
    return parse_scalar(parameter, node.text);
  }

  static Result<SettingValue> read_list(const YamlNode& node) {
    if (node.kind != NodeKind::list) return invalid("must be a list, such as [a, b]");
    std::vector<std::string> elements;
    for (const YamlNode& value : node.values) {
      if (value.kind != NodeKind::scalar) return invalid("an element must be a single value");
      elements.push_back(value.text);
    }
    return SettingValue(std::move(elements));
  }

  bool is_named(const std::string& prefix) const {
    return std::any_of(tree_.issues.begin(), tree_.issues.end(),
                       [&](const auto& known) { return known.message.starts_with(prefix); });
  }

  void check_required() {
    for (const auto& [name, setting] : settings_.settings_) {
      bool named = is_named(name + ":");
      if (!setting.parameter.required || setting.from_file || named) continue;
      issue({}, name + " is missing; add it: " + setting.parameter.meaning);
    }
  }

  YamlTree& tree_;
  Settings settings_;
};

const Settings::Setting& Settings::find(std::string_view name) const {
  auto found = settings_.find(name);
  CHECK(found != settings_.end() && "a declared parameter");
  return found->second;
}

namespace {

template <class T>
const T& get(const Settings::Setting& setting) {
  const T* value = std::get_if<T>(&setting.value);
  CHECK(value != nullptr && "the getter of the declared kind");
  return *value;
}

}  // namespace

const std::string& Settings::text(std::string_view name) const {
  return get<std::string>(find(name));
}
int64_t Settings::integer(std::string_view name) const { return get<int64_t>(find(name)); }
size_t Settings::bytes(std::string_view name) const { return get<size_t>(find(name)); }
Duration Settings::duration(std::string_view name) const { return get<Duration>(find(name)); }
bool Settings::boolean(std::string_view name) const { return get<bool>(find(name)); }
const std::vector<std::string>& Settings::list(std::string_view name) const {
  return get<std::vector<std::string>>(find(name));
}

Result<Settings> load_settings(const std::string& path, std::span<const Parameter> parameters) {
  auto text = read_file(path, limits::kConfigBytesMax);
  if (!text.ok()) return text.error();
  return parse_settings(*text, path, parameters);
}

Result<Settings> parse_settings(std::string_view text, const std::string& name,
                                std::span<const Parameter> parameters) {
  YamlTree tree = parse_yaml(text, name);
  return SettingsReader(tree, parameters).read();
}

}  // namespace jieban
