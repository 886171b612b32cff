#include "common/duty/shifts.h"

#include <algorithm>
#include <functional>
#include <tuple>

namespace jieban {
namespace {

using Evaluate = std::function<std::vector<OnDuty>(Timestamp)>;
using Same = bool (*)(const OnDuty&, const OnDuty&);

bool same_person(const OnDuty& a, const OnDuty& b) { return a.person == b.person; }
bool same_row(const OnDuty& a, const OnDuty& b) { return a == b; }

// Joins what is the same from instant to instant.
class ShiftJoiner {
 public:
  explicit ShiftJoiner(Same same) : same_(same) {}

  void step(Timestamp at, const std::vector<OnDuty>& rows) {
    close(at, rows);
    for (const OnDuty& row : rows) {
      if (!is_among(open_, row)) open_.push_back({row, at});
    }
  }

  std::vector<Shift> finish(Timestamp until, const std::vector<OnDuty>& rows_then) {
    close(until, rows_then);
    for (const Open& each : open_) done_.push_back(shift_of(each, until, true));
    std::ranges::sort(done_, {}, [](const Shift& shift) {
      return std::tie(shift.start, shift.person, shift.end);
    });
    return std::move(done_);
  }

 private:
  struct Open {
    OnDuty row;
    Timestamp start;
  };

  bool is_among(const std::vector<Open>& open, const OnDuty& row) const {
    return std::ranges::any_of(open, [&](const Open& each) { return same_(each.row, row); });
  }

  static Shift shift_of(const Open& open, Timestamp end, bool truncated) {
    return {open.row.person,     open.start,         end,
            truncated,           open.row.origin,    open.row.in_place_of,
            open.row.shift_name, open.row.swap_asked};
  }

  void close(Timestamp at, const std::vector<OnDuty>& rows) {
    std::erase_if(open_, [&](const Open& each) {
      const bool goes_on =
          std::ranges::any_of(rows, [&](const OnDuty& row) { return same_(each.row, row); });
      if (!goes_on) done_.push_back(shift_of(each, at, false));
      return !goes_on;
    });
  }

  Same same_;
  std::vector<Open> open_;
  std::vector<Shift> done_;
};

std::vector<Shift> join(const std::vector<Timestamp>& instants, Timestamp until,
                        const Evaluate& evaluate, Same same) {
  ShiftJoiner joiner(same);
  for (const Timestamp at : instants) joiner.step(at, evaluate(at));
  return joiner.finish(until, evaluate(until));
}

std::vector<OnDuty> past_rows(const DutyHistory& history, Timestamp at) {
  std::vector<OnDuty> rows;
  for (const PastShift& shift : history.shifts) {
    if (!covers(shift.start, shift.end.value_or(history.now), at)) continue;
    rows.push_back({shift.person, DutyOrigin::history});
  }
  keep_first_of_each(rows);
  return rows;
}

// From the first shift of the history on, so that those which last into the span are whole.
std::vector<Timestamp> instants_of(const Roster& roster, const DutyHistory& history,
                                   TimeSpan span) {
  std::vector<Timestamp> instants = {span.from, history.now};
  for (const PastShift& shift : history.shifts) {
    instants.push_back(shift.start);
    if (shift.end) instants.push_back(*shift.end);
  }
  const std::vector<Timestamp> later =
      roster.changes({std::min(history.now, span.from), span.until});
  instants.insert(instants.end(), later.begin(), later.end());
  std::erase_if(instants, [&](Timestamp at) { return at >= span.until; });
  std::ranges::sort(instants);
  return instants;
}

std::vector<Shift> with_history(const Roster& roster, const DutyHistory& history, TimeSpan span) {
  const Evaluate evaluate = [&](Timestamp at) {
    return at < history.now ? past_rows(history, at) : roster.at(at);
  };
  auto all = join(instants_of(roster, history, span), span.until, evaluate, same_person);
  std::erase_if(all, [&](const Shift& shift) { return shift.end <= span.from; });
  for (Shift& shift : all) {
    if (shift.start >= history.now) shift.start = std::max(shift.start, span.from);
  }
  std::ranges::sort(all, {},
                    [](const Shift& shift) { return std::tie(shift.start, shift.person); });
  return all;
}

std::vector<Shift> joined(const Rota& rota, const RotaChanges& changes, TimeSpan span, Same same) {
  const Roster roster(rota, changes);
  std::vector<Timestamp> instants = {span.from};
  const std::vector<Timestamp> later = roster.changes(span);
  instants.insert(instants.end(), later.begin(), later.end());
  return join(
      instants, span.until, [&](Timestamp at) { return roster.at(at); }, same);
}

}  // namespace

std::vector<Shift> shifts(const Rota& rota, const RotaChanges& changes, Timestamp from,
                          Timestamp until, const DutyHistory* history) {
  if (until <= from) return {};
  if (history == nullptr) return joined(rota, changes, {from, until}, same_person);
  return with_history(Roster(rota, changes), *history, {from, until});
}

std::vector<Shift> duty_pieces(const Rota& rota, const RotaChanges& changes, Timestamp from,
                               Timestamp until) {
  if (until <= from) return {};
  return joined(rota, changes, {from, until}, same_row);
}

std::vector<TimeSpan> gaps(const Rota& rota, const RotaChanges& changes, Timestamp from,
                           Timestamp until) {
  std::vector<TimeSpan> found;
  if (until <= from) return found;
  const Roster roster(rota, changes);
  std::vector<Timestamp> instants = roster.changes({from, until});
  instants.insert(instants.begin(), from);
  instants.push_back(until);
  for (size_t i = 0; i + 1 < instants.size(); ++i) {
    if (!roster.needs_cover(instants[i]) || !roster.at(instants[i]).empty()) continue;
    const bool goes_on = !found.empty() && found.back().until == instants[i];
    if (!goes_on) found.push_back({instants[i], instants[i]});
    found.back().until = instants[i + 1];
  }
  return found;
}

std::optional<TimeSpan> next_gap(const Rota& rota, const RotaChanges& changes, Timestamp from,
                                 int days) {
  auto found = gaps(rota, changes, from, from + std::chrono::days(days));
  return found.empty() ? std::nullopt : std::optional(found.front());
}

}  // namespace jieban
