// CodeSet: the closed lists of words that commands and records may use (DOMAIN §3.2, §5, §7, §8).
//
// A code is for machines and for ever; its Chinese is what people read. Pure; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace jieban {

enum class CodeSet : uint8_t {
  return_reason,  // §5.3; also why a unit bounces
  reject_reason,  // why the upper level refused a submission
  cancel_reason,
  extension_reason,
  contact_method,  // §7.3
  caller_attitude,
  visit_method,  // §8
  solved,
  satisfied,
  hard_case_reason,  // §5.6
  exit_condition,
  review_cause,
  whistle_result,  // §5.5
  appeal_route,    // §10.2
  appeal_target,
  appeal_result,
  order_class,  // §4.3, the slackest first
  order_flag,   // §3.2, orthogonal flags
  clock,        // §4.3
  pause_reason,
  assignment_role,  // §3.3; what a command may add
  attachment_kind,  // §7.3, §7.5
  miss_figure,      // §17: the figures that a contract promises
  miss_cause,
  note_kind,  // §13.3: what a log of the watch holds
};

struct Code {
  std::string_view code;
  std::string_view chinese;
};

std::span<const Code> codes_of(CodeSet set);
bool has_code(CodeSet set, std::string_view code);
// The Chinese; of an unknown code the code itself.
std::string_view code_chinese(CodeSet set, std::string_view code);
// "TERRITORY 属地不符、DUTY 职责不符": what a person who was refused may choose from.
std::string choices_of(CodeSet set);

// How strict a class is: more is stricter; -1 when there is no such class.
int class_rank(std::string_view order_class);

}  // namespace jieban
