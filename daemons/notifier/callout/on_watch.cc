#include "daemons/notifier/callout/on_watch.h"

#include <algorithm>

#include "common/duty/roster.h"

namespace jieban {
namespace {

using Names = std::vector<std::string>;

bool has(const Names& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

// Whom any rule, date or change of the rota could put on duty does not matter here: only whether
// the rota is one of the role's people at all.
bool concerns(const Rota& rota, const Names& persons) {
  const auto any = [&](const Names& named) {
    return std::ranges::any_of(named, [&](const std::string& each) { return has(persons, each); });
  };
  return std::ranges::any_of(rota.rules, [&](const DutyRule& rule) {
    return any(rule.persons) || (rule.rotation && any(rule.rotation->persons)) ||
           (rule.cycle && any(rule.cycle->persons));
  });
}

Names of_role(const RotaBook& book, const std::string& role, Timestamp at) {
  Names persons;
  for (const Person& person : book.persons) {
    if (has(person.roles, role)) persons.push_back(person.id);
  }
  bool in_a_rota = false;
  Names on;
  for (const Rota& rota : book.rotas) {
    if (!concerns(rota, persons)) continue;
    in_a_rota = true;
    for (const PersonId& person : on_duty(rota, book.changes, at)) {
      if (has(persons, person) && !has(on, person)) on.push_back(person);
    }
  }
  return in_a_rota ? on : persons;
}

}  // namespace

std::vector<std::string> on_watch(const EscalationTarget& target, const RotaBook* book,
                                  const std::string& lead_unit, Timestamp at) {
  switch (target.kind) {
    case TargetKind::person:
      return {target.name};
    case TargetKind::unit: {
      const std::string& unit = target.name == "lead" ? lead_unit : target.name;
      return unit.empty() ? Names() : Names{unit};
    }
    case TargetKind::rota: {
      const Rota* rota = book == nullptr ? nullptr : book->find_rota(target.name);
      return rota == nullptr ? Names() : on_duty(*rota, book->changes, at);
    }
    case TargetKind::role:
      return book == nullptr ? Names() : of_role(*book, target.name, at);
  }
  return {};
}

}  // namespace jieban
