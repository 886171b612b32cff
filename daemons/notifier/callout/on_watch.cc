#include "daemons/notifier/callout/on_watch.h"

#include <algorithm>

#include "common/duty/roster.h"

namespace jieban {
namespace {

using Names = std::vector<std::string>;

bool has(const Names& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

void add_all(const Names& more, Names& names) {
  names.insert(names.end(), more.begin(), more.end());
}

void add_all(const std::vector<DatedShift>& shifts, Names& names) {
  for (const DatedShift& shift : shifts) names.push_back(shift.person);
}

// Whose rota it is: those of its rules; of one without rules, of its dates; of one without either,
// of its temporary schedules. Who is put on duty beside them, for a day, does not make it another
// one's.
Names regulars_of(const Rota& rota, const RotaChanges& changes) {
  Names regulars;
  for (const DutyRule& rule : rota.rules) {
    add_all(rule.persons, regulars);
    if (rule.rotation) add_all(rule.rotation->persons, regulars);
    if (rule.cycle) add_all(rule.cycle->persons, regulars);
  }
  if (regulars.empty()) add_all(rota.dates, regulars);
  if (!regulars.empty()) return regulars;
  for (const TemporarySchedule& schedule : changes.temporary) {
    if (schedule.rota == rota.id) add_all(schedule.shifts, regulars);
  }
  return regulars;
}

// What a rota is to a role.
struct RoleInRota {
  bool some = false;   // of its regulars have the role
  bool whole = false;  // all of them: whoever is on duty by it is meant
};

RoleInRota role_in(const Rota& rota, const RotaChanges& changes, const Names& persons) {
  const Names regulars = regulars_of(rota, changes);
  const auto of_them = std::ranges::count_if(
      regulars, [&](const std::string& regular) { return has(persons, regular); });
  return {of_them > 0, of_them > 0 && size_t(of_them) == regulars.size()};
}

bool is_meant(const OnDuty& row, const RoleInRota& role, const Names& persons) {
  const bool for_one_of_them = role.some && row.in_place_of && has(persons, *row.in_place_of);
  return role.whole || for_one_of_them || has(persons, row.person);
}

Names of_role(const RotaBook& book, const std::string& role, Timestamp at) {
  Names persons;
  for (const Person& person : book.persons) {
    if (has(person.roles, role)) persons.push_back(person.id);
  }
  bool in_a_rota = false;
  Names on;
  for (const Rota& rota : book.rotas) {
    const RoleInRota part = role_in(rota, book.changes, persons);
    in_a_rota = in_a_rota || part.some;
    for (const OnDuty& row : Roster(rota, book.changes).at(at)) {
      if (is_meant(row, part, persons) && !has(on, row.person)) on.push_back(row.person);
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
