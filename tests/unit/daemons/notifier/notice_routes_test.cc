// Goal: who has a token sees what was told and what came of it.
#include "tests/unit/daemons/notifier/door_harness.h"

namespace jieban {
namespace {

struct NoticeRoutes : DoorTest {
  void SetUp() override {
    DoorTest::SetUp();
    harness.plant(notice_row("110102007.router:7:sms", "A1"));
    harness.plant(notice_row("110102007.router:8:sms", "A2"));
  }
  Value get_json(const std::string& target, int status = 200) {
    HttpReply reply = harness.get(target);
    EXPECT_EQ(reply.status, status) << reply.body;
    auto value = parse_json(reply.body);
    return value.ok() ? *value : Value();
  }
};

TEST_F(NoticeRoutes, AreListedAndShown) {
  Value page = get_json("/api/v1/notices?page_size=1");
  ASSERT_EQ(page.find("notices")->array()->size(), 1u);
  const std::string next = *page.find("next")->string();
  page = get_json("/api/v1/notices?page_size=1&below=" + next);
  EXPECT_EQ(*page.find("notices")->array()->at(0).find("order_no"), Value("A1"));
  EXPECT_TRUE(page.find("next")->is_null());
  EXPECT_TRUE(get_json("/api/v1/notices?state=sent").find("notices")->array()->empty());
  Value one = get_json("/api/v1/notices/110102007.router:7:sms");
  EXPECT_EQ(*one.find("state"), Value("queued"));
  EXPECT_NE(one.find("text")->string()->find("工单A1"), std::string::npos);
}

TEST_F(NoticeRoutes, SayWhatIsWrong) {
  get_json("/api/v1/notices/n9", 404);
  get_json("/api/v1/notices/" + std::string(600, 'n'), 404);
  get_json("/api/v1/notices?stat=sent", 400);
  get_json("/api/v1/notices/110102007.router:7:sms?x=1", 400);
  get_json("/api/v1/notices/a%00b", 400);
  EXPECT_EQ(harness.get_open("/api/v1/notices").status, 401);
  EXPECT_EQ(harness.get_open("/api/v1/notices/n9").status, 401);
}

TEST_F(NoticeRoutes, AreReadWhileTheLoopIsBusy) {
  harness.halt();
  harness.fill_inbox();
  EXPECT_EQ(get_json("/api/v1/notices").find("notices")->array()->size(), 2u);
}

}  // namespace
}  // namespace jieban
