#include "common/audit/checklist.h"

#include <gtest/gtest.h>

#include "tests/unit/common/audit/materials.h"

namespace jieban {
namespace {

Checklist list(const std::string& id, const std::string& from) {
  Checklist made;
  made.id = id;
  made.valid_from = at(from + " 00:00");
  return made;
}

TEST(AuditScope, EmptyLetsEverythingIn) {
  EXPECT_TRUE(lets_in({}, {"complaint", "general", "城市管理"}));
}

TEST(AuditScope, EachPartHasToLetTheOrderIn) {
  AuditScope scope{{"complaint"}, {"general"}, {"城市管理>违法建设"}};
  EXPECT_TRUE(lets_in(scope, {"complaint", "general", "城市管理>违法建设>新建"}));
  EXPECT_FALSE(lets_in(scope, {"consult", "general", "城市管理>违法建设>新建"}));
  EXPECT_FALSE(lets_in(scope, {"complaint", "utility", "城市管理>违法建设>新建"}));
  EXPECT_FALSE(lets_in(scope, {"complaint", "general", "城市管理>违法建设物"}));
}

TEST(ChecklistFor, TheFirstThatIsValidAndLetsTheOrderIn) {
  Checklists all;
  all.lists = {list("consult", "2026-01-01"), list("old", "2026-01-01"), list("new", "2026-06-01")};
  all.lists[0].scope.classes = {"consult"};
  all.lists[1].valid_to = at("2026-06-01 00:00");
  const AuditSubject general{"", "general", ""};
  EXPECT_EQ(checklist_for(all, general, at("2026-05-31 23:59"))->id, "old");
  EXPECT_EQ(checklist_for(all, general, at("2026-06-01 00:00"))->id, "new");
  EXPECT_EQ(checklist_for(all, {"", "consult", ""}, at("2026-06-01 00:00"))->id, "consult");
  EXPECT_EQ(checklist_for(all, general, at("2025-12-31 23:59")), nullptr);
}

TEST(FindItem, ByItsCode) {
  Checklist one = list("one", "2026-01-01");
  one.items.emplace_back().code = "a";
  EXPECT_EQ(find_item(one, "a"), &one.items[0]);
  EXPECT_EQ(find_item(one, "b"), nullptr);
}

}  // namespace
}  // namespace jieban
