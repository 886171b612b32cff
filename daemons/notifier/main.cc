#include "common/daemon/daemon.h"
#include "common/daemon/rules_edge.h"
#include "common/duty/rota_file.h"
#include "daemons/notifier/callout/target_checks.h"
#include "daemons/notifier/contacts_file.h"
#include "daemons/notifier/delivery_edge.h"
#include "daemons/notifier/door_edge.h"
#include "daemons/notifier/door_parts.h"
#include "daemons/notifier/notice_gauges.h"
#include "daemons/notifier/notice_rules_file.h"
#include "daemons/notifier/notifier.h"
#include "daemons/notifier/return_edge.h"

namespace {

jieban::Result<jieban::NotifierRules> load_rules(const jieban::Settings& settings) {
  auto rules =
      jieban::load_notice_rules(settings.text("rules.notices"), settings.text("spool.directory"));
  if (!rules.ok() || !settings.text("links.base").empty()) return rules;
  auto checked = jieban::check_without_links(*rules);
  if (!checked.ok()) return checked.error().context(settings.text("rules.notices"));
  jieban::drop_ack_links(*rules);
  return rules;
}

jieban::Result<jieban::AlertingRules> load_escalation(const jieban::Settings& settings) {
  return jieban::load_alerting_rules(settings.text("rules.escalation"));
}

jieban::Result<jieban::RotaBook> load_rota(const jieban::Settings& settings) {
  return jieban::load_rota_book(settings.text("rules.rota"));
}

jieban::Result<jieban::WorkCalendar> load_calendar(const jieban::Settings& settings) {
  return jieban::load_work_calendar(settings.text("rules.calendar"));
}

// What the ladders, the rota and the contacts say of each other. Changes of the rota by command
// name persons and rotas of the file, so the file alone decides.
jieban::Result<std::vector<std::string>> review_targets(const jieban::Settings& settings) {
  auto escalation = load_escalation(settings);
  if (!escalation.ok()) return escalation.error();
  auto rota = load_rota(settings);
  if (!rota.ok()) return rota.error();
  auto contacts = jieban::load_contacts(settings.text("contacts.file"));
  if (!contacts.ok()) return contacts.error();
  auto notices = load_rules(settings);
  if (!notices.ok()) return notices.error();
  auto found = jieban::check_targets(*escalation, *rota, *contacts);
  const auto unreached = jieban::check_addresses(*escalation, *rota, *contacts, *notices);
  const std::string& file = settings.text("rules.escalation");
  for (std::string& doubt : found.doubts) doubt = file + ": " + doubt;
  for (const std::string& doubt : unreached) {
    found.doubts.push_back(settings.text("contacts.file") + ": " + doubt);
  }
  if (found.faults.empty()) return std::move(found.doubts);
  std::string faults;
  for (const std::string& fault : found.faults) {
    faults += (faults.empty() ? "" : "\n") + file + ": " + fault;
  }
  return jieban::invalid(faults);
}

// What the door does not know by itself.
jieban::DoorParts door_parts(const jieban::Notifier& core) {
  using namespace jieban;
  DoorParts parts;
  parts.kannel_receipt = kannel_delivery;
  parts.kannel_reply = kannel_text;
  parts.reply_words = [&core](const EdgeContext& context) {
    return words_in_force(core, context.fold);
  };
  parts.rota = &core.callouts().rota();
  const CalloutTables& tables = core.callouts().tables();
  parts.alerts = [&tables](const AlertFilter& filter, const Transaction& store) {
    return list_alerts(store, tables, filter);
  };
  parts.alert = [&tables](const std::string& key, const Transaction& store) {
    return find_alert(store, tables, key);
  };
  parts.silences = [&core](const Transaction& store) { return silence_entries(core, store); };
  return parts;
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
    edges.push_back(std::make_unique<RulesEdge<RotaBook>>(Callouts::kRotaName, load_rota));
    edges.push_back(std::make_unique<RulesEdge<WorkCalendar>>(WorkHours::kName, load_calendar));
    edges.push_back(
        std::make_unique<RulesEdge<AlertingRules>>(Callouts::kRulesName, load_escalation));
    edges.push_back(std::make_unique<DeliveryEdge>(core));
    auto door = std::make_unique<DoorEdge>(core.tables(), door_parts(core));
    auto desk = [shared = door.get()]() -> InputDesk& { return shared->desk(); };
    edges.push_back(std::move(door));
    edges.push_back(std::make_unique<ReturnEdge>(core, desk));
    edges.push_back(std::make_unique<NoticeGauges>(core));
    return edges;
  };
  declaration.check = [](const Settings& settings) -> Result<void> {
    auto rules = load_rules(settings);
    if (!rules.ok()) return rules.error();
    auto escalation = load_escalation(settings);
    if (!escalation.ok()) return escalation.error();
    auto rota = load_rota(settings);
    if (!rota.ok()) return rota.error();
    auto calendar = load_calendar(settings);
    if (!calendar.ok()) return calendar.error();
    auto contacts = load_contacts(settings.text("contacts.file"));
    if (!contacts.ok()) return contacts.error();
    return {};
  };
  declaration.review = review_targets;
  return run_daemon(declaration, argc, argv);
}
