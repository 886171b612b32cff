// Goal: looking at a link acknowledges nothing, pressing its button does, once; every other case
// has a page that says so.
#include "tests/unit/daemons/notifier/door_harness.h"

namespace jieban {
namespace {

struct LinkRoutes : DoorTest {
  void SetUp() override {
    DoorTest::SetUp();
    harness.plant(notice_row("n1", "A1"));
  }
  std::string link_to(const std::string& notice, const std::string& person = "p-li") {
    auto links = AckLinks::load(harness.settings());
    EXPECT_TRUE(links.ok());
    return "/a/" + links->token({notice, person, noon() + std::chrono::hours(1)});
  }
  HttpReply press(const std::string& link) { return harness.call("POST", link, "", ""); }
  size_t acknowledged() {
    return harness.core.seen_as<AlertAcknowledge>(topics::kAlertAcknowledge).size();
  }
};

TEST_F(LinkRoutes, LookingAcknowledgesNothing) {
  HttpReply page = harness.get_open(link_to("n1"));
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.headers["content-type"], "text/html; charset=utf-8");
  EXPECT_NE(page.body.find("工单A1"), std::string::npos);
  EXPECT_NE(page.body.find("<button"), std::string::npos);
  EXPECT_EQ(acknowledged(), 0u);
}

TEST_F(LinkRoutes, ThePageDoesNotShowWhereTheLinkStood) {
  NoticeRow row = notice_row("n2", "A2");
  row.text = "工单A2，点{link}确认";
  harness.plant(row);
  HttpReply page = harness.get_open(link_to("n2"));
  EXPECT_NE(page.body.find("工单A2，点确认"), std::string::npos);
}

TEST_F(LinkRoutes, PressingAcknowledgesOnce) {
  const std::string link = link_to("n1");
  HttpReply page = press(link);
  EXPECT_EQ(page.status, 200);
  EXPECT_NE(page.body.find("已确认"), std::string::npos);
  auto seen = harness.core.seen_as<AlertAcknowledge>(topics::kAlertAcknowledge);
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(seen[0].person, "p-li");
  EXPECT_EQ(seen[0].notice_id, "n1");
  EXPECT_EQ(seen[0].via, "link");
  EXPECT_NE(press(link).body.find("已确认过"), std::string::npos);
  EXPECT_NE(harness.get_open(link).body.find("已确认过"), std::string::npos);
  EXPECT_EQ(acknowledged(), 1u);
  EXPECT_EQ(press(link_to("n1", "p-zhao")).status, 200) << "another person's is another link";
  EXPECT_EQ(acknowledged(), 2u);
}

TEST_F(LinkRoutes, WhatTheCoreKnowsAlreadyIsSaid) {
  harness.core.say(Result<std::string>("repeated"));
  EXPECT_NE(press(link_to("n1")).body.find("已确认过"), std::string::npos);
}

TEST_F(LinkRoutes, AForgedLinkOpensNothing) {
  std::string forged = link_to("n1");
  forged.back() = forged.back() == 'A' ? 'Q' : 'A';
  for (const std::string& link : {forged, std::string("/a/x"), "/a/" + std::string(2000, 'A')}) {
    for (const HttpReply& page : {harness.get_open(link), press(link)}) {
      EXPECT_EQ(page.status, 404);
      EXPECT_NE(page.body.find("链接无效"), std::string::npos);
    }
  }
  EXPECT_EQ(acknowledged(), 0u);
}

TEST_F(LinkRoutes, AnExpiredLinkSaysSo) {
  const std::string link = link_to("n1");
  harness.clock.step(std::chrono::hours(1));
  for (const HttpReply& page : {harness.get_open(link), press(link)}) {
    EXPECT_EQ(page.status, 410);
    EXPECT_NE(page.body.find("链接已过期"), std::string::npos);
  }
  EXPECT_EQ(acknowledged(), 0u);
}

TEST_F(LinkRoutes, WhatTheCoreRefusesCanBePressedAgain) {
  const std::string link = link_to("n1");
  core_says(ErrorCode::refused, "告警已恢复");
  HttpReply page = press(link);
  EXPECT_EQ(page.status, 409);
  EXPECT_NE(page.body.find("告警已恢复"), std::string::npos);
  core_says(ErrorCode::not_found, "x");
  EXPECT_EQ(press(link).status, 404);
  core_says(ErrorCode::internal, "13800138000");
  page = press(link);
  EXPECT_EQ(page.status, 503);
  EXPECT_EQ(page.body.find("13800138000"), std::string::npos);
  harness.core.say(Result<std::string>("taken"));
  EXPECT_EQ(press(link).status, 200);
}

TEST_F(LinkRoutes, ANoticeThatIsGoneAndAFullInboxHavePages) {
  EXPECT_EQ(harness.get_open(link_to("n9")).status, 404);
  harness.halt();
  harness.fill_inbox();
  HttpReply page = press(link_to("n1"));
  EXPECT_EQ(page.status, 503);
  EXPECT_EQ(page.headers["retry-after"], "10");
  EXPECT_NE(page.body.find("请稍后再试"), std::string::npos);
}

TEST_F(LinkRoutes, ABodyThatIsTooLongIsRefused) {
  const std::string body(DoorEdge::kBodyBytesMax + 1, 'x');
  EXPECT_EQ(harness.call("POST", link_to("n1"), body, "").status, 413);
  EXPECT_EQ(acknowledged(), 0u);
}

}  // namespace
}  // namespace jieban
