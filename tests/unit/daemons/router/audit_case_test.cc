#include "daemons/router/audit_case.h"

#include "tests/unit/daemons/router/audit_fixture.h"

namespace jieban {
namespace {

struct Scene {
  RouterOrder order;
  OrderCourse course;
  CommandRequest request;
  std::string actor = "unit-1";
  Timestamp now = local_time("2026-03-10 12:00:00");

  Scene() {
    order.order_class = "utility";
    order.lead_unit = "heating_company";
    order.signed_at = local_time("2026-03-10 08:00:00");
    request.command = "hand_in";
  }
  AuditCase open(const Checklists* lists, const OrderMaterial& known = {}) {
    return open_case({order, course, request, actor, now}, known, lists);
  }
};

TEST(AuditCase, AHandInIsAuditedWithWhatItBrings) {
  Scene scene;
  scene.request.sealed = SealedBox{};
  scene.request.texts = FactsByText{{"text", {25, {}, std::nullopt}}};
  const Checklists lists = audit_lists();
  const AuditCase made = scene.open(&lists);
  ASSERT_TRUE(made.note);
  EXPECT_EQ(made.note->items[1].verdict, "pass");
  EXPECT_EQ(made.note->handed_in_at, scene.now);
  EXPECT_EQ(made.material.handed_in, 1u);
}

TEST(AuditCase, WithoutListsOrWithAnotherScopeThereIsNoNote) {
  Scene scene;
  EXPECT_FALSE(scene.open(nullptr).note);
  Checklists lists = audit_lists();
  lists.lists[0].scope.order_types = {"complaint"};
  EXPECT_FALSE(scene.open(&lists).note);
  scene.order.order_type = "complaint";
  EXPECT_TRUE(scene.open(&lists).note);
}

TEST(AuditCase, WhatSomebodyFailedIsFailedThoughHePassedItToo) {
  Scene scene;
  scene.request.command = "audit_fail";
  scene.request.arguments = {{"failed_items", "polite"}, {"passed_items", "polite,has_site"}};
  const Checklists lists = audit_lists();
  const AuditCase made = scene.open(&lists);
  EXPECT_EQ(made.note->items[0].verdict, "pass");
  EXPECT_EQ(made.note->items[2].verdict, "fail");
  EXPECT_FALSE(made.unknown);
}

TEST(AuditCase, AnAuditAddsNothingToTheMaterial) {
  Scene scene;
  scene.request.command = "audit_pass";
  OrderMaterial known;
  known.handed_in = 2;
  known.handed_in_by = "unit-7";
  const Checklists lists = audit_lists();
  const AuditCase made = scene.open(&lists, known);
  EXPECT_EQ(made.material, known);
  EXPECT_EQ(made.note->attempt, 2u);
  EXPECT_EQ(made.note->handed_in_by, "unit-7");
}

}  // namespace
}  // namespace jieban
