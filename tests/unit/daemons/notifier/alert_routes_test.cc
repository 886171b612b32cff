// Goal: Alertmanager is answered with 200 when its alerts are on disk, with 5xx when they may be
// sent again, and the good ones of a batch go through.
#include "common/crypto/random.h"
#include "tests/support/log_lines.h"
#include "tests/unit/daemons/notifier/door_harness.h"

namespace jieban {
namespace {

using AlertRoutes = DoorTest;

std::string alert(const std::string& name, const std::string& status = "firing") {
  return R"({"status":")" + status + R"(","labels":{"alertname":")" + name +
         R"("},"startsAt":"2026-07-18T04:00:00Z","endsAt":"2026-07-18T05:00:00Z"})";
}
std::string body_of(const std::string& alerts) {
  return R"({"version":"4","truncatedAlerts":0,"alerts":[)" + alerts + "]}";
}

TEST_F(AlertRoutes, EachAlertBecomesAnInput) {
  HttpReply reply =
      harness.post("/alertmanager/v2", body_of(alert("A") + "," + alert("B", "resolved")));
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, "{\"taken\":2,\"rejected\":[]}\n");
  auto raised = harness.core.seen_as<AlertRaised>(topics::kAlertRaised);
  ASSERT_EQ(raised.size(), 2u);
  EXPECT_EQ(raised[0].source, "alertmanager");
  EXPECT_EQ(raised[0].ends_at, std::nullopt);
  EXPECT_EQ(raised[1].labels.at("alertname"), "B");
  EXPECT_TRUE(raised[1].ends_at.has_value());
  EXPECT_EQ(harness.core.seen()[0].actor, "desk");
}

TEST_F(AlertRoutes, TheGoodPartOfABatchGoesThrough) {
  harness.core.say([](const Event& event) -> Result<std::string> {
    if (decode_payload<AlertRaised>(event.payload)->labels.at("alertname") == "Odd") {
      return Error{ErrorCode::refused, "不收"};
    }
    return std::string("repeated");
  });
  HttpReply reply =
      harness.post("/alertmanager/v2", body_of("{}," + alert("A") + "," + alert("Odd")));
  EXPECT_EQ(reply.status, 200);
  auto value = parse_json(reply.body);
  ASSERT_TRUE(value.ok());
  EXPECT_EQ(*value->find("taken"), Value(1));
  const Value::Array& rejected = *value->find("rejected")->array();
  ASSERT_EQ(rejected.size(), 2u);
  EXPECT_EQ(*rejected[0].find("index"), Value(0));
  EXPECT_EQ(*rejected[1].find("index"), Value(2));
  EXPECT_EQ(*rejected[1].find("reason"), Value("不收"));
  EXPECT_EQ(harness.metric("jieban_door_inputs_total{input=\"alert\",outcome=\"refused\"}"), 2);
}

TEST_F(AlertRoutes, ABatchOfWhichNothingCanBeUsedIsRefused) {
  EXPECT_EQ(harness.post("/alertmanager/v2", body_of("{},7")).status, 400);
  EXPECT_EQ(harness.post("/alertmanager/v2", body_of("")).status, 200) << "nothing is not wrong";
  for (const char* body : {"", "{", "[]", R"({"version":"3","alerts":[]})"}) {
    EXPECT_EQ(harness.post("/alertmanager/v2", body).status, 400) << body;
  }
  EXPECT_TRUE(harness.core.seen().empty());
}

TEST_F(AlertRoutes, WhatMayPassIsAskedForAgain) {
  core_says(ErrorCode::unavailable, "稍后");
  EXPECT_EQ(harness.post("/alertmanager/v2", body_of(alert("A"))).status, 503);
  harness.halt();
  harness.fill_inbox();
  HttpReply reply = harness.post("/alertmanager/v2", body_of(alert("A")));
  EXPECT_EQ(reply.status, 503);
  EXPECT_EQ(reply.headers["retry-after"], "10");
}

// Nobody but the log hears of it: Alertmanager sends it no more.
TEST_F(AlertRoutes, WhatIsRefusedIsLoggedWithItsNameAndTheReason) {
  LogLines lines;
  const std::string wide = "Wide13800138011\",\"x\":\"" + std::string(1025, 'x');
  const std::string body = harness.post("/alertmanager/v2", body_of(alert(wide) + ",{}")).body;
  EXPECT_EQ(lines.count("alert_refused alert=Wide***#"), 1u) << lines.text();
  EXPECT_EQ(lines.count("1024"), 1u) << "which limit: " << lines.text();
  EXPECT_EQ(lines.count("alert_refused"), 2u);
  EXPECT_EQ(lines.text().find("13800138011"), std::string::npos);
  EXPECT_NE(body.find(R"("alert":"Wide***#)"), std::string::npos) << body;
  std::string many = alert("A\",\"9\":\"");
  harness.core.say(Result<std::string>(Error{ErrorCode::limit, "more than 32 labels"}));
  for (int i = 0; i < 99; ++i) many += "," + alert("A");
  harness.post("/alertmanager/v2", body_of(many));
  EXPECT_EQ(lines.count("more than 32 labels"), 10u) << "a flood of them fills no log";
  EXPECT_EQ(lines.count("alerts_refused count=100"), 1u);
}

TEST_F(AlertRoutes, StrangersAndHugeBodiesAreRefused) {
  EXPECT_EQ(harness.call("POST", "/alertmanager/v2", body_of(alert("A")), "").status, 401);
  EXPECT_EQ(harness.call("POST", "/alertmanager/v2", body_of(alert("A")), "wrong").status, 401);
  EXPECT_EQ(harness.post("/alertmanager/v2", std::string(DoorEdge::kBodyBytesMax + 1, ' ')).status,
            413);
  std::string many = alert("A");
  for (int i = 0; i < 500; ++i) many += "," + alert("A");
  EXPECT_EQ(harness.post("/alertmanager/v2", body_of(many)).status, 413);
  EXPECT_TRUE(harness.core.seen().empty());
}

TEST_F(AlertRoutes, WhatAlertmanagerLeftOutIsLogged) {
  LogLines lines;
  harness.post("/alertmanager/v2", R"({"version":"4","truncatedAlerts":9,"alerts":[]})");
  EXPECT_EQ(lines.count("alerts_truncated count=9"), 1u);
}

}  // namespace
}  // namespace jieban
