// DOMAIN §19 scenario 14: a hand-over with an open emergency is blocked; with an override it is
// recorded; the log's hash is fixed after the first signature.
//
// Through the five cores: what the seat and the team leader command comes in sealed at the door,
// the router decides, the archive is asked.
#include "common/base/bytes.h"
#include "common/crypto/hashes.h"
#include "common/domain/import_done.h"
#include "common/domain/notice_step.h"
#include "common/domain/topics.h"
#include "daemons/archiver/handover_query.h"
#include "daemons/archiver/record_query.h"
#include "tests/scenarios/desk.h"

namespace jieban {
namespace {

const std::string kStreetItself;

Said sign_out(const std::string& actor = "li") {
  return {"handover_out",
          "seat",
          {{"shift_out", "NIGHT"}, {"shift_in", "DAY"}},
          {{"instructions", "秘密交办事项"}, {"equipment", "一切正常"}},
          actor};
}

Said sign_in(const std::string& log_hash, const std::string& actor = "zhao") {
  return {"handover_in", "seat", {{"log_hash", log_hash}}, {}, actor};
}

Submission emergency(const std::string& order_no) {
  Submission order = Desk::leak(order_no);
  order.urgency = "emergency";
  return order;
}

SignedHandover shown(Desk& desk, const std::string& number) {
  auto found = find_handover(desk.archive(), number);
  CHECK(found.ok());
  return std::move(*found);
}

TEST(Scenario14, AHandOverWithAnOpenEmergencyIsBlockedAndTheLeaderMayOverride) {
  Desk desk(shipped_five_rules(), "2026-03-10 19:00:00");
  const Submission urgent = emergency("260310000001");
  desk.submit(urgent);
  desk.submit(Desk::leak("260310000002"));
  desk.bring(urgent.order_no, "accept");

  const std::string blocked = desk.refusal(kStreetItself, sign_out());
  EXPECT_TRUE(blocked.starts_with("urgent_open ")) << blocked;
  EXPECT_NE(blocked.find(urgent.order_no), std::string::npos) << "it is named: " << blocked;
  EXPECT_TRUE(list_handovers(desk.archive(), Timestamp(), kTimestampMax)->empty());

  const Said override{"handover_override", "team_leader", {}, {{"text", "已派抢修队现场处置"}}};
  Said by_a_seat = override;
  by_a_seat.role = "seat";
  EXPECT_TRUE(desk.refusal(kStreetItself, by_a_seat).starts_with("role "));
  Said without_reason = override;
  without_reason.texts.clear();
  EXPECT_TRUE(desk.refusal(kStreetItself, without_reason).starts_with("reason_written "));
  EXPECT_EQ(desk.refusal(kStreetItself, override), "");
  EXPECT_EQ(desk.refusal(kStreetItself, sign_out()), "");

  const SignedHandover handover = shown(desk, "1");
  EXPECT_EQ(handover.out.released, std::vector<std::string>{urgent.order_no});
  EXPECT_EQ(handover.out.released_by, "team_leader-1");
  EXPECT_EQ(handover.out.section->urgent_open.order_nos, std::vector<std::string>{urgent.order_no});
  EXPECT_EQ(handover.out.section->unsigned_orders.order_nos,
            std::vector<std::string>{"260310000002"});
  RecordFilter filter;
  filter.kind = "handover";
  const RecordPage page = *list_records(desk.archive(), filter);
  ASSERT_EQ(page.records.size(), 2U) << "the override and the signature; refusals are none";
  EXPECT_EQ(page.records.back().event.topic, "handover.overridden");
  EXPECT_TRUE(decode_payload<HandoverMove>(page.records.back().event.payload)->sealed.has_value())
      << "with its reason";
}

TEST(Scenario14, AnEmergencyThatIsAnsweredBlocksNobody) {
  Desk desk(shipped_five_rules(), "2026-03-10 19:00:00");
  desk.submit(emergency("260310000001"));
  desk.bring("260310000001", "submit");
  EXPECT_EQ(desk.refusal(kStreetItself, sign_out()), "");
}

TEST(Scenario14, TheLogsHashIsFixedAfterTheFirstSignature) {
  Desk desk(shipped_five_rules(), "2026-03-10 19:00:00");
  desk.submit(Desk::leak("260310000001"));
  ASSERT_EQ(desk.refusal(kStreetItself, sign_out()), "");
  const SignedHandover frozen = shown(desk, "1");
  EXPECT_EQ(to_hex(blake2b(frozen.log)), frozen.out.log_hash) << "anybody can compute it";

  // The desk works on between the signatures, and the night goes by.
  desk.submit(emergency("260310000009"));
  desk.bring("260310000009", "submit");
  desk.bring("260310000001", "accept");
  desk.advance_to("2026-03-11 07:00:00");
  for (const char* daemon : {"receiver", "router", "archiver"}) desk.restart(daemon);
  EXPECT_TRUE(desk.refusal(kStreetItself, sign_in(*frozen.out.log_hash, "li"))
                  .starts_with("other_person "));
  EXPECT_TRUE(desk.refusal(kStreetItself, sign_in("00")).starts_with("log_read "));
  ASSERT_EQ(desk.refusal(kStreetItself, sign_in(*frozen.out.log_hash)), "");

  const SignedHandover signed_twice = shown(desk, "1");
  EXPECT_EQ(signed_twice.log, frozen.log);
  EXPECT_EQ(signed_twice.out.log_hash, frozen.out.log_hash);
  EXPECT_TRUE(signed_twice.intact());
  EXPECT_EQ(signed_twice.signed_out.by, "li");
  ASSERT_TRUE(signed_twice.signed_in.has_value());
  EXPECT_EQ(signed_twice.signed_in->by, "zhao");
  EXPECT_EQ(format_local(signed_twice.signed_in->at), "2026-03-11 07:00:00");
  EXPECT_TRUE(desk.set_aside().empty());
}

// DOMAIN §13.3: the log names the alarms that are open; §14.2: and how old the last import is. The
// next shift does not come: the seat is called, then the leaders.
TEST(Scenario14, TheLogTellsOfAlarmsAndAnUnansweredHandOverCallsSomebody) {
  Desk desk(shipped_five_rules(), "2026-03-10 19:00:00");
  ImportDone done;
  done.source = "import";
  done.batches = 1;
  Input import;
  import.topic = kImportSubmitted;
  import.actor = done.source;
  import.payload = encode_payload(done);
  ASSERT_TRUE(desk.input("receiver", import).ok());
  desk.submit(Desk::leak("260310000001"));
  desk.advance_to("2026-03-10 19:45:00");  // unsigned for longer than its clock allows
  ASSERT_EQ(desk.refusal(kStreetItself, sign_out()), "");
  const SignedHandover log = shown(desk, "1");
  const HandoverSection& section = *log.out.section;
  EXPECT_EQ(section.import_lag, Duration(std::chrono::minutes(45)).count());
  ASSERT_TRUE(section.alarms.has_value());
  const auto has = [&](const std::string& topic) {
    return std::ranges::count(*section.alarms, topic, &OpenAlarm::topic) > 0;
  };
  EXPECT_TRUE(has("order.unsigned")) << log.log;
  EXPECT_TRUE(has("import.silent")) << log.log;
  EXPECT_TRUE(log.intact());

  const auto waiting = [&](std::string_view topic) {
    size_t count = 0;
    for (const Event& event : desk.told("notifier", topic)) {
      count += decode_payload<AlertStep>(event.payload)->topic == "handover.waiting" ? 1 : 0;
    }
    return count;
  };
  desk.advance_to("2026-03-10 19:49:59");
  EXPECT_EQ(waiting(topics::kAlertOpened), 0U) << "the next shift reads the log";
  for (const char* daemon : {"router", "notifier"}) desk.restart(daemon);
  desk.advance_to("2026-03-10 19:51:00");
  EXPECT_EQ(waiting(topics::kAlertOpened), 1U);
  ASSERT_EQ(desk.refusal(kStreetItself, sign_in(*log.out.log_hash)), "");
  EXPECT_EQ(waiting(topics::kAlertResolved), 1U);
  EXPECT_TRUE(desk.set_aside().empty());
}

// What happens between the signatures is lost to neither log: the release is shown with the one
// that was signed under it, the note with the next one.
TEST(Scenario14, WhatHappensBetweenTheSignaturesIsInALog) {
  Desk desk(shipped_five_rules(), "2026-03-10 19:00:00");
  ASSERT_EQ(desk.refusal(kStreetItself, sign_out()), "");
  const std::string hash = *shown(desk, "1").out.log_hash;
  const Said note{"shift_note", "seat", {{"note_kind", "event"}}, {{"text", "机房跳闸"}}, "li"};
  desk.advance_to("2026-03-10 19:01:00");
  ASSERT_EQ(desk.refusal(kStreetItself, note), "");
  desk.submit(emergency("260310000009"));
  EXPECT_TRUE(desk.refusal(kStreetItself, sign_in(hash)).starts_with("urgent_open "));
  ASSERT_EQ(desk.refusal(kStreetItself,
                         {"handover_override", "team_leader", {}, {{"text", "抢修队已到"}}}),
            "");
  for (const char* daemon : {"receiver", "router", "archiver"}) desk.restart(daemon);
  ASSERT_EQ(desk.refusal(kStreetItself, sign_in(hash)), "");
  desk.bring("260310000009", "submit");
  desk.advance_to("2026-03-10 19:10:00");
  ASSERT_EQ(desk.refusal(kStreetItself, sign_out("zhao")), "");

  const SignedHandover first = shown(desk, "1");
  EXPECT_TRUE(first.intact());
  EXPECT_TRUE(first.notes.empty()) << "it was frozen";
  EXPECT_FALSE(first.out.released.has_value());
  ASSERT_TRUE(first.released_in.has_value());
  EXPECT_EQ(first.released_in->order_nos, std::vector<std::string>{"260310000009"});
  EXPECT_EQ(first.released_in->by, "team_leader-1");
  const SignedHandover second = shown(desk, "2");
  EXPECT_TRUE(second.intact());
  EXPECT_EQ(second.out.section->notes, 1U);
  ASSERT_EQ(second.notes.size(), 1U);
  EXPECT_EQ(format_local(second.notes[0].noted.at), "2026-03-10 19:01:00");
}

TEST(Scenario14, WhatWasWrittenByHandIsNowhereInTheClear) {
  Desk desk(shipped_five_rules(), "2026-03-10 19:00:00");
  ASSERT_EQ(desk.refusal(kStreetItself, sign_out()), "");
  for (const char* daemon : {"receiver", "router"}) {
    for (const Event& event : desk.told(daemon)) {
      EXPECT_EQ(event.payload.find("秘密交办事项"), std::string::npos) << event.topic;
    }
  }
  EXPECT_EQ(shown(desk, "1").log.find("秘密交办事项"), std::string::npos);
}

}  // namespace
}  // namespace jieban
