#include "daemons/notifier/duty/swap_checks.h"

#include <algorithm>

#include "common/duty/rota_text.h"

namespace jieban {
namespace {

using Spans = std::vector<TimeSpan>;

Error no_to_swap(std::string reason) { return {ErrorCode::refused, std::move(reason)}; }

Spans shifts_of(const Rota& rota, const RotaChanges& changes, const PersonId& person,
                TimeSpan span) {
  Spans spans;
  for (const Shift& shift : shifts(rota, changes, span.from, span.until)) {
    if (shift.person == person) spans.push_back({shift.start, shift.end});
  }
  return spans;
}

bool is_busy(const RotaBook& book, const Rota& rota, const PersonId& person, TimeSpan span) {
  return std::ranges::any_of(book.rotas, [&](const Rota& other) {
    const bool counts = other.id == rota.id || (!other.standby && !rota.standby);
    return counts && !shifts_of(other, book.changes, person, span).empty();
  });
}

bool is_on_leave(const RotaBook& book, const PersonId& person, TimeSpan span) {
  return std::ranges::any_of(book.changes.leaves, [&](const DutyLeave& leave) {
    return leave.person == person && leave.from < span.until && span.from < leave.until;
  });
}

// `giver` has a shift in the span, and `taker` is free while it lasts.
Result<void> check_giving(const RotaBook& book, const Rota& rota, const PersonId& giver,
                          const PersonId& taker, TimeSpan span) {
  const Spans given = shifts_of(rota, book.changes, giver, span);
  if (given.empty()) return no_to_swap(book.name_of(giver) + "在这段时间没有班");
  for (const TimeSpan& shift : given) {
    if (is_on_leave(book, taker, shift)) {
      return no_to_swap(book.name_of(taker) + "在这段时间请假");
    }
    if (is_busy(book, rota, taker, shift)) {
      return no_to_swap(book.name_of(taker) + "在这段时间已有班");
    }
  }
  return {};
}

template <class Change>
void erase_named(std::vector<Change>& changes, const std::string& id) {
  std::erase_if(changes, [&](const Change& change) { return change.id == id; });
}

// The spans of a change, before and after, all of them: the one around them.
class Around {
 public:
  Around(const RotaChanges& before, const RotaChanges& after) {
    add_change(before);
    add_change(after);
  }
  TimeSpan span() const { return span_; }

