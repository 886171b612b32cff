// The alias pairs of a shipped alias file, read without a YAML library: one "  field: [a, b]" a
// line.
#pragma once

#include <algorithm>
#include <string>

#include "common/base/check.h"
#include "common/base/file.h"
#include "daemons/receiver/intake/alias_table.h"

namespace jieban {

inline AliasPairs alias_pairs(const std::string& path) {
  auto text = read_file(path, 64 * 1024);
  CHECK(text.ok());
  AliasPairs pairs;
  for (size_t at = 0; at < text->size();) {
    size_t end = std::min(text->find('\n', at), text->size());
    std::string line = text->substr(at, end - at);
    at = end + 1;
    size_t open = line.find(": [");
    if (!line.starts_with("  ") || open == std::string::npos || !line.ends_with(']')) continue;
    std::string field = line.substr(2, open - 2);
    std::string list = line.substr(open + 3, line.size() - open - 4);
    for (size_t from = 0; from <= list.size();) {
      size_t comma = std::min(list.find(", ", from), list.size());
      pairs.emplace_back(field, list.substr(from, comma - from));
      from = comma + 2;
    }
  }
  return pairs;
}

inline AliasTable shipped_aliases(const std::string& file, DateStyle dates) {
  auto table = AliasTable::build(alias_pairs(JIEBAN_SOURCE_DIR "/config/" + file), dates);
  CHECK(table.ok());
  return *table;
}

}  // namespace jieban
