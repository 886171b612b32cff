// A call whose attempt was under way when somebody answered, and failed, was tried once more when
// the daemon went down before its next look at the ladder.
#include "tests/unit/daemons/notifier/callout_fixture.h"

namespace jieban {
namespace {

TEST(RepeatedAfterAnAnswer, ACallThatFailsAfterTheAnswerIsTakenBackAtOnce) {
  CalloutFixture desk;
  desk.emergency(1, "A-1");
  const std::vector<NoticeRow> due = desk.due("phone").rows;
  ASSERT_EQ(due.size(), 1U);
  const std::string& call = due[0].notice_id;
  ASSERT_EQ(desk.begin(call, 1), "go");
  AlertAcknowledge ack;
  ack.person = "li";
  ack.via = "cli";
  ack.alert = *due[0].alert;
  ASSERT_EQ(desk.answer(topics::kAlertAcknowledge, ack), "taken");
  desk.end(call, 1, DeliveryOutcome::unknown);
  EXPECT_EQ(desk.row(call).state, NoticeState::cancelled);
  desk.reopen();
  EXPECT_EQ(desk.begin(call, 2), "skip");
}

}  // namespace
}  // namespace jieban
