// Goal: who has a token acknowledges for a person; the core's word comes back as it is.
#include "tests/unit/daemons/notifier/door_harness.h"
#include "tests/unit/daemons/notifier/duty_fixture.h"

namespace jieban {
namespace {

using AckRoutes = DoorTest;

AlertAcknowledge last_of(const DoorHarness& harness) {
  auto seen = harness.core.seen_as<AlertAcknowledge>(topics::kAlertAcknowledge);
  return seen.empty() ? AlertAcknowledge{} : seen.back();
}

TEST_F(AckRoutes, AnAlertAndANoticeAreAcknowledged) {
  HttpReply reply = harness.post("/api/v1/alerts/down%2Frouter/ack", R"({"person":"p-li"})");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, "{\"answer\":\"taken\"}\n");
  EXPECT_EQ(last_of(harness).alert, "down/router");
  EXPECT_EQ(last_of(harness).person, "p-li");
  EXPECT_EQ(last_of(harness).via, "api");
  EXPECT_EQ(last_of(harness).notice_id, "");
  harness.core.say(Result<std::string>("repeated"));
  reply = harness.post("/api/v1/notices/110102007.router:7:sms/ack",
                       R"({"person":"p-li","via":"cli"})");
  EXPECT_EQ(reply.body, "{\"answer\":\"repeated\"}\n");
  EXPECT_EQ(last_of(harness).notice_id, "110102007.router:7:sms");
  EXPECT_EQ(last_of(harness).via, "cli");
  EXPECT_EQ(harness.core.seen().back().actor, "desk");
}

TEST_F(AckRoutes, WhatIsWrongIsRefused) {
  for (const char* route : {"/api/v1/alerts/a/ack", "/api/v1/notices/n/ack"}) {
    for (const char* body :
         {"", "[]", "{}", R"({"person":""})", R"({"person":7})", R"({"person":"李四"})",
          R"({"person":"13800138000"})", R"({"person":"p-li","via":"link"})",
          R"({"person":"p-li","code":"1"})"}) {
      EXPECT_EQ(harness.post(route, body).status, 400) << route << body;
    }
    EXPECT_EQ(harness.post(route, R"({"person":")" + std::string(65, 'p') + "\"}").status, 413);
    EXPECT_EQ(harness.call("POST", route, R"({"person":"p-li"})", "").status, 401);
  }
  EXPECT_EQ(
      harness.post("/api/v1/notices/" + std::string(600, 'n') + "/ack", R"({"person":"p-li"})")
          .status,
      404);
  EXPECT_TRUE(harness.core.seen().empty());
}

TEST_F(AckRoutes, AnAlertAndANoticeAreEscalated) {
  EXPECT_EQ(harness.post("/api/v1/alerts/a0/escalate", R"({"person":"p-li"})").body,
            "{\"answer\":\"taken\"}\n");
  EXPECT_EQ(harness.post("/api/v1/notices/n1/escalate", R"({"person":"p-li","via":"cli"})").status,
            200);
  const auto seen = harness.core.seen_as<AlertEscalate>(topics::kAlertEscalate);
  ASSERT_EQ(seen.size(), 2U);
  EXPECT_EQ(seen[0].alert, "a0");
  EXPECT_EQ(seen[0].via, "api");
  EXPECT_EQ(seen[1].notice_id, "n1");
  EXPECT_EQ(seen[1].person, "p-li");
  for (const char* route : {"/api/v1/alerts/a/escalate", "/api/v1/notices/n/escalate"}) {
    EXPECT_EQ(harness.post(route, R"({"person":"p-lii"})").status, 404) << route;
    EXPECT_EQ(harness.post(route, "{}").status, 400) << route;
    EXPECT_EQ(harness.call("POST", route, R"({"person":"p-li"})", "").status, 401) << route;
  }
  core_says(ErrorCode::refused, "该告警正被静默");
  EXPECT_EQ(harness.post("/api/v1/alerts/a0/escalate", R"({"person":"p-li"})").status, 409);
}

// A slip of the pen is nobody's acknowledgement.
TEST_F(AckRoutes, WhoStandsInNeitherRotaNorContactsIsRefused) {
  for (const char* route : {"/api/v1/alerts/a/ack", "/api/v1/notices/n/ack"}) {
    const HttpReply reply = harness.post(route, R"({"person":"p-lii"})");
    EXPECT_EQ(reply.status, 404) << route;
    EXPECT_NE(reply.body.find("没有这个人员编号"), std::string::npos) << reply.body;
    EXPECT_NE(reply.body.find("contacts.yaml"), std::string::npos) << "what to do: " << reply.body;
  }
  EXPECT_TRUE(harness.core.seen().empty());
}

TEST(AckRoutesOfARota, WhoStandsInTheRotaAloneAcknowledges) {
  DoorHarness harness;
  harness.parts.rota = &harness.core.rota;
  ASSERT_TRUE(harness.start().ok());
  const auto acknowledge = [&](const std::string& person) {
    return harness.post("/api/v1/alerts/a/ack", "{\"person\":\"" + person + "\"}").status;
  };
  EXPECT_EQ(acknowledge("x"), 404) << "no rota is loaded";
  EXPECT_EQ(acknowledge("p-zhao"), 200) << "of the contacts";
  harness.plant(desk_book());
  EXPECT_EQ(acknowledge("x"), 200);
  EXPECT_EQ(acknowledge("p-nobody"), 404);
}

TEST_F(AckRoutes, TheCoresRefusalsHaveTheirStatus) {
  core_says(ErrorCode::not_found, "没有这条通知");
  EXPECT_EQ(harness.post("/api/v1/notices/n/ack", R"({"person":"p-li"})").status, 404);
  core_says(ErrorCode::refused, "已经恢复");
  EXPECT_EQ(harness.post("/api/v1/alerts/a/ack", R"({"person":"p-li"})").status, 409);
  harness.halt();
  harness.fill_inbox();
  EXPECT_EQ(harness.post("/api/v1/alerts/a/ack", R"({"person":"p-li"})").status, 503);
  EXPECT_EQ(harness.post("/api/v1/notices/n/ack", R"({"person":"p-li"})").status, 503);
}

}  // namespace
}  // namespace jieban
