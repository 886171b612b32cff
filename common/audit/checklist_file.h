// checklists.yaml: the audit's policy, the word lists of the door, and the checklists themselves.
//
// Fails: `invalid` with file:line:column and what is wrong: an unknown key or kind of rule, a key
// that the kind does not read or lacks, a code twice, an automatic item without rules, a mark that
// no word list has. Thread rule: pure functions.
#pragma once

#include <string>

#include "common/audit/checklist.h"
#include "common/audit/text_facts.h"
#include "common/base/result.h"
#include "common/config/document.h"

namespace jieban {

struct ChecklistFile {
  Checklists checklists;  // for the router
  TextRules texts;        // for the door
};

Result<ChecklistFile> read_checklists(const Document& document);
Result<ChecklistFile> load_checklists(const std::string& path);

}  // namespace jieban
