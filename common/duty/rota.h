// Who is on duty when, as data: a rota (排班) is rules in layers and shifts of single dates.
//
// A rule puts persons on duty in its window: some persons, whoever's turn it is in a rotation, or
// those whom a cycle of days gives a shift. Of the rules and dates in force at an instant, those of
// the highest priority count; equal ones all do. What changes day by day stands beside it, in
// rota_changes.h. How both are evaluated: roster.h. The file: rota_file.h.
// Payload structs: a rota is a rule of the fold and travels in an event. It holds names and no
// addresses: who is reached how is known where notices are sent.
// Thread rule: plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/clock.h"
#include "common/domain/fields.h"
#include "common/duty/rota_changes.h"

namespace jieban {

constexpr int64_t kDaySeconds = 86'400;
constexpr uint64_t kEveryDay = 0b111'1111;

struct Person {
  PersonId id;
  std::string name;  // as it is shown
  std::vector<std::string> roles;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("id", &Person::id);
    visit("name", &Person::name);
    visit("roles", &Person::roles);
  }
};

// The same hours on some days of the week. What passes midnight belongs to the day it starts on.
struct WeeklyWindow {
  uint64_t weekdays = kEveryDay;  // bit 0 is Monday
  int64_t begin = 0;              // seconds of the wall clock from midnight
  int64_t end = kDaySeconds;      // after begin, by a day at most

  template <class Visit>
  static void fields(Visit& visit) {
    visit("weekdays", &WeeklyWindow::weekdays);
    visit("begin", &WeeklyWindow::begin);
    visit("end", &WeeklyWindow::end);
  }
};

enum class RotationUnit { hourly, daily, weekly, monthly };

std::string_view to_string(RotationUnit unit);
bool from_string(std::string_view text, RotationUnit& out);

// One after the other; each has `length` units by the wall clock.
struct Rotation {
  RotationUnit unit = RotationUnit::weekly;
  uint64_t length = 1;
  Timestamp start{};  // the first person's turn begins; turns are counted back from it too
  std::vector<PersonId> persons;
  std::optional<std::string> time_zone;  // by default that of the rota

  template <class Visit>
  static void fields(Visit& visit) {
    visit("unit", &Rotation::unit);
    visit("length", &Rotation::length);
    visit("start", &Rotation::start);
    visit("persons", &Rotation::persons);
    visit("time_zone", &Rotation::time_zone);
  }
};

// What a code of a cycle's pattern means: 白班, 08:30 to 20:30.
struct CycleShift {
  std::string code;
  std::string name;
  int64_t begin = 0;  // as in a WeeklyWindow
  int64_t end = 0;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("code", &CycleShift::code);
    visit("name", &CycleShift::name);
    visit("begin", &CycleShift::begin);
    visit("end", &CycleShift::end);
  }
};

// Each person goes through the pattern day by day, the next one a day later (DOMAIN §13.2).
struct DutyCycle {
  int64_t first_day = 0;  // of the first person; days since 1970-01-01
  std::vector<std::string> pattern;
  std::vector<CycleShift> shifts;  // a code of the pattern without a shift is a day of rest
  std::vector<PersonId> persons;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("first_day", &DutyCycle::first_day);
    visit("pattern", &DutyCycle::pattern);
    visit("shifts", &DutyCycle::shifts);
    visit("persons", &DutyCycle::persons);
  }
};

// Has persons, a rotation or a cycle; the window of a cycle is each day whole.
struct DutyRule {
  std::string id;
  uint64_t priority = 0;
  WeeklyWindow window;
  std::vector<PersonId> persons;
  std::optional<Rotation> rotation;
  std::optional<DutyCycle> cycle;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("id", &DutyRule::id);
    visit("priority", &DutyRule::priority);
    visit("window", &DutyRule::window);
    visit("persons", &DutyRule::persons);
    visit("rotation", &DutyRule::rotation);
    visit("cycle", &DutyRule::cycle);
  }
};

struct Rota {
  std::string id;
  std::string name;
  std::string time_zone = "Asia/Shanghai";
  bool standby = false;  // reachable, not at work: rest and nights are not looked at
  std::vector<DutyRule> rules;
  std::vector<DatedShift> dates;
  std::vector<WeeklyWindow> cover;  // when somebody has to be on duty; none: always

  template <class Visit>
  static void fields(Visit& visit) {
    visit("id", &Rota::id);
    visit("name", &Rota::name);
    visit("time_zone", &Rota::time_zone);
    visit("standby", &Rota::standby);
    visit("rules", &Rota::rules);
    visit("dates", &Rota::dates);
    visit("cover", &Rota::cover);
  }
};

// What the checks go by; no figure of them is official.
struct DutyLimits {
  uint64_t rest_min_micros = 0;
  uint64_t shift_max_micros = 0;
  uint64_t nights_in_row_max = 0;
  int64_t night_at = 0;  // whoever is on duty at this time of day works that night; seconds

  Duration rest_min() const { return Duration(rest_min_micros); }
  Duration shift_max() const { return Duration(shift_max_micros); }

  template <class Visit>
  static void fields(Visit& visit) {
    visit("rest_min_micros", &DutyLimits::rest_min_micros);
    visit("shift_max_micros", &DutyLimits::shift_max_micros);
    visit("nights_in_row_max", &DutyLimits::nights_in_row_max);
    visit("night_at", &DutyLimits::night_at);
  }
};

// One file.
struct RotaBook {
  std::string version;
  DutyLimits limits;
  std::vector<Person> persons;
  std::vector<Rota> rotas;
  RotaChanges changes;  // those that were known when the file was written

  const Rota* find_rota(std::string_view id) const;
  const Person* find_person(std::string_view id) const;
  // Those of the book, then those of `more`: what a Roster of one of the rotas is to be given.
  RotaChanges all_changes(const RotaChanges& more) const;
  // The name of a person, or the id of one that the book does not know.
  const std::string& name_of(const PersonId& id) const;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("version", &RotaBook::version);
    visit("limits", &RotaBook::limits);
    visit("persons", &RotaBook::persons);
    visit("rotas", &RotaBook::rotas);
    visit("changes", &RotaBook::changes);
  }
};

}  // namespace jieban
