// Changes of the rota that tests ask for, of the four seats of DOMAIN §13.2, a spare one and two
// team leaders. At noon of 2026-02-03 `b` has the day; `a` has the night, `c` and `d` rest.
#pragma once

#include "daemons/notifier/duty/live_rota.h"
#include "tests/unit/common/duty/duty_fixture.h"

namespace jieban {

inline RotaBook desk_book() {
  RotaBook book = duty_test::seat_book();
  book.persons.push_back({"e", "机动", {"seat"}});
  book.persons.push_back({"x", "班长一", {"team_leader"}});
  book.persons.push_back({"y", "班长二", {"team_leader"}});
  return book;
}

inline DutyRequest duty_request(DutyKind kind, const std::string& id, const PersonId& by,
                                std::string_view from, std::string_view until) {
  DutyRequest request;
  request.id = id;
  request.kind = kind;
  request.by = by;
  request.reason = "家中有事";
  if (kind != DutyKind::leave) request.rota = "seat";
  if (!from.empty()) request.from = duty_test::local(from);
  request.until = duty_test::local(until);
  return request;
}

// The night of the fixture's day.
inline DutyRequest night_swap(const std::string& id, std::optional<PersonId> taker) {
  auto swap = duty_request(DutyKind::swap, id, "a", "2026-02-03 20:30", "2026-02-04 08:30");
  swap.taker = std::move(taker);
  return swap;
}

inline DutyRequest leave_request(const std::string& id, const PersonId& person,
                                 std::string_view from, std::string_view until) {
  auto leave = duty_request(DutyKind::leave, id, person, from, until);
  leave.person = person;
  return leave;
}

inline DutyRequest override_request(const std::string& id, std::string_view from,
                                    std::string_view until, std::optional<PersonId> add,
                                    std::optional<PersonId> remove) {
  auto change = duty_request(DutyKind::override_of_rule, id, "x", from, until);
  change.add = std::move(add);
  change.remove = std::move(remove);
  return change;
}

}  // namespace jieban
