#include "daemons/notifier/duty/duty_change.h"

#include <algorithm>
#include <array>

namespace jieban {
namespace {

constexpr std::array<std::string_view, 5> kDutyStates = {"asked", "accepted", "in_force", "refused",
                                                         "withdrawn"};

DutyOverride override_from(const DutyRequest& request, Timestamp from) {
  DutyOverride change;
  change.id = request.id;
  change.rota = request.rota;
  change.from = from;
  change.until = request.until;
  change.priority = request.priority;
  change.add = request.add;
  change.remove = request.remove;
  change.alone = request.alone;
  change.reason = request.reason;
  return change;
}

ShiftSwap swap_from(const DutyRequest& request, Timestamp from, Timestamp now) {
  ShiftSwap swap;
  swap.id = request.id;
  swap.rota = request.rota;
  swap.asked_by = request.by;
  swap.asked_at = now;
  swap.from = from;
  swap.until = request.until;
  swap.taker = request.taker;
  swap.back_from = request.back_from;
  swap.back_until = request.back_until;
  return swap;
}

template <class Change>
void cut_each(std::vector<Change>& changes, Timestamp now) {
  for (Change& change : changes) change.until = std::min(change.until, now);
  std::erase_if(changes, [](const Change& change) { return change.until <= change.from; });
}

// A span without instants holds at none: the other one of the swap stays.
void cut_swaps(std::vector<ShiftSwap>& swaps, Timestamp now) {
  std::erase_if(swaps, [](const ShiftSwap& swap) { return !swap.accepted(); });
  for (ShiftSwap& swap : swaps) {
    swap.until = std::max(swap.from, std::min(swap.until, now));
    if (!swap.back_until) continue;
    swap.back_until = std::max(*swap.back_from, std::min(*swap.back_until, now));
  }
  std::erase_if(swaps, [](const ShiftSwap& swap) {
    return swap.from == swap.until && swap.back_from == swap.back_until;
  });
}

}  // namespace

std::string_view to_string(DutyChangeState state) { return kDutyStates[size_t(state)]; }

bool from_string(std::string_view text, DutyChangeState& out) {
  const auto found = std::ranges::find(kDutyStates, text);
  if (found == kDutyStates.end()) return false;
  out = DutyChangeState(found - kDutyStates.begin());
  return true;
}

DutyChange make_change(const DutyRequest& request, Timestamp now) {
  DutyChange change;
  change.request = request;
  change.asked_at = now;
  const Timestamp from = request.from.value_or(now);
  if (request.kind != DutyKind::swap) change.state = DutyChangeState::in_force;
  switch (request.kind) {
    case DutyKind::override_of_rule:
      change.effect.overrides = {override_from(request, from)};
      break;
    case DutyKind::leave:
      change.effect.leaves = {
          {request.id, request.person.value_or(""), from, request.until, request.reason}};
      break;
    case DutyKind::swap:
      change.effect.swaps = {swap_from(request, from, now)};
      break;
    case DutyKind::temporary:
      change.effect.temporary = {{request.id, request.rota, from, request.until, request.shifts}};
      break;
  }
  return change;
}

ShiftSwap approved_swap(const DutyChange& change, const PersonId& taker, Timestamp now) {
  ShiftSwap swap = change.effect.swaps.at(0);
  swap.taker = taker;
  swap.accepted_at = now;
  swap.from = std::max(swap.from, now);
  if (swap.back_from) swap.back_from = std::max(*swap.back_from, now);
  return swap;
}

void cut_effect(DutyChange& change, Timestamp now) {
  cut_each(change.effect.overrides, now);
  cut_each(change.effect.leaves, now);
  cut_each(change.effect.temporary, now);
  cut_swaps(change.effect.swaps, now);
}

Timestamp end_of(const DutyRequest& request) {
  return std::max(request.until, request.back_until.value_or(request.until));
}

bool touches(const DutyChange& change, Timestamp from, Timestamp until) {
  const DutyRequest& request = change.request;
  const Timestamp begin = request.from.value_or(change.asked_at);
  const bool first = begin < until && request.until > from;
  const bool back = request.back_from && request.back_until &&
                    *request.back_from<until&& * request.back_until> from;
  return first || back;
}

}  // namespace jieban
