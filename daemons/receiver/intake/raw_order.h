// A row of an export file or an order of a push, before anything is believed of it.
//
// `fields` are columns whose meaning is known, by canonical name (submission.h); `extra` holds the
// others under the name that they came with. Empty cells are left out.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/domain/date_text.h"

namespace jieban {

struct RawField {
  std::string_view name;  // of the table of fields, which lasts
  std::string text;
  bool number = false;  // stored as a number, so that digits may have been lost
};

// A value that was left out, or cut, while its order was taken: why, without what it says.
struct FieldWarning {
  std::string column;  // canonical name, or "extra"
  std::string reason;
  bool operator==(const FieldWarning&) const = default;
};

struct RawOrder {
  size_t row_no = 0;
  std::vector<RawField> fields;
  std::vector<std::pair<std::string, std::string>> extra;
  DateStyle dates = DateStyle::year_first;
  std::vector<FieldWarning> warnings;  // of what could not even be brought here as text
};

}  // namespace jieban
