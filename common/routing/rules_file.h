// Reads the router's rules: routing.yaml, the classes and the class rules of clocks.yaml, the
// street's directory with the rules of its own, and the tree of categories, each checked against
// the others.
//
// Refused is what cannot be right on any day: a category that is not in the tree, a unit or a
// community that is not in the directory, a community that leads what is not its duty, a directory
// of another street. Rules come out in the order in which they are decided.
// Errors name file, line and column, and say what to do.
#pragma once

#include "common/config/settings.h"
#include "common/routing/routing_rules.h"

namespace jieban {

struct RulePaths {
  std::string routing;
  std::string clocks;
  std::string directory;   // "": none
  std::string categories;  // "": none
  std::string calendar{};  // "": none; needed where a clock counts by one
};

std::vector<Parameter> router_parameters();
Result<RouterRules> load_rule_files(const RulePaths& paths);
Result<RouterRules> load_router_rules(const Settings& settings);

}  // namespace jieban
