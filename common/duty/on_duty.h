// OnDuty: one person at one instant, and why. Plain values; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/duty/rota_changes.h"

namespace jieban {

enum class DutyOrigin { rule, date, temporary, swap, stand_in, history };

std::string_view to_string(DutyOrigin origin);

struct OnDuty {
  PersonId person;
  DutyOrigin origin = DutyOrigin::rule;
  std::optional<PersonId> in_place_of{};  // whose shift it was, of a swap or a stand-in
  std::string shift_name{};               // 白班, of a cycle
  bool swap_asked = false;                // the person wants to be rid of it, nobody has taken it

  bool operator==(const OnDuty&) const = default;
};

// Without the second and further rows of a person.
void keep_first_of_each(std::vector<OnDuty>& rows);

}  // namespace jieban
