// Assignment: the part of an order that one unit has (DOMAIN §3.3).
//
// One lead answers for the order; others assist, are told (cc), or were called by a whistle. What
// is open (PENDING, ACCEPTED) is somebody's work; the rest is history and stays listed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace jieban {

enum class AssignmentRole : uint8_t { lead, assist, cc, whistle };
enum class AssignmentState : uint8_t { pending, accepted, done, bounced, replaced };

std::string_view to_string(AssignmentRole role);   // "lead"
std::string_view to_chinese(AssignmentRole role);  // "主办"
bool from_string(std::string_view text, AssignmentRole& out);
std::string_view to_string(AssignmentState state);   // "PENDING"
std::string_view to_chinese(AssignmentState state);  // "待接收"
bool from_string(std::string_view text, AssignmentState& out);

struct Assignment {
  std::string unit;
  AssignmentRole role = AssignmentRole::lead;
  AssignmentState state = AssignmentState::pending;

  bool is_open() const {
    return state == AssignmentState::pending || state == AssignmentState::accepted;
  }

  template <class Visit>
  static void fields(Visit& visit) {
    visit("unit", &Assignment::unit);
    visit("role", &Assignment::role);
    visit("state", &Assignment::state);
  }
  bool operator==(const Assignment&) const = default;
};

}  // namespace jieban
