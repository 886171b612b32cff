// Goal: a silence has an end, a reason and somebody who made it; the core decides the rest.
#include "common/alerting/matcher.h"
#include "tests/unit/daemons/notifier/door_harness.h"

namespace jieban {
namespace {

struct SilenceRoutes : testing::Test {
  SilenceRoutes() {
    harness.parts.silences = [this](const Transaction&) -> Result<std::vector<SilenceEntry>> {
      return entries;
    };
    auto started = harness.start();
    EXPECT_TRUE(started.ok()) << started.error().message;
  }
  SilenceAdd last() {
    auto seen = harness.core.seen_as<SilenceAdd>(topics::kSilenceAdd);
    return seen.empty() ? SilenceAdd{} : seen.back();
  }
  std::vector<SilenceEntry> entries;
  DoorHarness harness;
};

const std::string kGood =
    R"({"matchers":"unit=urban_office","ends_at":"2026-02-03 14:00:00","reason":"搬家"})";

TEST_F(SilenceRoutes, OneIsAddedUnderAnIdOfItsOwn) {
  HttpReply reply = harness.post("/api/v1/silences", kGood);
  ASSERT_EQ(reply.status, 200) << reply.body;
  const SilenceAdd silence = last();
  EXPECT_EQ(silence.matchers, "unit=urban_office");
  EXPECT_EQ(silence.ends_at, noon() + std::chrono::hours(2));
  EXPECT_EQ(silence.starts_at, std::nullopt);
  EXPECT_EQ(silence.created_by, "desk");
  EXPECT_EQ(silence.reason, "搬家");
  EXPECT_TRUE(silence.id.starts_with("s-"));
  EXPECT_EQ(reply.body, "{\"id\":\"" + silence.id + "\",\"answer\":\"taken\"}\n");
  ASSERT_EQ(harness.post("/api/v1/silences", kGood).status, 200);
  EXPECT_NE(last().id, silence.id);
}

TEST_F(SilenceRoutes, TheCallerMayNameItAndItsBeginning) {
  const std::string body = R"({"id":"move-1","matchers":"a=b","starts_at":"2026-02-03 13:00:00",)"
                           R"("ends_at":"2026-02-03 14:00:00","created_by":"p-li","reason":"x"})";
  ASSERT_EQ(harness.post("/api/v1/silences", body).status, 200);
  EXPECT_EQ(last().id, "move-1");
  EXPECT_EQ(last().starts_at, noon() + std::chrono::hours(1));
  EXPECT_EQ(last().created_by, "p-li");
}

TEST_F(SilenceRoutes, WhatIsWrongIsRefused) {
  for (const char* body :
       {"", "{}", R"({"matchers":"a=b","reason":"x"})", R"({"matchers":"a=b","ends_at":"morgen"})",
        R"({"ends_at":"2026-02-03 14:00:00","reason":"x"})",
        R"({"matchers":"a=b","ends_at":"2026-02-03 14:00:00"})",
        R"({"id":"a/b","matchers":"a=b","ends_at":"2026-02-03 14:00:00","reason":"x"})",
        R"({"matchers":"a=b","ends_at":"2026-02-03 14:00:00","reason":"x","more":"y"})"}) {
    EXPECT_EQ(harness.post("/api/v1/silences", body).status, 400) << body;
  }
  const std::string longer(700, 'x');
  EXPECT_EQ(harness
                .post("/api/v1/silences", R"({"matchers":"a=b","reason":")" + longer +
                                              R"(","ends_at":"2026-02-03 14:00:00"})")
                .status,
            413);
  EXPECT_EQ(harness.post("/api/v1/silences", std::string(DoorEdge::kBodyBytesMax + 1, ' ')).status,
            413);
  EXPECT_TRUE(harness.core.seen().empty());
}

std::string silence_of(const std::string& matchers, const std::string& more = "") {
  return R"({"matchers":")" + matchers + R"(","reason":"检修线路",)" + more +
         R"("ends_at":"2026-02-03 14:00:00"})";
}

TEST_F(SilenceRoutes, NoNumberOfAPersonGetsThroughTheDoor) {
  const std::string number = "13800138011";
  HttpReply reply =
      harness.post("/api/v1/silences", R"({"matchers":"daemon=\"13800138011\", to!=a@b.cn",)"
                                       R"("reason":"请拨13800138011","created_by":"p-li",)"
                                       R"("ends_at":"2026-02-03 14:00:00"})");
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(last().reason, "请拨***");
  EXPECT_EQ(last().matchers.find(number), std::string::npos);
  EXPECT_EQ(last().matchers.find("b.cn"), std::string::npos);
  for (const std::string& body :
       {silence_of("tel13800138011=x"), silence_of(R"(daemon=~\"13800138011|router\")"),
        silence_of("a=b", R"("id":"13800138011",)"),
        silence_of("a=b", R"("created_by":"13800138011",)"), silence_of("13800138011")}) {
    const HttpReply refusal = harness.post("/api/v1/silences", body);
    EXPECT_TRUE(refusal.status == 400 || refusal.status == 404) << refusal.status;
    EXPECT_EQ(refusal.body.find(number), std::string::npos) << "an answer quotes it";
  }
  harness.core.say(Result<std::string>(Error{ErrorCode::not_found, "没有这个静默：13800138011"}));
  const HttpReply unknown = harness.call("DELETE", "/api/v1/silences/13800138011");
  EXPECT_EQ(unknown.status, 404);
  EXPECT_EQ(unknown.body.find(number), std::string::npos);
  EXPECT_EQ(harness.core.seen().size(), 1u);
}

