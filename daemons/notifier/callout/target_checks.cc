#include "daemons/notifier/callout/target_checks.h"

#include <algorithm>
#include <set>

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

}  // namespace

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
