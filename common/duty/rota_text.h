// Rotas in words: a calendar in Chinese, day by day, and the same for machines.
//
// Times in words are on the wall clock of the rota, to the minute; those for machines are RFC 3339,
// UTC. Pure; any thread.
#pragma once

#include <string>

#include "common/base/value.h"
#include "common/duty/rota_sheet.h"

namespace jieban {

std::string sheet_text(const RotaSheet& sheet);
Value sheet_value(const RotaSheet& sheet);

// One line: who is on duty at the beginning of the sheet's span, and until when; "长期" where the
// sheet knows no end.
std::string now_text(const RotaSheet& sheet);

std::string finding_text(const RotaBook& book, const DutyFinding& finding);
Value finding_value(const RotaBook& book, const DutyFinding& finding);

// "坐席乙（代坐席甲）": whom a piece puts on duty, and why, where that is not by the rules.
std::string piece_text(const RotaBook& book, const Shift& piece);

}  // namespace jieban