// What is silenced by a number is the alert that came in with it.
TEST_F(SilenceRoutes, AMaskedConditionMatchesTheLabelThatWasMasked) {
  const std::string posted =
      harness
          .post("/alertmanager/v2", R"({"version":"4","alerts":[{"status":"firing",)"
                                    R"("labels":{"alertname":"A","daemon":"13800138011"}}]})")
          .body;
  auto raised = harness.core.seen_as<AlertRaised>(topics::kAlertRaised);
  ASSERT_EQ(raised.size(), 1u) << posted;
  const std::map<std::string, std::string>& labels = raised[0].labels;
  EXPECT_TRUE(labels.at("daemon").starts_with("***#"));
  const auto covers = [&](const std::string& matchers) {
    const HttpReply reply = harness.post("/api/v1/silences", silence_of(matchers));
    EXPECT_EQ(reply.status, 200) << reply.body;
    auto read = parse_matchers(last().matchers);
    EXPECT_TRUE(read.ok()) << last().matchers;
    return read.ok() && matches_all(*read, labels);
  };
  EXPECT_TRUE(covers(R"(daemon=\"13800138011\")"));
  EXPECT_FALSE(covers(R"(daemon=\"13800138012\")")) << "another number";
  EXPECT_FALSE(covers(R"(daemon!=\"13800138011\")"));
  EXPECT_TRUE(covers(R"(daemon!=\"13800138012\", alertname=~\"A|B\")"));
  EXPECT_TRUE(covers("daemon=\\\"" + labels.at("daemon") + "\\\""))
      << "as it is shown: " << labels.at("daemon");
}

TEST_F(SilenceRoutes, WhoAsksIsKnownToTheRotaOrTheContacts) {
  const HttpReply reply =
      harness.post("/api/v1/silences", silence_of("a=b", R"("created_by":"nobody",)"));
  EXPECT_EQ(reply.status, 404);
  EXPECT_NE(reply.body.find("没有这个人员编号"), std::string::npos) << reply.body;
  EXPECT_EQ(harness.post("/api/v1/silences", silence_of("a=b", R"("created_by":"p-li",)")).status,
            200);
  EXPECT_EQ(harness.core.seen().size(), 1u);
}

TEST_F(SilenceRoutes, OneIsLifted) {
  EXPECT_EQ(harness.call("DELETE", "/api/v1/silences/move-1").status, 200);
  auto seen = harness.core.seen_as<SilenceLift>(topics::kSilenceLift);
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(seen[0].id, "move-1");
  EXPECT_EQ(seen[0].lifted_by, "desk");
  EXPECT_EQ(harness.call("DELETE", "/api/v1/silences/a%2Fb").status, 404);
  harness.core.say(Result<std::string>(Error{ErrorCode::not_found, "没有这条静默"}));
  EXPECT_EQ(harness.call("DELETE", "/api/v1/silences/move-2").status, 404);
}

TEST_F(SilenceRoutes, TheyAreListedWithTheirState) {
  SilenceAdd one{"a", "x=y", std::nullopt, noon() + std::chrono::hours(1), "desk", "搬家"};
  SilenceAdd later = one;
  later.id = "b";
  later.starts_at = noon() + std::chrono::minutes(1);
  SilenceAdd over = one;
  over.id = "c";
  over.ends_at = noon();
  entries = {{one, ""}, {later, ""}, {over, ""}, {one, "p-li"}};
  auto value = parse_json(harness.get("/api/v1/silences").body);
  ASSERT_TRUE(value.ok());
  std::string states;
  for (const Value& each : *value->find("silences")->array()) {
    states += *each.find("state")->string() + " ";
  }
  EXPECT_EQ(states, "active pending ended ended ");
  EXPECT_EQ(harness.get("/api/v1/silences?state=active").status, 400);
}

TEST_F(SilenceRoutes, StrangersAndAFullInboxAreRefused) {
  EXPECT_EQ(harness.call("POST", "/api/v1/silences", kGood, "").status, 401);
  EXPECT_EQ(harness.call("DELETE", "/api/v1/silences/a", "", "").status, 401);
  EXPECT_EQ(harness.call("GET", "/api/v1/silences", "", "").status, 401);
  harness.halt();
  harness.fill_inbox();
  EXPECT_EQ(harness.post("/api/v1/silences", kGood).status, 503);
  EXPECT_EQ(harness.call("DELETE", "/api/v1/silences/a").status, 503);
}

}  // namespace
}  // namespace jieban
