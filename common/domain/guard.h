// Guard: what must be true of an order or of a command, beside the state and the role.
//
// The table here gives each guard its code, for machines and for ever, and the Chinese sentence
// that says what would satisfy it. How it is checked is the router's (daemons/router/guards.h).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace jieban {

enum class Guard : uint8_t {
  none,  // fills up a row of the table
  needs_unit,
  bounce_cap,
  may_bounce,
  bounce_fields,
  self_answer,
  unit_named,
  assignment_fields,
  assignment_open,
  return_fields,
  return_second_person,
  return_window,
  reason_given,
  extension_fields,
  extension_single,
  extension_count,
  extension_pending,
  extension_second_person,
  extension_proofs,
  contact_fields,
  stage_fields,
  feedback_times,
  hand_in_policy,
  failed_items,
  audit_open,
  submit_policy,
  reject_fields,
  cancel_fields,
  visit_fields,
  review_fields,
  hard_case_fields,
  whistle_fields,
  whistle_unit,
  appeal_fields,
  appeal_pending,
  appeals_decided,
  round_next,
  parent_fields,
  class_raised,
  class_lowered,
  flag_to_set,
  flag_to_clear,
  clock_to_pause,
  clock_to_resume,
  material_complete,
  audit_second_person,
  audit_items,
  attachment_fields,
  community_lead,
  clock_to_reanchor,
  miss_fields,
  miss_agreed,
  rectification_fields,
  rectification_new,
  rectification_open,
  rectification_proof,
};

struct GuardText {
  Guard guard;
  std::string_view code;
  std::string_view chinese;  // what would satisfy it
};

// All but `none`, in the order of the enum.
std::span<const GuardText> guard_texts();
// REQUIRES: not `none`.
const GuardText& text_of(Guard guard);

}  // namespace jieban
