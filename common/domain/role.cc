#include "common/domain/role.h"

#include <array>

#include "common/base/check.h"

namespace jieban {
namespace {

struct RoleName {
  Role role;
  std::string_view code;
  std::string_view chinese;
};

constexpr std::array<RoleName, kRoleCount> kRoles = {{
    {Role::desk, "", "值班台"},
    {Role::seat, "seat", "坐席"},
    {Role::hard_case, "hard_case", "疑难案件处理岗"},
    {Role::analyst, "analyst", "统计分析岗"},
    {Role::audit, "audit", "审核支撑岗"},
    {Role::team_leader, "team_leader", "班组长"},
    {Role::unit, "unit", "承办单位"},
    {Role::street_leader, "street_leader", "街道领导"},
    {Role::system, "system", "系统"},
    {Role::city, "city", "上级中心"},
}};

constexpr std::string_view kOperator = "operator";

const RoleName& row_of(Role role) {
  CHECK(size_t(role) < kRoles.size());
  return kRoles.at(size_t(role));
}

std::string joined(RoleSet roles, std::string_view RoleName::*name, std::string_view comma) {
  std::string names;
  for (const RoleName& row : kRoles) {
    if (row.role == Role::desk || !roles.has(row.role)) continue;
    if (!names.empty()) names += comma;
    names += row.*name;
  }
  return names;
}

}  // namespace

std::string_view to_string(Role role) { return row_of(role).code; }
std::string_view to_chinese(Role role) { return row_of(role).chinese; }

bool from_string(std::string_view text, Role& out) {
  if (text == kOperator) text = {};
  for (const RoleName& row : kRoles) {
    if (row.code != text) continue;
    out = row.role;
    return true;
  }
  return false;
}

std::string to_chinese(RoleSet roles) { return joined(roles, &RoleName::chinese, "、"); }
std::string to_string(RoleSet roles) { return joined(roles, &RoleName::code, ", "); }

}  // namespace jieban
