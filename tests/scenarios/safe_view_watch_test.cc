// Goal: what the watch is called for (shifts, hand-overs, channels, the city's silence) tells
// nothing personal either. Method: as in safe_view_test.cc.
#include "common/domain/import_done.h"
#include "daemons/receiver/import_log.h"
#include "tests/scenarios/channel_payloads.h"
#include "tests/scenarios/marked_orders.h"

namespace jieban {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

void note_import(Desk& desk) {
  ImportDone done;
  done.source = kPersonalMark;
  done.batches = 1;
  done.at = desk.now();
  Input made;
  made.topic = kImportSubmitted;
  made.payload = encode_payload(done);
  EXPECT_TRUE(desk.input("receiver", made).ok());
}

// One answer of a gateway that does not let us in, to the first call that may go.
bool be_denied_once(Desk& desk) {
  for (const Event& event : desk.told("notifier", topics::kNoticeQueued)) {
    const auto step = payload_of<NoticeStep>(event);
    if (!step.person) continue;
    Input begin;
    begin.topic = topics::kDeliveryBegin;
    begin.payload = encode_payload(DeliveryBegin{step.notice_id, 1});
    const auto said = desk.input("notifier", begin);
    if (!said.ok() || *said != "go") continue;
    Input end;
    end.topic = topics::kDeliveryEnd;
    end.payload =
        encode_payload(DeliveryEnd{step.notice_id, 1, DeliveryOutcome::denied, std::nullopt});
    return desk.input("notifier", end).ok();
  }
  return false;
}

// What the watch itself is called for: shifts, hand-overs, channels, the city's silence.
void live_through_the_watch(Desk& desk) {
  desk.take("", {"handover_out",
                 "seat",
                 {{"shift_out", "NIGHT"}, {"shift_in", "DAY"}},
                 {{"instructions", kPersonalMark}, {"equipment", kPersonalMark}},
                 "li"});
  for (int i = 1; i < 9; ++i) {
    Submission urgent = marked(Desk::leak("26031000002" + std::to_string(i)));
    urgent.urgency = "emergency";
    desk.submit(urgent);
  }
  std::set<std::string> tried;
  // The first that are tried are put into lists, which go later.
  bool denied = false;
  for (int i = 0; i < 5 && !denied; ++i) {
    desk.advance(minutes(1));
    denied = be_denied_once(desk);
  }
  EXPECT_TRUE(denied) << "nobody was called";
  for (int i = 0; i < 40; ++i) {
    desk.advance(minutes(1));
    deliver_all(desk, tried);
  }
  desk.advance(hours(5));
  note_import(desk);
  desk.advance(hours(21));
  deliver_all(desk, tried);
}

TEST(SafeView, OfTheWatchNothingPersonalIsToldEither) {
  FiveRules rules = rules_that_say_all();
  for (Rota& rota : rules.rota.rotas) {
    if (rota.id == "duty_leader") rota.rules.clear();
  }
  Desk desk(rules);
  live_through_the_watch(desk);
  for (const Event& event : desk.told("notifier")) {
    EXPECT_EQ(event.payload.find(kPersonalMark), std::string::npos) << event.topic;
    EXPECT_EQ(event.payload.find(kOpenMark), std::string::npos) << event.topic;
  }
  const std::set<std::string> used = templates_used(desk);
  for (const char* topic :
       {"call.rota.gap", "call.channel.down", "call.feed.silent", "call.import.silent",
        "call.handover.missing", "call.handover.waiting", "digest.urgent"}) {
    EXPECT_TRUE(used.contains(topic)) << topic << " was not told: the test looks at less";
  }
  EXPECT_EQ(desk.set_aside(), std::vector<std::string>());
}

// DOMAIN §19 scenario 15: a list that tells of many does so of confidential orders too.
TEST(Scenario15, ListsOfConfidentialOrdersHoldNothingPersonal) {
  Desk desk(rules_that_say_all());
  for (int i = 1; i < 9; ++i) {
    Submission order = marked(Desk::leak("26031000003" + std::to_string(i)));
    order.confidential = true;
    desk.submit(order);
  }
  std::set<std::string> tried;
  for (int i = 0; i < 60; ++i) {
    desk.advance(minutes(1));
    deliver_all(desk, tried);
  }
  std::string payloads;
  size_t lists = 0;
  for (const Event& event : desk.told("notifier", topics::kNoticeQueued)) {
    const auto step = payload_of<NoticeStep>(event);
    if (!step.text.value_or("").starts_with("digest")) continue;
    ++lists;
    OutgoingNotice notice{event.stream, step.notice_id,    event.topic, step.order_no,
                          *step.text,   event.occurred_at, 1,           false};
    notice.address = "13800138000";
    payloads += readable_payloads(notice);
  }
  EXPECT_GE(lists, 2U);
  EXPECT_NE(payloads.find("26031000003"), std::string::npos);
  EXPECT_EQ(payloads.find(kPersonalMark), std::string::npos);
  EXPECT_EQ(payloads.find(kOpenMark), std::string::npos);
}

}  // namespace
}  // namespace jieban
