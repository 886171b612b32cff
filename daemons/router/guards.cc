#include "daemons/router/guards.h"

#include <array>

#include "common/base/check.h"
#include "daemons/router/argument_reader.h"
#include "daemons/router/audit_guards.h"
#include "daemons/router/contract_guards.h"
#include "daemons/router/duty_guards.h"
#include "daemons/router/record_guards.h"

namespace jieban {
namespace {

struct Row {
  Guard guard;
  GuardCheck check;
};

// In the order of the enum.
constexpr std::array<Row, 55> kChecks = {{
    {Guard::needs_unit, guards::needs_unit},
    {Guard::bounce_cap, guards::bounce_cap},
    {Guard::may_bounce, guards::may_bounce},
    {Guard::bounce_fields, guards::bounce_fields},
    {Guard::self_answer, guards::self_answer},
    {Guard::unit_named, guards::unit_named},
    {Guard::assignment_fields, guards::assignment_fields},
    {Guard::assignment_open, guards::assignment_open},
    {Guard::return_fields, guards::return_fields},
    {Guard::return_second_person, guards::return_second_person},
    {Guard::return_window, guards::return_window},
    {Guard::reason_given, guards::reason_given},
    {Guard::extension_fields, guards::extension_fields},
    {Guard::extension_single, guards::extension_single},
    {Guard::extension_count, guards::extension_count},
    {Guard::extension_pending, guards::extension_pending},
    {Guard::extension_second_person, guards::extension_second_person},
    {Guard::extension_proofs, guards::extension_proofs},
    {Guard::contact_fields, guards::contact_fields},
    {Guard::stage_fields, guards::stage_fields},
    {Guard::feedback_times, guards::feedback_times},
    {Guard::hand_in_policy, guards::hand_in_policy},
    {Guard::failed_items, guards::failed_items},
    {Guard::audit_open, guards::audit_open},
    {Guard::submit_policy, guards::submit_policy},
    {Guard::reject_fields, guards::reject_fields},
    {Guard::cancel_fields, guards::cancel_fields},
    {Guard::visit_fields, guards::visit_fields},
    {Guard::review_fields, guards::review_fields},
    {Guard::hard_case_fields, guards::hard_case_fields},
    {Guard::whistle_fields, guards::whistle_fields},
    {Guard::whistle_unit, guards::whistle_unit},
    {Guard::appeal_fields, guards::appeal_fields},
    {Guard::appeal_pending, guards::appeal_pending},
    {Guard::appeals_decided, guards::appeals_decided},
    {Guard::round_next, guards::round_next},
    {Guard::parent_fields, guards::parent_fields},
    {Guard::class_raised, guards::class_raised},
    {Guard::class_lowered, guards::class_lowered},
    {Guard::flag_to_set, guards::flag_to_set},
    {Guard::flag_to_clear, guards::flag_to_clear},
    {Guard::clock_to_pause, guards::clock_to_pause},
    {Guard::clock_to_resume, guards::clock_to_resume},
    {Guard::material_complete, guards::material_complete},
    {Guard::audit_second_person, guards::audit_second_person},
    {Guard::audit_items, guards::audit_items},
    {Guard::attachment_fields, guards::attachment_fields},
    {Guard::community_lead, guards::community_lead},
    {Guard::clock_to_reanchor, guards::clock_to_reanchor},
    {Guard::miss_fields, guards::miss_fields},
    {Guard::miss_agreed, guards::miss_agreed},
    {Guard::rectification_fields, guards::rectification_fields},
    {Guard::rectification_new, guards::rectification_new},
    {Guard::rectification_open, guards::rectification_open},
    {Guard::rectification_proof, guards::rectification_proof},
}};

constexpr bool in_order() {
  for (size_t i = 0; i < kChecks.size(); ++i) {
    if (size_t(kChecks[i].guard) != i + 1) return false;
  }
  return true;
}
static_assert(in_order());

}  // namespace

GuardCheck check_of(Guard guard) {
  CHECK(guard != Guard::none);
  return kChecks.at(size_t(guard) - 1).check;
}

std::optional<GuardRefusal> first_unmet(const CommandRule& rule, const GuardContext& context) {
  if (Fault fault = malformed_argument(context.request)) return GuardRefusal{"argument", *fault};
  for (Guard guard : rule.guards) {
    if (guard == Guard::none) break;
    Unmet unmet = check_of(guard)(context);
    if (!unmet) continue;
    const GuardText& text = text_of(guard);
    std::string reason(text.chinese);
    if (!unmet->empty()) reason += "（" + *unmet + "）";
    return GuardRefusal{std::string(text.code), std::move(reason)};
  }
  return std::nullopt;
}

}  // namespace jieban
