#include "daemons/router/audit_rules.h"

#include "common/audit/checklist_file.h"

namespace jieban {

std::vector<Parameter> audit_parameters() {
  return {{"rules.checklists",
           ParameterKind::text,
           "/etc/jieban/checklists.yaml",
           "",
           "200",
           {},
           "what the material of an order has to hold; empty: nothing is asked"}};
}

Result<Checklists> load_audit_rules(const Settings& settings) {
  const std::string path = settings.text("rules.checklists");
  if (path.empty()) return Checklists{.version = "none", .policy = {}, .lists = {}};
  auto file = load_checklists(path);
  if (!file.ok()) return file.error();
  return std::move(file->checklists);
}

}  // namespace jieban
