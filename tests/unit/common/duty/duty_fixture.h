// Rotas for tests: the four seats of DOMAIN §13.2, and instants by the clock of Beijing.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "common/duty/shifts.h"

namespace jieban::duty_test {

// "2026-03-02 08:30".
inline Timestamp local(std::string_view text) {
  const auto at = parse_local(std::string(text) + ":00");
  EXPECT_TRUE(at.has_value()) << text;
  return at.value_or(Timestamp());
}

inline TimeZone zone_named(const std::string& name) {
  auto zone = TimeZone::load(name);
  CHECK(zone.ok());
  return *zone;
}

inline const TimeZone& shanghai() {
  static const TimeZone zone = zone_named("Asia/Shanghai");
  return zone;
}

constexpr int64_t hour(int64_t count) { return count * 3600; }

// Day, night, rest, rest, from 2026-03-02 on, a Monday: on it `a` has the day and `d` the night.
inline DutyCycle four_days() {
  DutyCycle cycle;
  cycle.first_day = parse_date("2026-03-02").value().time_since_epoch().count();
  cycle.pattern = {"D", "N", "O", "O"};
  cycle.shifts = {{"D", "白班", hour(8) + 1800, hour(20) + 1800},
                  {"N", "夜班", hour(20) + 1800, hour(32) + 1800}};
  cycle.persons = {"a", "b", "c", "d"};
  return cycle;
}

inline Rota seat_rota() {
  Rota rota;
  rota.id = "seat";
  rota.name = "坐席值班";
  DutyRule& rule = rota.rules.emplace_back();
  rule.id = "four_days";
  rule.cycle = four_days();
  return rota;
}

// A weekday window of some persons.
inline DutyRule rule_of(std::vector<PersonId> persons, int64_t begin, int64_t end,
                        uint64_t priority = 0) {
  DutyRule rule;
  rule.priority = priority;
  rule.window = {kEveryDay, begin, end};
  rule.persons = std::move(persons);
  return rule;
}

inline DutyOverride override_of(std::string_view from, std::string_view until,
                                std::optional<PersonId> add, std::optional<PersonId> remove) {
  DutyOverride change;
  change.id = "o1";
  change.rota = "seat";
  change.from = local(from);
  change.until = local(until);
  change.add = std::move(add);
  change.remove = std::move(remove);
  return change;
}

// `asker` gives these hours to `taker`, who has accepted.
inline ShiftSwap swap_of(std::string_view from, std::string_view until, const PersonId& asker,
                         const PersonId& taker) {
  ShiftSwap swap;
  swap.id = "s1";
  swap.rota = "seat";
  swap.asked_by = asker;
  swap.from = local(from);
  swap.until = local(until);
  swap.taker = taker;
  swap.asked_at = swap.accepted_at.emplace(local("2026-03-01 00:00"));
  return swap;
}

inline DutyLeave leave_of(std::string_view from, std::string_view until, const PersonId& person) {
  return {"l1", person, local(from), local(until), std::nullopt};
}

// "a 03-02 08:30..03-02 20:30", one a shift.
inline std::vector<std::string> lines_of(const std::vector<Shift>& shifts) {
  std::vector<std::string> lines;
  for (const Shift& shift : shifts) {
    lines.push_back(shift.person + " " + format_local(shift.start).substr(5, 11) + ".." +
                    format_local(shift.end).substr(5, 11) + (shift.truncated ? "+" : ""));
  }
  return lines;
}

using Persons = std::vector<PersonId>;
using Lines = std::vector<std::string>;

inline RotaBook seat_book() {
  RotaBook book;
  book.version = "1";
  book.limits = {uint64_t(hour(11)) * 1'000'000, uint64_t(hour(12)) * 1'000'000, 1, hour(2)};
  for (const char* id : {"a", "b", "c", "d"}) {
    book.persons.push_back({id, std::string("坐席") + id, {"seat"}});
  }
  book.rotas.push_back(seat_rota());
  return book;
}

}  // namespace jieban::duty_test
