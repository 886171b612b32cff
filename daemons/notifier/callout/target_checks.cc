#include "daemons/notifier/callout/target_checks.h"

#include <algorithm>
#include <set>

#include "daemons/notifier/channel_kind.h"

namespace jieban {
namespace {

class TargetCheck {
 public:
  TargetCheck(const RotaBook& book, const Contacts& contacts) : book_(book), contacts_(contacts) {}

  void target(const std::string& place, const EscalationTarget& target) {
    const bool known = is_known(target);
    if (known || !said_.insert({place, target.name}).second) return;
    const std::string line =
        place + ": no " + std::string(to_string(target.kind)) + " '" + target.name + "'";
    if (target.kind == TargetKind::role) {
      found_.doubts.push_back(line + ": nobody in the rota file has it");
    } else {
      found_.faults.push_back(line);
    }
  }
  // Means of their own; units have them too.
  void means(const std::string& who) {
    if (is_person(who) || contacts_.others.contains(who)) return;
    found_.doubts.push_back("people: '" + who + "' stands neither in the rota nor in the contacts");
  }
  TargetFindings take() { return std::move(found_); }

 private:
  bool is_person(const std::string& id) const {
    return book_.find_person(id) != nullptr || contacts_.persons.contains(id);
  }
  bool is_known(const EscalationTarget& target) const {
    switch (target.kind) {
      case TargetKind::person:
        return is_person(target.name);
      case TargetKind::rota:
        return book_.find_rota(target.name) != nullptr;
      case TargetKind::role:
        return std::ranges::any_of(book_.persons, [&](const Person& person) {
          return std::ranges::find(person.roles, target.name) != person.roles.end();
        });
      case TargetKind::unit:
        return true;  // the routing knows the units
    }
    return true;
  }

  const RotaBook& book_;
  const Contacts& contacts_;
  TargetFindings found_;
  std::set<std::pair<std::string, std::string>> said_;
};

using Ids = std::set<std::string>;

// Whoever may be on duty by the rota, as its file has it.
void add_people(const Rota& rota, Ids& people) {
  const auto add = [&](const std::vector<PersonId>& ids) { people.insert(ids.begin(), ids.end()); };
  for (const DatedShift& shift : rota.dates) people.insert(shift.person);
  for (const DutyRule& rule : rota.rules) {
    add(rule.persons);
    if (rule.rotation) add(rule.rotation->persons);
    if (rule.cycle) add(rule.cycle->persons);
  }
}

// Whoever may be meant at some time. The unit "lead" is any: who that is, no file says.
void add_people(const EscalationTarget& target, const RotaBook& book, Ids& people) {
  switch (target.kind) {
    case TargetKind::person:
      people.insert(target.name);
      return;
    case TargetKind::unit:
      if (target.name != "lead") people.insert(target.name);
      return;
    case TargetKind::rota:
      if (const Rota* rota = book.find_rota(target.name)) add_people(*rota, people);
      return;
    case TargetKind::role:
      for (const Person& person : book.persons) {
        if (std::ranges::find(person.roles, target.name) != person.roles.end()) {
          people.insert(person.id);
        }
      }
      return;
  }
}

// Of all severities: which one an alert will have, nobody knows before.
Ids methods_of(const EscalationRules& rules, const std::string& person) {
  Ids severities = {std::string(kAnySeverity)};
  const auto own = rules.people.find(person);
  for (const auto& [severity, calls] : rules.everybody.by_severity) severities.insert(severity);
  if (own != rules.people.end()) {
    for (const auto& [severity, calls] : own->second.by_severity) severities.insert(severity);
  }
  Ids methods;
  for (const std::string& severity : severities) {
    for (const CallRule& call : calls_of(rules, person, severity)) methods.insert(call.method);
  }
  return methods;
}

}  // namespace

std::vector<std::string> check_addresses(const AlertingRules& rules, const RotaBook& book,
                                         const Contacts& contacts, const NotifierRules& notices) {
  Ids people;
  for (const auto& [name, policy] : rules.escalation.policies) {
    for (const EscalationStep& step : policy.steps) {
      for (const EscalationTarget& target : step.targets) add_people(target, book, people);
    }
  }
  std::vector<std::string> doubts;
  for (const std::string& person : people) {
    for (const std::string& method : methods_of(rules.escalation, person)) {
      const ChannelRule* channel = notices.channel_of(method, "");
      const bool needed = channel != nullptr && row_of(channel->kind).one_recipient;
      if (!needed || contacts.address_of(person, method)) continue;
      doubts.push_back("'" + person + "' has no " + method + " in the contacts: channel " +
                       channel->name + " cannot call whom the ladders name");
    }
  }
  return doubts;
}

TargetFindings check_targets(const AlertingRules& rules, const RotaBook& book,
                             const Contacts& contacts) {
  TargetCheck check(book, contacts);
  for (const auto& [name, policy] : rules.escalation.policies) {
    for (const EscalationStep& step : policy.steps) {
      for (const EscalationTarget& target : step.targets) check.target("policy " + name, target);
    }
  }
  if (rules.handover) check.target("handover", {TargetKind::rota, rules.handover->rota});
  for (const auto& [who, calls] : rules.escalation.people) check.means(who);
  return check.take();
}

}  // namespace jieban
