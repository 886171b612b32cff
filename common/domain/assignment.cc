#include "common/domain/assignment.h"

#include <array>

namespace jieban {
namespace {

struct Name {
  std::string_view code;
  std::string_view chinese;
};

// In the order of the enums.
constexpr std::array<Name, 4> kRoles = {
    {{"lead", "主办"}, {"assist", "协办"}, {"cc", "抄送"}, {"whistle", "吹哨"}}};
constexpr std::array<Name, 5> kStates = {{{"PENDING", "待接收"},
                                          {"ACCEPTED", "已接收"},
                                          {"DONE", "已反馈"},
                                          {"BOUNCED", "已退回"},
                                          {"REPLACED", "已改派"}}};

template <class Enum, size_t kCount>
bool read(const std::array<Name, kCount>& names, std::string_view text, Enum& out) {
  for (size_t i = 0; i < names.size(); ++i) {
    if (names.at(i).code != text) continue;
    out = Enum(i);
    return true;
  }
  return false;
}

}  // namespace

std::string_view to_string(AssignmentRole role) { return kRoles.at(size_t(role)).code; }
std::string_view to_chinese(AssignmentRole role) { return kRoles.at(size_t(role)).chinese; }
bool from_string(std::string_view text, AssignmentRole& out) { return read(kRoles, text, out); }

std::string_view to_string(AssignmentState state) { return kStates.at(size_t(state)).code; }
std::string_view to_chinese(AssignmentState state) { return kStates.at(size_t(state)).chinese; }
bool from_string(std::string_view text, AssignmentState& out) { return read(kStates, text, out); }

}  // namespace jieban
