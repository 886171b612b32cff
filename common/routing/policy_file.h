// Reads the part `policy` of routing.yaml: the numbers that the life cycle's guards and the links
// between orders go by. What is left out has its default. What may be done to a clock stands in
// clocks.yaml alone; a key that said it here is refused with the place where it stands now.
// Fails: as Document does, with the place of the fault. Any thread.
#pragma once

#include "common/routing/directory_file.h"
#include "common/routing/routing_rules.h"

namespace jieban {

Result<RouterPolicy> read_policy(const Node& node, const CategoryTree* tree);

}  // namespace jieban
