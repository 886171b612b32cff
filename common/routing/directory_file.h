// Reads a street's directory (config/directory/<code>.yaml).
//
// Its own routing rules, under `rules`, are read with the others (rules_file.h). Every category
// must stand in the tree, where there is one. Fails: as Document does, with file, line and column,
// and says what to do. Any thread.
#pragma once

#include "common/routing/category_tree.h"
#include "common/routing/street_directory.h"

namespace jieban {

// `tree`: null where the site has none.
Result<StreetDirectory> read_directory(const Document& document, const CategoryTree* tree);

// Of a rule or a list of duties: "no such category" with its place, when the tree does not know it.
Result<void> check_category(const Node& node, const CategoryTree* tree,
                            const std::optional<std::string>& category);

}  // namespace jieban
