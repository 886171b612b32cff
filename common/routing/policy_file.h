// Reads the part `policy` of routing.yaml: the numbers that the life cycle's guards and the links
// between orders go by. What is left out has its default.
// Fails: as Document does, with the place of the fault. Any thread.
#pragma once

#include "common/routing/directory_file.h"
#include "common/routing/routing_rules.h"

namespace jieban {

Result<RouterPolicy> read_policy(const Node& node, const CategoryTree* tree);

}  // namespace jieban
