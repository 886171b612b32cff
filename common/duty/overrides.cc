#include "common/duty/overrides.h"

#include <algorithm>
#include <span>

namespace jieban {
namespace {

void hand_over(const PersonId& giver, const PersonId& taker, std::vector<OnDuty>& rows) {
  for (OnDuty& row : rows) {
    if (row.person != giver) continue;
    if (!row.in_place_of) row.in_place_of = giver;
    row.person = taker;
    row.origin = DutyOrigin::swap;
  }
}

void mark_asked(const PersonId& asker, std::vector<OnDuty>& rows) {
  for (OnDuty& row : rows) row.swap_asked = row.swap_asked || row.person == asker;
}

using Level = std::span<const DutyOverride* const>;

// Those that one person stands in for, else nobody: `row` remains.
void act_on(const OnDuty& row, Level level, std::vector<OnDuty>& out) {
  bool stays = true;
  for (const DutyOverride* each : level) {
    if (each->remove != row.person) continue;
    stays = false;
    if (each->add) out.push_back({*each->add, DutyOrigin::stand_in, row.person, row.shift_name});
  }
  if (stays) out.push_back(row);
}

void apply_level(Level level, std::vector<OnDuty>& rows) {
  if (std::ranges::any_of(level, &DutyOverride::alone)) rows.clear();
  std::vector<OnDuty> out;
  for (const DutyOverride* each : level) {
    if (each->alone && each->add) rows.push_back({*each->add, DutyOrigin::stand_in});
  }
  for (const OnDuty& row : rows) act_on(row, level, out);
  for (const DutyOverride* each : level) {
    if (each->add && !each->remove && !each->alone) {
      out.push_back({*each->add, DutyOrigin::stand_in});
    }
  }
  rows = std::move(out);
  keep_first_of_each(rows);
}

}  // namespace

void apply_swaps(const std::vector<const ShiftSwap*>& swaps, Timestamp at,
                 std::vector<OnDuty>& rows) {
  std::vector<const ShiftSwap*> accepted;
  for (const ShiftSwap* swap : swaps) {
    if (swap->accepted()) accepted.push_back(swap);
  }
  std::ranges::stable_sort(accepted, {}, [](const ShiftSwap* swap) { return *swap->accepted_at; });
  for (const ShiftSwap* swap : accepted) {
    if (covers(swap->from, swap->until, at)) {
      hand_over(swap->asked_by, *swap->taker, rows);
    } else {
      hand_over(*swap->taker, swap->asked_by, rows);
    }
  }
  for (const ShiftSwap* swap : swaps) {
    if (!swap->accepted() && covers(swap->from, swap->until, at)) mark_asked(swap->asked_by, rows);
  }
  keep_first_of_each(rows);
}

void apply_overrides(std::vector<const DutyOverride*> overrides, std::vector<OnDuty>& rows) {
  std::ranges::stable_sort(overrides, {}, &DutyOverride::priority);
  for (size_t first = 0; first < overrides.size();) {
    size_t end = first;
    while (end < overrides.size() && overrides[end]->priority == overrides[first]->priority) ++end;
    apply_level(Level(overrides).subspan(first, end - first), rows);
    first = end;
  }
}

void drop_absent(const std::vector<DutyLeave>& leaves, Timestamp at, std::vector<OnDuty>& rows) {
  std::erase_if(rows, [&](const OnDuty& row) {
    return std::ranges::any_of(leaves, [&](const DutyLeave& leave) {
      return leave.person == row.person && covers(leave.from, leave.until, at);
    });
  });
}

}  // namespace jieban
