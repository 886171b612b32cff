#include "common/daemon/daemon.h"
#include "common/daemon/rules_edge.h"
#include "daemons/notifier/contacts_file.h"
#include "daemons/notifier/delivery_edge.h"
#include "daemons/notifier/door_edge.h"
#include "daemons/notifier/notice_gauges.h"
#include "daemons/notifier/notice_rules_file.h"
#include "daemons/notifier/notifier.h"

namespace {

jieban::Result<jieban::NotifierRules> load_rules(const jieban::Settings& settings) {
  return jieban::load_notice_rules(settings.text("rules.notices"),
                                   settings.text("spool.directory"));
}

}  // namespace

// jieban-notifier: owns phones.
int main(int argc, char** argv) {
  using namespace jieban;
  DaemonDeclaration declaration;
  declaration.name = "notifier";
  declaration.gathering = std::chrono::milliseconds(20);
  declaration.parameters = notifier_parameters();
  declaration.service = [](const Settings&) { return std::make_unique<Notifier>(); };
  declaration.edges = [](Service& service) {
    const auto& core = dynamic_cast<const Notifier&>(service);
    std::vector<std::unique_ptr<Edge>> edges;
    edges.push_back(std::make_unique<RulesEdge<NotifierRules>>(Notifier::kRulesName, load_rules));
    edges.push_back(std::make_unique<DeliveryEdge>(core));
    edges.push_back(std::make_unique<DoorEdge>(core.tables()));
    edges.push_back(std::make_unique<NoticeGauges>(core));
    return edges;
  };
  declaration.check = [](const Settings& settings) -> Result<void> {
    auto rules = load_rules(settings);
    if (!rules.ok()) return rules.error();
    auto contacts = load_contacts(settings.text("contacts.file"));
    if (!contacts.ok()) return contacts.error();
    return {};
  };
  return run_daemon(declaration, argc, argv);
}
