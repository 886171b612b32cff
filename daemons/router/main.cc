#include "common/daemon/daemon.h"
#include "common/daemon/rules_edge.h"
#include "common/routing/rules_file.h"
#include "daemons/router/audit_rules.h"
#include "daemons/router/router_gauges.h"

// jieban-router: owns the life cycle.
int main(int argc, char** argv) {
  using namespace jieban;
  DaemonDeclaration declaration;
  declaration.name = "router";
  declaration.gathering = std::chrono::milliseconds(8);
  declaration.parameters = router_parameters();
  for (Parameter& each : audit_parameters()) declaration.parameters.push_back(std::move(each));
  declaration.service = [](const Settings&) { return std::make_unique<Router>(); };
  declaration.edges = [](Service& service) {
    std::vector<std::unique_ptr<Edge>> edges;
    edges.push_back(std::make_unique<RulesEdge<RouterRules>>("router", load_router_rules));
    edges.push_back(
        std::make_unique<RulesEdge<Checklists>>(std::string(kAuditRules), load_audit_rules));
    edges.push_back(std::make_unique<RouterGauges>(dynamic_cast<Router&>(service)));
    return edges;
  };
  declaration.check = [](const Settings& settings) -> Result<void> {
    auto rules = load_router_rules(settings);
    if (!rules.ok()) return rules.error();
    auto checklists = load_audit_rules(settings);
    if (!checklists.ok()) return checklists.error();
    return {};
  };
  return run_daemon(declaration, argc, argv);
}
