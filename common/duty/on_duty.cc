#include "common/duty/on_duty.h"

#include <algorithm>
#include <array>

namespace jieban {

std::string_view to_string(DutyOrigin origin) {
  constexpr std::array<std::string_view, 6> kNames = {"rule", "date",     "temporary",
                                                      "swap", "stand_in", "history"};
  return kNames[size_t(origin)];
}

void keep_first_of_each(std::vector<OnDuty>& rows) {
  std::vector<OnDuty> kept;
  for (OnDuty& row : rows) {
    if (std::ranges::find(kept, row.person, &OnDuty::person) == kept.end()) {
      kept.push_back(std::move(row));
    }
  }
  rows = std::move(kept);
}

}  // namespace jieban
