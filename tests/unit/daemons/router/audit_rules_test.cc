#include "daemons/router/audit_rules.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

Result<Checklists> load(const std::string& path) {
  auto settings =
      parse_settings("rules: {checklists: \"" + path + "\"}\n", "router.yaml", audit_parameters());
  if (!settings.ok()) return settings.error();
  return load_audit_rules(*settings);
}

TEST(AuditRules, TheShippedFileIsTaken) {
  auto lists = load(std::string(JIEBAN_SOURCE_DIR) + "/config/checklists.yaml");
  ASSERT_TRUE(lists.ok()) << lists.error().message;
  EXPECT_EQ(lists->lists.size(), 1u);
}

TEST(AuditRules, WithoutAFileNothingIsAsked) {
  auto lists = load("");
  ASSERT_TRUE(lists.ok());
  EXPECT_TRUE(lists->lists.empty());
}

TEST(AuditRules, AFileThatIsNotThereIsAnErrorWithItsName) {
  auto lists = load("/nowhere/checklists.yaml");
  ASSERT_FALSE(lists.ok());
  EXPECT_NE(lists.error().message.find("/nowhere/checklists.yaml"), std::string::npos);
}

}  // namespace
}  // namespace jieban
