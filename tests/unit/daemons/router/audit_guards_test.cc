// The guards of material; each by a refusal and by the nearest command that is taken.
#include "daemons/router/audit_guards.h"

#include "tests/unit/daemons/router/audit_fixture.h"

namespace jieban {
namespace {

using enum OrderState;

TEST(AuditGuards, NobodyAuditsWhatHeHandedInHimself) {
  AuditFixture router;
  bring(router, 1, handling);
  router.hand_in(1);
  Event told = router.as("unit-1", "audit").say(1, "audit_pass");
  EXPECT_EQ(refusal_code(told), "audit_second_person");
  EXPECT_NE(refusal_reason(told).find("unit-1"), std::string::npos);
  told = router.say(1, "audit_fail", {{"failed_items", "polite"}});
  EXPECT_EQ(refusal_code(told), "audit_second_person");
  EXPECT_EQ(refusal_code(router.as("audit-1", "audit").say(1, "audit_pass")), "");
}

TEST(AuditGuards, TheSecondPersonIsAPolicy) {
  Checklists lists = audit_lists();
  lists.policy.second_person = false;
  AuditFixture router(lists);
  bring(router, 1, handling);
  router.hand_in(1);
  EXPECT_EQ(refusal_code(router.as("unit-1", "audit").say(1, "audit_pass")), "");
}

TEST(AuditGuards, AnItemThatTheListDoesNotHaveIsRefused) {
  AuditFixture router;
  bring(router, 1, handling);
  router.hand_in(1);
  const Event told = router.as("audit-1", "audit").say(1, "audit_fail", {{"failed_items", "luck"}});
  EXPECT_EQ(refusal_code(told), "audit_items");
  EXPECT_NE(refusal_reason(told).find("清单没有项目 luck；可用：has_site"), std::string::npos);
}

TEST(AuditGuards, UnderAStrictPolicyAPassNeedsEveryRequiredItemAnswered) {
  Checklists lists = audit_lists();
  lists.policy.refuse_pass = true;
  AuditFixture router(lists);
  bring(router, 1, handling);
  router.hand_in(1);
  Event told = router.as("audit-1", "audit").say(1, "audit_pass", {{"passed_items", "has_site"}});
  EXPECT_EQ(refusal_code(told), "audit_items");
  EXPECT_NE(refusal_reason(told).find("答复规范（须人工审核）"), std::string::npos);
  told = router.say(1, "audit_pass",
                    {{"passed_items", "has_site"}, {"not_applicable_items", "polite"}});
  EXPECT_EQ(refusal_code(told), "");
}

TEST(AuditGuards, AnAttachmentSaysWhatItIs) {
  AuditFixture router;
  bring(router, 1, handling);
  const GoodCommand& good = good_command("attach");
  const std::vector<std::pair<std::string, std::string>> faults = {
      {"attachment", "abc"}, {"attachment_kind", "dance"}, {"media_type", ""}, {"bytes", ""}};
  for (const auto& [name, value] : faults) {
    Arguments arguments = good.arguments;
    arguments[name] = value;
    EXPECT_EQ(refusal_code(router.as("unit-1", "unit").say(1, "attach", arguments)),
              "attachment_fields")
        << name;
  }
  Arguments later = good.arguments;
  later["taken_at"] = "2099-01-01 00:00";
  EXPECT_EQ(refusal_code(router.say(1, "attach", later)), "attachment_fields");
  EXPECT_EQ(refusal_code(router.say(1, "attach", good.arguments)), "");
}

TEST(AuditGuards, AnOrderHasSoManyAttachmentsAndTheSameOneOnce) {
  AuditFixture router;
  bring(router, 1, handling);
  Arguments arguments = good_command("attach").arguments;
  router.as("unit-1", "unit");
  for (size_t i = 0; i < kAttachmentsMax; ++i) {
    std::string hash = std::to_string(100 + i);
    hash.resize(64, 'a');
    arguments["attachment"] = hash;
    ASSERT_EQ(refusal_code(router.say(1, "attach", arguments)), "");
  }
  EXPECT_EQ(refusal_code(router.say(1, "attach", arguments)), "") << "it is there already";
  EXPECT_EQ(router.material(1).attachments.size(), kAttachmentsMax);
  arguments["attachment"] = std::string(64, 'f');
  const Event told = router.say(1, "attach", arguments);
  EXPECT_EQ(refusal_code(told), "attachment_fields");
  EXPECT_NE(refusal_reason(told).find("已有 64 个"), std::string::npos);
}

}  // namespace
}  // namespace jieban
