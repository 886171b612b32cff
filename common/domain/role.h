// Role: in whose name a command is given (DOMAIN §13.1), and sets of roles.
//
// `desk` is the desk's shared account: a command without a role, or with the word "operator" that
// older clients send. It may ask for whatever a seat, an officer, the audit or a unit may, and for
// nothing that is a leader's alone. `city` stands for what the upper level decides, `system` for
// what the daemons do by themselves. Pure functions; any thread.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace jieban {

enum class Role : uint8_t {
  desk,
  seat,
  hard_case,
  analyst,
  audit,
  team_leader,
  unit,
  street_leader,
  system,
  city,
};

constexpr size_t kRoleCount = 10;

std::string_view to_string(Role role);   // "team_leader"; "" for the desk
std::string_view to_chinese(Role role);  // "班组长"
bool from_string(std::string_view text, Role& out);

constexpr uint16_t role_bit(Role role) { return uint16_t(1U << unsigned(role)); }

// Those for whom the desk stands.
inline constexpr unsigned kDeskRoles = role_bit(Role::seat) | role_bit(Role::hard_case) |
                                       role_bit(Role::analyst) | role_bit(Role::audit) |
                                       role_bit(Role::unit);

class RoleSet {
 public:
  constexpr RoleSet() = default;
  constexpr RoleSet(std::initializer_list<Role> roles) {
    for (Role role : roles) bits_ = uint16_t(bits_ | role_bit(role));
  }
  // The desk is in a set that has one of those for whom it stands.
  constexpr bool has(Role role) const {
    return (bits_ & (role == Role::desk ? kDeskRoles : role_bit(role))) != 0;
  }
  constexpr bool operator==(const RoleSet&) const = default;

 private:
  uint16_t bits_ = 0;
};

// "坐席、班组长", without the desk.
std::string to_chinese(RoleSet roles);
// "seat, team_leader".
std::string to_string(RoleSet roles);

}  // namespace jieban
