#include "common/daemon/daemon.h"
#include "common/daemon/rules_edge.h"
#include "daemons/sla-watcher/rules_file.h"
#include "daemons/sla-watcher/sla_gauges.h"

// jieban-sla-watcher: owns time.
int main(int argc, char** argv) {
  using namespace jieban;
  DaemonDeclaration declaration;
  declaration.name = "sla-watcher";
  declaration.parameters = sla_watcher_parameters();
  declaration.service = [](const Settings&) { return std::make_unique<SlaWatcher>(); };
  declaration.edges = [](Service& service) {
    std::vector<std::unique_ptr<Edge>> edges;
    edges.push_back(std::make_unique<RulesEdge<ClockRules>>("clocks", load_clock_rules));
    edges.push_back(std::make_unique<SlaGauges>(dynamic_cast<SlaWatcher&>(service)));
    return edges;
  };
  declaration.check = [](const Settings& settings) -> Result<void> {
    auto rules = load_clock_rules(settings);
    if (!rules.ok()) return rules.error();
    return {};
  };
  return run_daemon(declaration, argc, argv);
}
