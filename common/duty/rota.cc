#include "common/duty/rota.h"

#include <algorithm>
#include <array>

namespace jieban {
namespace {

constexpr std::array<std::string_view, 4> kUnits = {"hourly", "daily", "weekly", "monthly"};

template <class Row>
const Row* find(const std::vector<Row>& rows, std::string_view id) {
  const auto found = std::ranges::find(rows, id, &Row::id);
  return found == rows.end() ? nullptr : &*found;
}

}  // namespace

std::string_view to_string(RotationUnit unit) { return kUnits[size_t(unit)]; }

bool from_string(std::string_view text, RotationUnit& out) {
  const auto found = std::ranges::find(kUnits, text);
  if (found == kUnits.end()) return false;
  out = RotationUnit(found - kUnits.begin());
  return true;
}

const Rota* RotaBook::find_rota(std::string_view id) const { return find(rotas, id); }
const Person* RotaBook::find_person(std::string_view id) const { return find(persons, id); }

RotaChanges RotaBook::all_changes(const RotaChanges& more) const {
  RotaChanges all = changes;
  all.append(more);
  return all;
}

const std::string& RotaBook::name_of(const PersonId& id) const {
  const Person* person = find_person(id);
  return person == nullptr ? id : person->name;
}

}  // namespace jieban
