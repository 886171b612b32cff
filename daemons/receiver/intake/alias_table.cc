#include "daemons/receiver/intake/alias_table.h"

#include <algorithm>

#include "common/base/check.h"

namespace jieban {

Result<AliasTable> AliasTable::build(const AliasPairs& pairs, DateStyle dates) {
  AliasTable table;
  table.dates_ = dates;
  table.fingerprint_ = dates == DateStyle::month_first ? "month_first\n" : "year_first\n";
  for (const auto& [name, alias] : pairs) {
    const Field* field = find_field(name);
    if (field == nullptr) return invalid("alias table: there is no field " + name);
    RETURN_IF_ERROR(table.add(*field, alias));
  }
  for (const Field& field : submission_fields()) {
    if (!table.knows(field.name)) RETURN_IF_ERROR(table.add(field, field.name));
  }
  return table;
}

Result<void> AliasTable::add(const Field& field, std::string_view alias) {
  std::string header = normalise_header(alias);
  if (header.empty()) return invalid("alias table: empty alias of " + std::string(field.name));
  Choice choice{&field, count_++};
  fingerprint_ += std::string(field.name) + '=' + header + '\n';
  auto [found, fresh] = meanings_.try_emplace(header, Meaning{choice, std::nullopt});
  if (fresh) return {};
  Meaning& meaning = found->second;
  if (meaning.first.field == &field || meaning.second) {
    return invalid("alias table: " + header + " is listed too often");
  }
  meaning.second = choice;
  return {};
}

const AliasTable::Meaning* AliasTable::find(std::string_view header) const {
  auto found = meanings_.find(normalise_header(header));
  return found == meanings_.end() ? nullptr : &found->second;
}

bool AliasTable::knows(std::string_view header) const { return find(header) != nullptr; }

std::vector<const Field*> AliasTable::assign(const std::vector<std::string>& headers) const {
  struct Claim {
    size_t column;
    Choice choice;
  };
  std::vector<const Field*> fields(headers.size(), nullptr);
  std::vector<Claim> certain, first, second;
  for (size_t column = 0; column < headers.size(); ++column) {
    const Meaning* meaning = find(headers[column]);
    if (meaning == nullptr) continue;
    (meaning->second ? first : certain).push_back({column, meaning->first});
    if (meaning->second) second.push_back({column, *meaning->second});
  }
  // Columns that can mean one thing only choose before those that can give way.
  for (auto* claims : {&certain, &first, &second}) {
    std::stable_sort(claims->begin(), claims->end(),
                     [](const Claim& a, const Claim& b) { return a.choice.rank < b.choice.rank; });
    for (const Claim& claim : *claims) {
      bool taken = std::find(fields.begin(), fields.end(), claim.choice.field) != fields.end();
      if (fields[claim.column] == nullptr && !taken) fields[claim.column] = claim.choice.field;
    }
  }
  return fields;
}

}  // namespace jieban
