// Reads rota.yaml: persons, rotas with their rules, and the changes that are known already.
//
//     version: "2027-01"
//     limits: {rest_min: 11h, shift_max: 12h, nights_in_row_max: 1, night_at: "02:00"}
//     persons: [{id: seat_1, name: 坐席一, roles: [seat]}]
//     rotas:
//       - id: seat
//         name: 坐席值班
//         rules:
//           - {id: always, persons: [seat_1], days: mon-fri, window: "08:30-20:30", priority: 1}
//           - {id: turns, rotation: {unit: weekly, start: "2026-01-05 08:30", persons: [seat_1]}}
//           - {id: cycle, cycle: {first_day: 2026-01-01, pattern: [D, N, O, O], persons: [seat_1],
//                                 shifts: [{code: D, name: 白班, window: "08:30-20:30"}]}}
//
// Refused is what cannot be right on any day: an unknown person or time zone, an id that comes
// twice, a rule that has none or several of persons, rotation and cycle, a cycle without a shift.
// Errors name file, line and column, and say what to do. Thread rule: pure but for the file.
#pragma once

#include <string>

#include "common/config/document.h"
#include "common/duty/rota.h"

namespace jieban {

Result<RotaBook> read_rota_book(const Document& document);
Result<RotaBook> load_rota_book(const std::string& path);

}  // namespace jieban
