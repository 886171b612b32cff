// Reads changes of rotas: the section `changes` of a rota file, or a file of their own with the
// same keys `temporary`, `overrides`, `leaves` and `swaps`.
//
// Refused is what names a rota or a person that the book does not have, a span that ends before it
// begins, an id that comes twice. Instants are those of the rota's wall clock; of a leave, of
// Asia/Shanghai's.
// Errors name file, line and column, and say what to do.
#pragma once

#include "common/config/document.h"
#include "common/duty/rota.h"

namespace jieban {

Result<RotaChanges> read_changes(const Node& node, const RotaBook& book);
Result<RotaChanges> load_changes(const std::string& path, const RotaBook& book);

}  // namespace jieban
