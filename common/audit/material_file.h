// Materials in a YAML file, for audits without daemons (`jieban audit check`). Texts stand in it in
// the clear: keep it where the orders may be kept.
//
// Fails: `invalid` with file:line:column. Thread rule: pure functions.
#pragma once

#include <string>
#include <vector>

#include "common/audit/evaluate.h"
#include "common/audit/text_facts.h"
#include "common/base/result.h"
#include "common/config/document.h"

namespace jieban {

struct FiledMaterial {
  std::string order_no;
  std::string unit;
  Material material;
  AuditAnswers answers;
};

// `texts` and `hash`: as the door would look at the texts.
Result<std::vector<FiledMaterial>> read_materials(const Document& document, const TextRules& texts,
                                                  const GramHash& hash);

struct FiledAudit {
  std::string order_no;
  std::string unit;
  const Checklist* list = nullptr;  // null: none is for such an order
  AuditNote note;
  std::optional<ReuseNote> reuse;  // of its last hand-in, among the materials of the file
};

// In the order of the file; `materials` stand as they do there. Fails: `invalid` for an answer to
// an item that the list does not have.
Result<std::vector<FiledAudit>> audit_materials(const Checklists& lists,
                                                const std::vector<FiledMaterial>& materials);

}  // namespace jieban
