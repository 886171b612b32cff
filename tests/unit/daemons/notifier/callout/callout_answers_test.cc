// Goal: it is known who still has to answer for what, and what is one matter.
#include "daemons/notifier/callout/callouts.h"
#include "tests/unit/daemons/notifier/callout_fixture.h"

namespace jieban {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using Ids = std::vector<std::string>;

class MatterDesk : public CalloutFixture {
 public:
  std::string sign_clock(uint64_t order_id, const std::string& order_no) {
    DeadlineAlert alert = alert_of(order_no, 50);
    alert.clock = "sign";
    alert.order_class = "emergency";
    alert.level = "blue";
    const auto told = events_of(event(kAlertStream, topics::kDeadlineWarned, alert, order_id));
    return alert_in(told, topics::kAlertOpened).alert;
  }
  Ids same(const std::string& alert) {
    auto txn = fold().environment().read();
    return *core().callouts().of_same_matter(alert, *txn);
  }
  bool asks(const std::string& alert, const std::string& person) {
    auto txn = fold().environment().read();
    return *core().callouts().asks(alert, person, *txn);
  }
};

TEST(CalloutAnswers, TheAlertsOfOneOrderOnOneTopicAreOneMatter) {
  MatterDesk desk;
  const std::string state = *queued_in(desk.emergency(1, "A-1")).alert;
  desk.emergency(2, "A-2");
  EXPECT_EQ(desk.same(state), Ids());
  const std::string clock = desk.sign_clock(1, "A-1");
  EXPECT_EQ(desk.same(state), Ids{clock});
  EXPECT_EQ(desk.same(clock), Ids{state});
  desk.deadline(1, "A-1", "red", 100);
  EXPECT_EQ(desk.same(state), Ids{clock}) << "another topic";
  EXPECT_EQ(desk.same("a00"), Ids()) << "no alert";
}

TEST(CalloutAnswers, AGroupOfOrdersIsNoMatterOfOneOfThem) {
  MatterDesk desk;
  const std::string group =
      alert_in(desk.deadline(1, "A-1", "red", 100), topics::kAlertOpened).alert;
  desk.deadline(2, "A-2", "red", 100);
  EXPECT_EQ(desk.same(group), Ids());
}

TEST(CalloutAnswers, ItAsksUntilThePersonHasAnsweredOrItIsOver) {
  MatterDesk desk;
  const std::string alert = *queued_in(desk.emergency(1, "A-1")).alert;
  EXPECT_TRUE(desk.asks(alert, "li"));
  desk.answer(topics::kAlertAcknowledge, AlertAcknowledge{"li", "cli", "", "", alert});
  EXPECT_FALSE(desk.asks(alert, "li"));
  desk.advance(hours(2));
  EXPECT_TRUE(desk.asks(alert, "li")) << "it lapsed";
  desk.moved(1, "order.signed", OrderState::new_order, OrderState::signed_in);
  EXPECT_FALSE(desk.asks(alert, "li"));
  EXPECT_FALSE(desk.asks("a00", "li")) << "no alert";
}

}  // namespace
}  // namespace jieban
