// Whether those whom the ladders name are known, and can be reached: what no single file can tell,
// for `config check`.
//
// A rota is one of rota.yaml; a person has an id there or in contacts.yaml. A ladder that names
// another one would find nobody on duty, at night, for ever. A role that nobody has, and means
// (`people`) of one who is nowhere, may come to be known: these are doubts. So is a person without
// an address for a means by which the ladders call, where the channel of that means needs one: a
// spool's relay and a robot's group do not. No line holds an address.
// Fails: never; what is found is the answer. Thread rule: pure functions.
#pragma once

#include <string>
#include <vector>

#include "common/alerting/escalation_file.h"
#include "common/duty/rota.h"
#include "daemons/notifier/contacts.h"
#include "daemons/notifier/notice_rules.h"

namespace jieban {

// Lines that name the policy or the key, and what is not known.
struct TargetFindings {
  std::vector<std::string> faults;
  std::vector<std::string> doubts;
};

TargetFindings check_targets(const AlertingRules& rules, const RotaBook& book,
                             const Contacts& contacts);

// Lines of doubt, one for each person or unit and each means, in their order.
std::vector<std::string> check_addresses(const AlertingRules& rules, const RotaBook& book,
                                         const Contacts& contacts, const NotifierRules& notices);

}  // namespace jieban
