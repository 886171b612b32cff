// A desk whose calls go out, and what is answered to them.
#pragma once

#include <string>
#include <vector>

#include "tests/unit/daemons/notifier/callout_fixture.h"

namespace jieban {

// What a reply of "1" answers is on the phone already.
class AnswerDesk : public CalloutFixture {
 public:
  NoticeStep call_of(uint64_t order_id, const std::string& order_no) {
    return queued_in(emergency(order_id, order_no));
  }
  // A rung of the clock within which an emergency has to be signed.
  std::vector<Event> unsigned_for(uint64_t order_id, const std::string& order_no,
                                  const std::string& level, uint64_t percent) {
    DeadlineAlert alert = alert_of(order_no, percent);
    alert.clock = "sign";
    alert.order_class = "emergency";
    alert.level = level;
    return events_of(event(kAlertStream, topics::kDeadlineWarned, alert, order_id));
  }
  void send(const NoticeStep& call, DeliveryOutcome outcome = DeliveryOutcome::accepted) {
    EXPECT_EQ(begin(call.notice_id, 1), "go");
    end(call.notice_id, 1, outcome);
  }
  std::string one() {
    return answer(topics::kAlertAcknowledge, AlertAcknowledge{"li", "reply", "1", "", ""});
  }
  std::string receipt(const NoticeStep& call, const std::string& state) {
    return answer(topics::kDeliveryReceipt, DeliveryReceipt{"phone", call.notice_id, "", state});
  }
  bool is_acknowledged(const NoticeStep& call) {
    const AlertAcknowledge again{"li", "cli", "", "", *call.alert};
    return answer(topics::kAlertAcknowledge, again) == "repeated";
  }
};

}  // namespace jieban
