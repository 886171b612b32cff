// DateRange: one date, or from one to another, both included: "2026-05-01/2026-05-05".
// Pure; any thread. Parsing gives nullopt for what is neither, or ends before it begins.
#pragma once

#include <optional>
#include <string_view>

#include "common/calendar/civil.h"

namespace jieban {

struct DateRange {
  Date first;
  Date last;
  bool contains(Date date) const { return first <= date && date <= last; }
};

std::optional<DateRange> parse_date_range(std::string_view text);

}  // namespace jieban
