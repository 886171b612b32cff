#include "daemons/router/audit_guards.h"

#include <algorithm>

#include "daemons/router/argument_reader.h"

namespace jieban::guards {
namespace {

bool is_sha256(const std::string& text) {
  constexpr size_t kHexDigits = 64;
  return text.size() == kHexDigits && std::ranges::all_of(text, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

bool has_note(const GuardContext& context) {
  return context.audit != nullptr && context.audit->policy != nullptr && context.audit->note;
}

// `pending`: also what waits for a person.
Unmet nothing_missing(const GuardContext& context, bool pending) {
  const auto missing = missing_items(*context.audit->note, pending);
  if (missing.empty()) return std::nullopt;
  return "缺：" + missing_text(missing);
}

}  // namespace

// What only a person can see waits for the audit.
Unmet material_complete(const GuardContext& context) {
  if (!has_note(context) || !context.audit->policy->refuse_hand_in) return std::nullopt;
  return nothing_missing(context, false);
}

Unmet audit_second_person(const GuardContext& context) {
  const AuditCase* audit = context.audit;
  if (audit == nullptr || audit->policy == nullptr) return std::nullopt;
  const bool own = audit->policy->second_person && audit->material.handed_in_by == context.actor;
  return own ? Unmet("本次材料由 " + context.actor + " 提交") : std::nullopt;
}

Unmet audit_items(const GuardContext& context) {
  if (!has_note(context)) return std::nullopt;
  if (context.audit->unknown) return context.audit->unknown;
  const bool passes = context.audit->command->command == "audit_pass";
  if (!passes || !context.audit->policy->refuse_pass) return std::nullopt;
  return nothing_missing(context, true);
}

Unmet attachment_fields(const GuardContext& context) {
  const CommandRequest& request = context.request;
  Unmet fault =
      first_of({require_code(request, "attachment_kind", CodeSet::attachment_kind),
                require_argument(request, "media_type"), require_argument(request, "bytes"),
                allow_past(request, "taken_at", context.now)});
  if (fault) return fault;
  const std::string& hash = argument(request, "attachment");
  if (!is_sha256(hash)) return "attachment 须为 SHA-256";
  // The case holds it already, unless there was no room.
  if (context.audit == nullptr) return std::nullopt;
  const auto& known = context.audit->material.attachments;
  if (std::ranges::find(known, hash, &Attachment::hash) != known.end()) return std::nullopt;
  return "已有 " + std::to_string(known.size()) + " 个";
}

}  // namespace jieban::guards
