#include "common/calendar/date_range.h"

namespace jieban {

std::optional<DateRange> parse_date_range(std::string_view text) {
  const size_t slash = text.find('/');
  const auto first = parse_date(text.substr(0, slash));
  const auto last = slash == std::string_view::npos ? first : parse_date(text.substr(slash + 1));
  if (!first || !last || *last < *first) return std::nullopt;
  return DateRange{*first, *last};
}

}  // namespace jieban
