// Settings: a daemon's own configuration, declared as a table and read strictly.
//
// Promises: a file can set declared parameters only, each once, in the declared kind and range;
// what it does not set has the declared default. `store.map_size` in the table is `map_size` below
// `store` in the file. An empty file is a good file. All that is wrong with a file is reported
// together, one "file:line:column: what is wrong; what to do" a line.
// What fails and how: load_settings returns the error of the file (`not_found`, `io`, `limit`) or
// `invalid`. A table that contradicts itself (a default out of its range) and a getter that names
// an undeclared parameter or the wrong kind are our own errors: CHECK.
// Thread rule: Settings is immutable; any thread.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "common/base/clock.h"
#include "common/base/result.h"

namespace jieban {

enum class ParameterKind { text, integer, size, duration, boolean, choice, list };

// `minimum` and `maximum` are spelled like values ("1MiB", "30s"); empty means none. For text they
// bound the bytes, for a list the number of its elements.
struct Parameter {
  std::string name{};  // dotted: "store.map_size"
  ParameterKind kind = ParameterKind::text;
  std::string default_text{};  // of a list: elements separated by commas
  std::string minimum{};
  std::string maximum{};
  std::vector<std::string> choices{};
  std::string meaning{};
  bool required = false;  // the file must set it; the default is only for documents
};

class Settings {
 public:
  using SettingValue =
      std::variant<std::string, int64_t, size_t, Duration, bool, std::vector<std::string>>;
  struct Setting {
    Parameter parameter;
    SettingValue value;
    bool from_file = false;
  };

  const std::string& text(std::string_view name) const;  // also for a choice
  int64_t integer(std::string_view name) const;
  size_t bytes(std::string_view name) const;
  Duration duration(std::string_view name) const;
  bool boolean(std::string_view name) const;
  const std::vector<std::string>& list(std::string_view name) const;

  // By name, in the order of the names.
  const std::map<std::string, Setting, std::less<>>& all() const { return settings_; }

 private:
  friend class SettingsReader;
  const Setting& find(std::string_view name) const;
  std::map<std::string, Setting, std::less<>> settings_;
};

Result<Settings> load_settings(const std::string& path, std::span<const Parameter> parameters);
// `name` stands for the file in messages.
Result<Settings> parse_settings(std::string_view text, const std::string& name,
                                std::span<const Parameter> parameters);

// The effective configuration as a file that load_settings takes back.
std::string print_settings(const Settings& settings);
// A Markdown table of the parameters, for the documents.
std::string parameter_reference(std::span<const Parameter> parameters);

}  // namespace jieban
