// Goal: whoever is known asks for changes of the rota at the door and sees who is on duty.
#include "tests/unit/daemons/notifier/door_harness.h"
#include "tests/unit/daemons/notifier/duty_fixture.h"

namespace jieban {
namespace {

struct RotaRoutes : testing::Test {
  RotaRoutes() {
    harness.parts.rota = &harness.core.rota;
    auto started = harness.start();
    EXPECT_TRUE(started.ok()) << started.error().message;
  }
  std::string post(const std::string& target, const std::string& body, int status) {
    const HttpReply reply = harness.post("/api/v1/rota/" + target, body);
    EXPECT_EQ(reply.status, status) << reply.body;
    return reply.body;
  }
  DoorHarness harness;
};

const std::string kSwap = R"({"id":"s1","by":"a","reason":"家中有事","rota":"seat","taker":"d",)"
                          R"("from":"2026-02-03 20:30:00","until":"2026-02-04 08:30:00"})";

bool has_text(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST_F(RotaRoutes, ASwapGoesThroughAllItsStations) {
  harness.plant(desk_book());
  const std::string asked = post("swaps", kSwap, 200);
  EXPECT_TRUE(has_text(asked, R"({"id":"s1","answer":"taken","change":)")) << asked;
  EXPECT_TRUE(has_text(asked, "坐席d连续夜班超过1个")) << "warned of: " << asked;
  EXPECT_TRUE(has_text(post("swaps", kSwap, 200), R"("answer":"repeated")"));
  EXPECT_TRUE(has_text(harness.get("/api/v1/rota/changes?state=open").body, R"("id":"s1")"));
  post("changes/s1/accept", R"({"by":"d"})", 200);
  EXPECT_TRUE(has_text(post("changes/s1/approve", R"({"by":"x"})", 409), "不符合排班限制"));
  post("changes/s1/approve", R"({"by":"x","reason":"无人可换","override":true})", 200);
  EXPECT_FALSE(has_text(harness.get("/api/v1/rota/changes?state=open").body, "s1"));
  const std::string on = harness.get("/api/v1/rota/now?at=2026-02-04%2001:00:00&format=text").body;
  EXPECT_TRUE(has_text(on, "坐席d（换班，原为坐席a）")) << on;
  post("changes/s1/withdraw", R"({"by":"x","reason":"不换了"})", 200);
  EXPECT_TRUE(has_text(harness.get("/api/v1/rota/shifts?format=ics").body, "BEGIN:VCALENDAR"));
}

TEST_F(RotaRoutes, WhatTheCoreRefusesIsAnsweredWithItsReason) {
  harness.plant(desk_book());
  EXPECT_TRUE(has_text(post("leaves",
                            R"({"id":"l1","by":"c","person":"b","reason":"x",)"
                            R"("until":"2026-02-03 16:00:00"})",
                            409),
                       "不能替别人请假"));
  post("changes/s9/accept", R"({"by":"d"})", 404);
  post("leaves", "{}", 400);
  post("holidays", "{}", 404);
  post("changes/s1/bless", R"({"by":"d"})", 404);
  EXPECT_EQ(harness.get("/api/v1/rota/weather").status, 404);
  EXPECT_EQ(harness.get("/api/v1/rota/now?when=now").status, 400);
  EXPECT_EQ(harness.get("/api/v1/rota/shifts?rota=nowhere").status, 404);
  EXPECT_EQ(harness.get("/api/v1/rota/changes?state=gone").status, 400);
}

TEST_F(RotaRoutes, NoNumberOfAPersonGetsThroughTheDoor) {
  harness.plant(desk_book());
  const std::string number = "13800138011";
  const std::string until = R"("until":"2026-02-03 16:00:00"})";
  const std::string reason = R"("reason":"电话13800138011，a@b.cn",)";
  post("leaves", R"({"id":"l1","by":"b","person":"b",)" + reason + until, 200);
  post("overrides", R"({"id":"o1","by":"x","rota":"seat","add":"e",)" + reason + until, 200);
  std::string swap = kSwap;
  swap.replace(swap.find("家中有事"), std::string("家中有事").size(), "电话13800138011");
  post("swaps", swap, 200);
  post("changes/s1/refuse", R"({"by":"x","reason":"电话13800138011"})", 200);
  const std::string listed = harness.get("/api/v1/rota/changes").body;
  EXPECT_TRUE(has_text(listed, R"("asked_reason":"电话***，***")")) << listed;
  EXPECT_TRUE(has_text(listed, R"("decided_reason":"电话***")")) << listed;
  // What names nobody and nothing is refused, and not quoted.
  const std::string why = R"("reason":"急事",)";
  post("leaves", R"({"id":"13800138011","by":"b","person":"b",)" + why + until, 400);
  post("leaves", R"({"id":"l2","by":"13800138011","person":"b",)" + why + until, 404);
  post("leaves", R"({"id":"l3","by":"x","person":"13800138011",)" + why + until, 404);
  post("overrides", R"({"id":"o2","by":"x","rota":"13800138011","add":"e",)" + why + until, 404);
  post("changes/13800138011/accept", R"({"by":"d"})", 404);
  EXPECT_EQ(harness.answers().find(number), std::string::npos) << harness.answers();
  EXPECT_FALSE(harness.holds(number)) << "it lies in the store";
}

TEST_F(RotaRoutes, ACheckTellsOfAGap) {
  harness.plant(desk_book());
  EXPECT_EQ(harness.get("/api/v1/rota/check?format=text").body, "未发现问题。\n");
  post("leaves", R"({"id":"l1","by":"b","person":"b","reason":"x","until":"2026-02-03 16:00:00"})",
       200);
  EXPECT_TRUE(has_text(harness.get("/api/v1/rota/check").body, R"("fault":"gap")"));
}

TEST_F(RotaRoutes, BeforeARotaIsLoadedTheAnswerIsLater) {
  EXPECT_EQ(harness.get("/api/v1/rota/now").status, 503);
  post("swaps", kSwap, 503);
}

TEST_F(RotaRoutes, StrangersAndAFullInboxAreRefused) {
  EXPECT_EQ(harness.call("POST", "/api/v1/rota/swaps", kSwap, "").status, 401);
  EXPECT_EQ(harness.call("POST", "/api/v1/rota/changes/s1/accept", "{}", "").status, 401);
  EXPECT_EQ(harness.call("GET", "/api/v1/rota/now", "", "").status, 401);
  harness.halt();
  harness.fill_inbox();
  post("swaps", kSwap, 503);
}

}  // namespace
}  // namespace jieban