 private:
  void add_change(const RotaChanges& change) {
    add_all(change.temporary);
    add_all(change.overrides);
    add_all(change.leaves);
    add_all(change.swaps);
    for (const ShiftSwap& swap : change.swaps) {
      if (swap.back_from && swap.back_until) add(*swap.back_from, *swap.back_until);
    }
  }
  void add(Timestamp from, Timestamp until) {
    span_.from = std::min(span_.from, from);
    span_.until = std::max(span_.until, until);
  }
  template <class Change>
  void add_all(const std::vector<Change>& changes) {
    for (const Change& change : changes) add(change.from, change.until);
  }
  TimeSpan span_{kTimestampMax, Timestamp::min()};
};

bool is_of_hours(const DutyFinding& finding) {
  return finding.fault == DutyFault::gap || finding.fault == DutyFault::short_rest ||
         finding.fault == DutyFault::long_shift || finding.fault == DutyFault::nights_in_row;
}

bool covers_span(const DutyFinding& outer, const DutyFinding& inner) {
  return outer.from <= inner.from && inner.until <= outer.until;
}

// Whether `now` is no worse than `before`: less of a gap, of a shift, of nights; more of a rest.
bool is_no_worse(const DutyFinding& before, const DutyFinding& now) {
  if (before.fault != now.fault || before.person != now.person || before.rota != now.rota) {
    return false;
  }
  return now.fault == DutyFault::short_rest ? covers_span(now, before) : covers_span(before, now);
}

}  // namespace

Result<void> check_asker(const RotaBook& book, const ShiftSwap& swap) {
  const Rota* rota = book.find_rota(swap.rota);
  if (rota == nullptr) return Error{ErrorCode::not_found, "没有这个排班：" + swap.rota};
  const TimeSpan span{swap.from, swap.until};
  if (shifts_of(*rota, book.changes, swap.asked_by, span).empty()) {
    return no_to_swap(book.name_of(swap.asked_by) + "在这段时间没有班");
  }
  // Overrides act behind swaps: hours that come from one cannot be given away by the other.
  RotaChanges given = book.changes;
  erase_named(given.swaps, swap.id);
  given.swaps.push_back(swap);
  given.swaps.back().taker = "";
  given.swaps.back().accepted_at = kTimestampMax;
  if (shifts_of(*rota, given, swap.asked_by, span).empty()) return {};
  return no_to_swap(book.name_of(swap.asked_by) + "的这个班出自排班调整，不能换，请班组长另作调整");
}

Result<void> check_taker(const RotaBook& book, const ShiftSwap& swap, const PersonId& taker) {
  const Rota* rota = book.find_rota(swap.rota);
  if (rota == nullptr) return Error{ErrorCode::not_found, "没有这个排班：" + swap.rota};
  RETURN_IF_ERROR(check_giving(book, *rota, swap.asked_by, taker, {swap.from, swap.until}));
  if (!swap.back_from || !swap.back_until) return {};
  auto back = check_giving(book, *rota, taker, swap.asked_by, {*swap.back_from, *swap.back_until});
  return back.ok() ? back : Result<void>(no_to_swap("还班：" + back.error().message));
}

std::vector<DutyFinding> new_findings(const RotaBook& book, const RotaChanges& change) {
  return new_findings(book, change, change);
}

std::vector<DutyFinding> new_findings(const RotaBook& book, const RotaChanges& before,
                                      const RotaChanges& after) {
  const auto& limits = book.limits;
  const TimeSpan around = Around(before, after).span();
  if (around.until <= around.from) return {};
  // As far ahead as the rest after it, or the nights that follow it, may reach.
  const auto reach = std::chrono::days(int64_t(limits.nights_in_row_max) + 2) + limits.rest_min() +
                     limits.shift_max();
  const TimeSpan span{around.from, around.until + reach};
  RotaBook changed = book;
  const auto replace = [](auto& rows, const auto& old, const auto& with) {
    for (const auto& row : old) erase_named(rows, row.id);
    for (const auto& row : with) erase_named(rows, row.id);
    rows.insert(rows.end(), with.begin(), with.end());
  };
  replace(changed.changes.temporary, before.temporary, after.temporary);
  replace(changed.changes.overrides, before.overrides, after.overrides);
  replace(changed.changes.leaves, before.leaves, after.leaves);
  replace(changed.changes.swaps, before.swaps, after.swaps);
  const auto known = check_duty(book, {}, span.from, span.until);
  auto found = check_duty(changed, {}, span.from, span.until);
  std::erase_if(found, [&](const DutyFinding& now) {
    return !is_of_hours(now) || std::ranges::any_of(known, [&](const DutyFinding& each) {
      return is_no_worse(each, now);
    });
  });
  return found;
}

std::vector<std::string> finding_lines(const RotaBook& book,
                                       const std::vector<DutyFinding>& findings) {
  std::vector<std::string> lines;
  for (const DutyFinding& each : findings) {
    std::string line = finding_text(book, each);
    while (!line.empty() && line.back() == '\n') line.pop_back();
    lines.push_back(std::move(line));
  }
  return lines;
}

Result<void> check_limits(const RotaBook& book, const ShiftSwap& accepted, bool overrule) {
  RotaChanges change;
  change.swaps = {accepted};
  const auto found = new_findings(book, change);
  if (found.empty()) return {};
  const bool gap = std::ranges::any_of(
      found, [](const DutyFinding& each) { return each.fault == DutyFault::gap; });
  if (overrule && !gap) return {};
  std::string reason = gap ? "换班后无人值班" : "换班后不符合排班限制，强制批准须写明理由";
  for (const std::string& line : finding_lines(book, found)) reason += "；" + line;
  return no_to_swap(reason);
}

}  // namespace jieban
