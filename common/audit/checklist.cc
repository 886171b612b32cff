#include "common/audit/checklist.h"

#include <algorithm>

namespace jieban {
namespace {

bool is_among(const std::vector<std::string>& words, const std::string& word) {
  return words.empty() || std::ranges::find(words, word) != words.end();
}

bool is_below(std::string_view path, std::string_view prefix) {
  if (!path.starts_with(prefix)) return false;
  return path.size() == prefix.size() || path[prefix.size()] == '>';
}

}  // namespace

bool lets_in(const AuditScope& scope, const AuditSubject& subject) {
  if (!is_among(scope.order_types, subject.order_type)) return false;
  if (!is_among(scope.classes, subject.order_class)) return false;
  return scope.categories.empty() ||
         std::ranges::any_of(scope.categories, [&](const std::string& prefix) {
           return is_below(subject.category, prefix);
         });
}

const Checklist* checklist_for(const Checklists& all, const AuditSubject& subject, Timestamp at) {
  for (const Checklist& list : all.lists) {
    const bool valid = list.valid_from <= at && (!list.valid_to || at < *list.valid_to);
    if (valid && lets_in(list.scope, subject)) return &list;
  }
  return nullptr;
}

const ChecklistItem* find_item(const Checklist& list, std::string_view code) {
  auto found = std::ranges::find(list.items, code, &ChecklistItem::code);
  return found == list.items.end() ? nullptr : &*found;
}

}  // namespace jieban
