// Goal: the table of the street's commands is one that people and machines can rely on.
#include "common/domain/street_command.h"

#include <gtest/gtest.h>

#include <set>

#include "common/domain/lifecycle.h"
#include "common/domain/record_kind.h"

namespace jieban {
namespace {

TEST(StreetCommand, EachHasOneNameOneTopicAndSomebodyWhoMayGiveIt) {
  std::set<std::string_view> commands;
  std::set<std::string_view> topics;
  for (const StreetCommand& row : street_commands()) {
    EXPECT_TRUE(commands.insert(row.command).second) << row.command;
    EXPECT_TRUE(topics.insert(row.topic).second) << row.topic;
    EXPECT_FALSE(row.chinese.empty());
    EXPECT_FALSE(to_chinese(row.roles).empty()) << row.command;
    EXPECT_EQ(find_street_command(row.command), &row);
    EXPECT_FALSE(is_command(row.command)) << row.command << " is one of an order too";
    EXPECT_FALSE(record_kind_of(row.topic).empty()) << row.topic << " stands in no list";
  }
  EXPECT_EQ(find_street_command("sign"), nullptr);
}

TEST(StreetCommand, EachGuardHasACodeOfItsOwnAndSaysWhatWouldSatisfyIt) {
  std::set<std::string_view> codes;
  for (const StreetGuardText& row : street_guard_texts()) {
    EXPECT_TRUE(codes.insert(row.code).second) << row.code;
    EXPECT_FALSE(row.chinese.empty()) << row.code;
    EXPECT_EQ(&text_of(row.guard), &row);
  }
}

// DOMAIN §13.3: only the team leader lets a hand-over pass in spite of what is open.
TEST(StreetCommand, OnlyTheTeamLeaderOverrides) {
  const RoleSet roles = find_street_command("handover_override")->roles;
  EXPECT_TRUE(roles.has(Role::team_leader));
  for (Role role : {Role::desk, Role::seat, Role::hard_case, Role::analyst, Role::audit, Role::unit,
                    Role::street_leader, Role::system, Role::city}) {
    EXPECT_FALSE(roles.has(role)) << to_string(role);
  }
}

}  // namespace
}  // namespace jieban
