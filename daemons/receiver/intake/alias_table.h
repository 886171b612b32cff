// Which column of an export is which field: the words of many sources for the same thing.
//
// A table is a list of (field, alias). Headers and aliases are compared half-width and without
// blanks; a field's own name is always an alias. Aliases listed earlier win when a sheet has two
// columns for one field (工单编号 before 编号, which may be a serial); the loser is kept in
// `extra`. An alias may stand under two fields: it means the first when no other column does, else
// the second (创建时间 is the call's time only where the sheet has no better one, DOMAIN §6.2).
// Building fails with `invalid` on an unknown field, an empty alias, or one under three fields.
// Immutable after that; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "common/base/result.h"
#include "common/base/text.h"
#include "common/domain/date_text.h"
#include "daemons/receiver/intake/submission.h"

namespace jieban {

using AliasPairs = std::vector<std::pair<std::string, std::string>>;

class AliasTable {
 public:
  static Result<AliasTable> build(const AliasPairs& pairs, DateStyle dates = DateStyle::year_first);

  bool knows(std::string_view header) const;
  // The field of each column, nullptr for those that go to `extra`. A field appears once at most.
  std::vector<const Field*> assign(const std::vector<std::string>& headers) const;

  DateStyle dates() const { return dates_; }
  // Changes when the table does: what a sheet means depends on it.
  const std::string& fingerprint() const { return fingerprint_; }

 private:
  struct Choice {
    const Field* field = nullptr;
    size_t rank = 0;  // position in the table: less is better
  };
  struct Meaning {
    Choice first;
    std::optional<Choice> second;
  };

  AliasTable() = default;
  Result<void> add(const Field& field, std::string_view alias);
  const Meaning* find(std::string_view header) const;

  std::unordered_map<std::string, Meaning> meanings_;
  size_t count_ = 0;
  DateStyle dates_ = DateStyle::year_first;
  std::string fingerprint_;
};

}  // namespace jieban
