#include "common/duty/rota_checks.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

namespace jieban {
namespace {

using std::chrono::days;
using std::chrono::seconds;

using Findings = std::vector<DutyFinding>;

// Each person's time at work, unbroken spans in their order.
using WorkSpans = std::map<PersonId, std::vector<TimeSpan>>;

std::vector<TimeSpan> join_touching(std::vector<TimeSpan> spans) {
  std::ranges::sort(spans, {}, &TimeSpan::from);
  std::vector<TimeSpan> joined;
  for (const TimeSpan& span : spans) {
    if (joined.empty() || joined.back().until < span.from) {
      joined.push_back(span);
    } else {
      joined.back().until = std::max(joined.back().until, span.until);
    }
  }
  return joined;
}

WorkSpans work_of(const RotaBook& book, const RotaChanges& changes, TimeSpan span) {
  WorkSpans work;
  for (const Rota& rota : book.rotas) {
    if (rota.standby) continue;
    for (const Shift& shift : shifts(rota, changes, span.from, span.until)) {
      work[shift.person].push_back({shift.start, shift.end});
    }
  }
  for (auto& [person, spans] : work) spans = join_touching(std::move(spans));
  return work;
}

void check_rest(const DutyLimits& limits, const PersonId& person,
                const std::vector<TimeSpan>& spans, Findings& out) {
  for (size_t i = 0; i < spans.size(); ++i) {
    if (spans[i].until - spans[i].from > limits.shift_max()) {
      out.push_back({DutyFault::long_shift, "", person, spans[i].from, spans[i].until});
    }
    if (i > 0 && spans[i].from - spans[i - 1].until < limits.rest_min()) {
      out.push_back({DutyFault::short_rest, "", person, spans[i - 1].until, spans[i].from});
    }
  }
}

// The instants at which whoever is at work works a night.
std::vector<Timestamp> nights_of(const RotaBook& book, TimeSpan span) {
  std::vector<Timestamp> nights;
  const auto zone = TimeZone::load(book.rotas.empty() ? "" : book.rotas.front().time_zone);
  if (!zone.ok()) return nights;
  const Date last = date_of(zone->wall(span.until));
  for (Date date = date_of(zone->wall(span.from)); date <= last; date += days(1)) {
    nights.push_back(zone->boundary(date + seconds(book.limits.night_at)));
  }
  return nights;
}

void check_nights(const DutyLimits& limits, const std::vector<Timestamp>& nights,
                  const PersonId& person, const std::vector<TimeSpan>& spans, Findings& out) {
  uint64_t in_row = 0;
  Timestamp first{};
  for (const Timestamp night : nights) {
    const auto worked = std::ranges::find_if(
        spans, [&](const TimeSpan& span) { return covers(span.from, span.until, night); });
    if (worked == spans.end()) {
      in_row = 0;
      continue;
    }
    if (++in_row == 1) first = night;
    if (in_row == limits.nights_in_row_max + 1) {
      out.push_back({DutyFault::nights_in_row, "", person, first, night});
    } else if (in_row > limits.nights_in_row_max) {
      out.back().until = night;
    }
  }
}

class ChangeCheck {
 public:
  ChangeCheck(const RotaBook& book, TimeSpan span, Findings& out)
      : book_(book), span_(span), out_(out) {}

  void run(const RotaChanges& changes) {
    for (const TemporarySchedule& each : changes.temporary) {
      check_rota(each);
      for (const DatedShift& shift : each.shifts) check_person(each, shift.person);
    }
    for (const DutyOverride& each : changes.overrides) {
      check_rota(each);
      if (each.add) check_person(each, *each.add);
      if (each.remove) check_person(each, *each.remove);
    }
    for (const DutyLeave& each : changes.leaves) check_person(each, each.person);
    for (const ShiftSwap& each : changes.swaps) {
      check_rota(each);
      check_person(each, each.asked_by);
      if (each.taker) check_person(each, *each.taker);
      if (!each.accepted()) report(DutyFault::open_swap, each, each.rota, each.asked_by);
    }
  }

 private:
  template <class Change>
  void check_rota(const Change& change) {
    if (book_.find_rota(change.rota) == nullptr) {
      report(DutyFault::unknown_rota, change, change.rota, "");
    }
  }

  template <class Change>
  void check_person(const Change& change, const PersonId& person) {
    if (book_.find_person(person) == nullptr) {
      report(DutyFault::unknown_person, change, "", person);
    }
  }

  template <class Change>
  void report(DutyFault fault, const Change& change, const std::string& rota,
              const PersonId& person) {
    if (change.until <= span_.from || change.from >= span_.until) return;
    out_.push_back({fault, rota, person, change.from, change.until, change.id});
  }

  const RotaBook& book_;
  TimeSpan span_;
  Findings& out_;
};

}  // namespace

std::string_view to_string(DutyFault fault) {
  constexpr std::array<std::string_view, 7> kNames = {
      "gap",       "short_rest",     "long_shift",  "nights_in_row",
      "open_swap", "unknown_person", "unknown_rota"};
  return kNames[size_t(fault)];
}

std::vector<DutyFinding> check_duty(const RotaBook& book, const RotaChanges& changes,
                                    Timestamp from, Timestamp until) {
  Findings found;
  if (until <= from) return found;
  const RotaChanges all = book.all_changes(changes);
  // As far back and ahead as a night, a rest or a shift that matters may lie.
  const auto around = days(int64_t(book.limits.nights_in_row_max) + 2) + book.limits.rest_min() +
                      book.limits.shift_max();
  const TimeSpan wide{from - around, until + around};
  const std::vector<Timestamp> nights = nights_of(book, wide);
  for (const auto& [person, spans] : work_of(book, all, wide)) {
    check_rest(book.limits, person, spans, found);
    check_nights(book.limits, nights, person, spans, found);
  }
  std::erase_if(found,
                [&](const DutyFinding& each) { return each.until < from || each.from >= until; });
  for (const Rota& rota : book.rotas) {
    for (const TimeSpan& gap : gaps(rota, all, from, until)) {
      found.push_back({DutyFault::gap, rota.id, "", gap.from, gap.until});
    }
  }
  ChangeCheck(book, {from, until}, found).run(all);
  std::ranges::stable_sort(
      found, {}, [](const DutyFinding& each) { return std::tuple(each.from, each.fault); });
  return found;
}

}  // namespace jieban
