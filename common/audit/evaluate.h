// An audit: a checklist over an order's material, with what a person decided (DOMAIN §7.2, §7.6).
//
// Promises: the same list and material give the same note, in whatever order records stand; more
// records and attachments never lower completeness or timeliness; parts are exact (met of `of`, in
// weights; what does not apply counts in neither). A person's answer goes before the machine's,
// which is kept beside it.
// Fails: never; check_answers() says what is wrong with a person's answers. Thread rule: pure.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "common/audit/rule_kinds.h"

namespace jieban {

using AuditAnswers = std::map<std::string, ItemVerdict>;  // by the item's code

AuditNote evaluate(const Checklist& list, const Material& material,
                   const AuditAnswers& answers = {});

// Required items that are not met; those that wait for a person only if `pending`. They lie in the
// note.
std::vector<const AuditItem*> missing_items(const AuditNote& note, bool pending);
std::vector<const AuditItem*> missing_items(AuditNote&& note, bool pending) = delete;
// "有联系（缺少联系记录）、有现场（...）".
std::string missing_text(const std::vector<const AuditItem*>& items);

// The codes that the list does not have, in Chinese, or nothing.
std::optional<std::string> unknown_codes(const Checklist& list, const AuditAnswers& answers);

// "83.3%（5/6）"; never 100 % for less than all, "—" of nothing.
std::string part_text(uint64_t met, uint64_t of);

}  // namespace jieban
