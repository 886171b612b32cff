// The kinds of rules that a checklist's item may have, as a table: what each asks, which keys of
// ItemRule it reads, and how it is checked. A new kind is a row there and a function.
//
// More material never turns a rule from met to not met: rules ask for enough that is good, never
// that nothing else is there. Fails: never; what is not met is a finding with its reason.
// Thread rule: pure functions over constants.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "common/audit/material.h"

namespace jieban {

enum class ItemVerdict { pass, fail, not_applicable, pending };

std::string_view to_string(ItemVerdict verdict);
std::string_view to_chinese(ItemVerdict verdict);

struct AuditFinding {
  ItemVerdict verdict = ItemVerdict::pass;
  std::string reason;  // for machines: "record_missing"
  std::string text;    // for people, in Chinese
};

struct RuleKind {
  std::string_view name;
  std::string_view chinese;  // what it asks
  std::string_view keys;     // of the file, separated by blanks; when, is and unless suit all
  std::string_view needed;   // of these: which have to be there
  AuditFinding (*check)(const ItemRule& rule, const Material& material);
};

std::span<const RuleKind> rule_kinds();
const RuleKind* find_rule_kind(std::string_view name);

// The rule with its conditions (when, is, unless). REQUIRES: a known kind.
AuditFinding check_rule(const ItemRule& rule, const Material& material);

}  // namespace jieban
