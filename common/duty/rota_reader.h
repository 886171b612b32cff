// Reads one rota of a rota file; what it may hold stands in rota_file.h.
//
// Errors name file, line and column, and say what to do. Pure; any thread.
#pragma once

#include "common/duty/rota_fields.h"

namespace jieban {

// `ids` are those of the rotas above it, to which its own is added.
Result<Rota> read_rota(const Node& item, const KnownPersons& persons, IdSet& ids);

}  // namespace jieban
