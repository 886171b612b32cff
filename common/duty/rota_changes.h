// What changes a rota for a while: overrides, leaves, swaps, temporary schedules.
//
// They come one by one, and are held apart from the rota that they change: both meet in a Roster.
// A change names its rota by id and says nothing to others; a leave holds for all of them. All
// spans include their first instant and not their last. Payload structs. Thread rule: plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/base/clock.h"
#include "common/domain/fields.h"

namespace jieban {

using PersonId = std::string;

// One person, once.
struct DatedShift {
  PersonId person;
  Timestamp from{};
  Timestamp until{};
  uint64_t priority = 0;  // among the rules; says nothing within a temporary schedule

  template <class Visit>
  static void fields(Visit& visit) {
    visit("person", &DatedShift::person);
    visit("from", &DatedShift::from);
    visit("until", &DatedShift::until);
    visit("priority", &DatedShift::priority);
  }
};

// Hides the rules, the dates and the overrides of its time: only its own shifts are in force.
struct TemporarySchedule {
  std::string id;
  std::string rota;
  Timestamp from{};
  Timestamp until{};
  std::vector<DatedShift> shifts;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("id", &TemporarySchedule::id);
    visit("rota", &TemporarySchedule::rota);
    visit("from", &TemporarySchedule::from);
    visit("until", &TemporarySchedule::until);
    visit("shifts", &TemporarySchedule::shifts);
  }
};

// Only `add`: one more is on duty; alone, nobody else is. Only `remove`: that one is not. Both:
// `add` stands in for `remove`, while that one would be on duty. A higher priority acts on what the
// lower ones left; equal ones act together.
struct DutyOverride {
  std::string id;
  std::string rota;
  Timestamp from{};
  Timestamp until{};
  uint64_t priority = 0;
  std::optional<PersonId> add;
  std::optional<PersonId> remove;
  bool alone = false;  // with `add` only
  std::optional<std::string> reason;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("id", &DutyOverride::id);
    visit("rota", &DutyOverride::rota);
    visit("from", &DutyOverride::from);
    visit("until", &DutyOverride::until);
    visit("priority", &DutyOverride::priority);
    visit("add", &DutyOverride::add);
    visit("remove", &DutyOverride::remove);
    visit("alone", &DutyOverride::alone);
    visit("reason", &DutyOverride::reason);
  }
};

// The person is off, whatever says otherwise. Who stands in is an override; nobody: a gap.
struct DutyLeave {
  std::string id;
  PersonId person;
  Timestamp from{};
  Timestamp until{};
  std::optional<std::string> reason;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("id", &DutyLeave::id);
    visit("person", &DutyLeave::person);
    visit("from", &DutyLeave::from);
    visit("until", &DutyLeave::until);
    visit("reason", &DutyLeave::reason);
  }
};

// The taker has the asker's hours of one span, and gives those of another one for them, if there is
// a second one. A request until it is accepted, which changes nothing.
struct ShiftSwap {
  std::string id;
  std::string rota;
  PersonId asked_by;
  Timestamp asked_at{};
  Timestamp from{};
  Timestamp until{};
  std::optional<PersonId> taker;
  std::optional<Timestamp> accepted_at;
  std::optional<Timestamp> back_from;
  std::optional<Timestamp> back_until;

  bool accepted() const { return taker.has_value() && accepted_at.has_value(); }

  template <class Visit>
  static void fields(Visit& visit) {
    visit("id", &ShiftSwap::id);
    visit("rota", &ShiftSwap::rota);
    visit("asked_by", &ShiftSwap::asked_by);
    visit("asked_at", &ShiftSwap::asked_at);
    visit("from", &ShiftSwap::from);
    visit("until", &ShiftSwap::until);
    visit("taker", &ShiftSwap::taker);
    visit("accepted_at", &ShiftSwap::accepted_at);
    visit("back_from", &ShiftSwap::back_from);
    visit("back_until", &ShiftSwap::back_until);
  }
};

struct RotaChanges {
  std::vector<TemporarySchedule> temporary;
  std::vector<DutyOverride> overrides;
  std::vector<DutyLeave> leaves;
  std::vector<ShiftSwap> swaps;

  // Those of `more` after ours.
  void append(const RotaChanges& more);

  template <class Visit>
  static void fields(Visit& visit) {
    visit("temporary", &RotaChanges::temporary);
    visit("overrides", &RotaChanges::overrides);
    visit("leaves", &RotaChanges::leaves);
    visit("swaps", &RotaChanges::swaps);
  }
};

// Whether a span of a change holds at an instant.
inline bool covers(Timestamp from, Timestamp until, Timestamp at) {
  return from <= at && at < until;
}

}  // namespace jieban
