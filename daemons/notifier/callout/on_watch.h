// Who is meant by a target of a ladder, at an instant, by the rota.
//
// A person is himself; a rota, whoever is on duty by it; a unit, its contact, which goes by
// the unit's code and where "lead" is the one that leads the order. A role is those who are on duty
// for it: in a rota whose regular people all have the role, whoever that is, be it for a day and
// without the role; in one that has others too, those who have it and those who stand in for one
// of them. A role that no rota has anybody of is all of its persons. The regular people are those
// of the rules; of a rota without rules, of the dates; without either, of its temporary schedules.
// Fails: never; nobody is an answer. Thread rule: pure functions.
#pragma once

#include <string>
#include <vector>

#include "common/alerting/escalation_rules.h"
#include "common/duty/rota.h"

namespace jieban {

std::vector<std::string> on_watch(const EscalationTarget& target, const RotaBook* book,
                                  const std::string& lead_unit, Timestamp at);

}  // namespace jieban
