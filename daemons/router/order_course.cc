#include "daemons/router/order_course.h"

#include <algorithm>

namespace jieban {
namespace {

// Of what is over the oldest goes first.
void keep_bounded(std::vector<Assignment>& assignments) {
  while (assignments.size() > kHistoryMax) {
    auto over = std::ranges::find_if(assignments, [](const Assignment& a) { return !a.is_open(); });
    if (over == assignments.end()) return;
    assignments.erase(over);
  }
}

}  // namespace

void spread_assignments(RouterOrder& order, OrderCourse& course) {
  if (!order.lead_unit || !course.assignments.empty()) return;
  assign(course, *order.lead_unit, AssignmentRole::lead);
  if (!order.assist_units) return;
  for (std::string& unit : *order.assist_units) {
    assign(course, std::move(unit), AssignmentRole::assist);
  }
  order.assist_units.reset();
}

void set_lead(OrderCourse& course, AssignmentState state) {
  for (auto row = course.assignments.rbegin(); row != course.assignments.rend(); ++row) {
    if (row->role != AssignmentRole::lead) continue;
    row->state = state;
    return;
  }
}

const Assignment* open_assignment(const OrderCourse& course, std::string_view unit) {
  for (const Assignment& row : course.assignments) {
    if (row.role != AssignmentRole::lead && row.is_open() && row.unit == unit) return &row;
  }
  return nullptr;
}

Assignment* open_assignment(OrderCourse& course, std::string_view unit) {
  for (Assignment& row : course.assignments) {
    if (row.role != AssignmentRole::lead && row.is_open() && row.unit == unit) return &row;
  }
  return nullptr;
}

void replace_open(OrderCourse& course, std::initializer_list<AssignmentRole> roles) {
  for (Assignment& row : course.assignments) {
    bool meant = std::ranges::find(roles, row.role) != roles.end();
    if (meant && row.is_open()) row.state = AssignmentState::replaced;
  }
}

void replace_all_open(OrderCourse& course) {
  using enum AssignmentRole;
  replace_open(course, {lead, assist, cc, whistle});
}

void assign(OrderCourse& course, std::string unit, AssignmentRole role) {
  course.assignments.push_back({std::move(unit), role, AssignmentState::pending});
  keep_bounded(course.assignments);
}

const Extension* pending_extension(const OrderCourse& course) {
  if (course.extensions.empty() || course.extensions.back().status != "requested") return nullptr;
  return &course.extensions.back();
}

bool has_flag(const OrderCourse& course, std::string_view flag) {
  return std::ranges::find(course.flags, flag) != course.flags.end();
}

void set_flag(OrderCourse& course, const std::string& flag) {
  if (has_flag(course, flag)) return;
  course.flags.push_back(flag);
  std::ranges::sort(course.flags);
}

void clear_flag(OrderCourse& course, std::string_view flag) { std::erase(course.flags, flag); }

}  // namespace jieban
