// The alias tables that are shipped in config/.
#pragma once

#include <string>

#include "common/base/check.h"
#include "daemons/receiver/intake/alias_file.h"

namespace jieban {

inline AliasTable shipped_aliases(const std::string& file) {
  auto table = load_aliases(JIEBAN_SOURCE_DIR "/config/" + file);
  CHECK(table.ok());
  return *table;
}

}  // namespace jieban
