#include "daemons/router/unit_choice.h"

#include <algorithm>

namespace jieban {

std::vector<std::string> split_list(const std::string& text) {
  std::vector<std::string> parts;
  size_t begin = 0;
  while (begin <= text.size()) {
    size_t end = std::min(text.find(',', begin), text.size());
    if (end > begin) parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

bool choose_unit(const RouterOrder& order, const CommandRequest* request, const RouterRules& rules,
                 OrderMove& told) {
  if (request != nullptr) {
    auto named = request->arguments.find("lead_unit");
    if (named != request->arguments.end() && !named->second.empty()) {
      told.lead_unit = named->second;
      auto assist = request->arguments.find("assist_units");
      if (assist != request->arguments.end()) told.assist_units = split_list(assist->second);
      return true;
    }
  }
  const RoutingRule* rule = route(rules, order.category, order.community, order.keywords);
  if (rule == nullptr) return false;
  told.lead_unit = rule->lead_unit;
  if (!rule->assist_units.empty()) told.assist_units = rule->assist_units;
  told.rule = rule->id;
  told.rules_version = rules.version;
  return true;
}

}  // namespace jieban
