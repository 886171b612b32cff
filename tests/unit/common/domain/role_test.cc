// Roles read back; the shared desk may what its people may, and nothing that is a leader's alone.
#include "common/domain/role.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

TEST(Role, EveryRoleReadsBack) {
  for (size_t i = 0; i < kRoleCount; ++i) {
    Role read = Role::city;
    ASSERT_TRUE(from_string(to_string(Role(i)), read));
    EXPECT_EQ(read, Role(i));
    EXPECT_FALSE(to_chinese(Role(i)).empty());
  }
}

TEST(Role, AnOldOperatorIsTheDeskAndAnUnknownRoleIsNobody) {
  Role role = Role::city;
  ASSERT_TRUE(from_string("operator", role));
  EXPECT_EQ(role, Role::desk);
  EXPECT_FALSE(from_string("mayor", role));
  EXPECT_FALSE(from_string("Seat", role));
}

TEST(RoleSet, TheDeskStandsForItsPeopleOnly) {
  EXPECT_TRUE(RoleSet({Role::seat, Role::team_leader}).has(Role::desk));
  EXPECT_TRUE(RoleSet({Role::unit}).has(Role::desk));
  EXPECT_FALSE(RoleSet({Role::team_leader, Role::street_leader}).has(Role::desk));
  EXPECT_FALSE(RoleSet({Role::city, Role::system}).has(Role::desk));
  EXPECT_FALSE(RoleSet({Role::seat}).has(Role::audit));
}

TEST(RoleSet, NamesItsMembers) {
  EXPECT_EQ(to_chinese(RoleSet({Role::team_leader, Role::seat})), "坐席、班组长");
  EXPECT_EQ(to_string(RoleSet({Role::team_leader, Role::seat})), "seat, team_leader");
}

}  // namespace
}  // namespace jieban
