// Goal: the archive shows each hand-over as it was signed, tells when what stands there is not what
// was signed, and lists what belongs to the span that was asked for.
#include "daemons/archiver/handover_query.h"

#include "common/base/bytes.h"
#include "common/crypto/hashes.h"
#include "common/json/json.h"
#include "tests/unit/daemons/archiver/day.h"

namespace jieban {
namespace {

using namespace archiver_test;

// Of all that the streams of these tests say.
const std::string kWho = "system";

HandoverMove signed_out(uint64_t number, Timestamp at) {
  HandoverMove move;
  move.handover = number;
  move.command = "handover_out";
  move.state = "signed_out";
  move.shift_out = "NIGHT";
  move.shift_in = "DAY";
  HandoverSection& section = move.section.emplace();
  section.since = at - std::chrono::hours(12);
  section.at = at;
  section.overdue.add("YT-1");
  move.sealed = SealedBox{Bytes{"key"}, Bytes{"box"}};
  move.log_hash = to_hex(blake2b(handover_log(move, kWho, to_hex(blake2b("box")))));
  return move;
}

HandoverMove later(uint64_t number, const std::string& log_hash) {
  HandoverMove move;
  move.handover = number;
  move.log_hash = log_hash;
  return move;
}

class HandoverQuery : public testing::Test {
 protected:
  void say(std::string_view topic, const std::string& at, const HandoverMove& move) {
    streams.say("router", topic, 0, local(at), move);
  }
  void say_two() {
    const HandoverMove first = signed_out(1, local("2026-07-18 08:30:00"));
    HandoverMove note;
    note.handover = 1;
    note.arguments.emplace()["note_kind"] = "event";
    say("handover.noted", "2026-07-18 03:00:00", note);
    say("handover.signed_out", "2026-07-18 08:30:00", first);
    say("handover.signed_in", "2026-07-18 08:35:00", later(1, *first.log_hash));
    say("handover.signed_out", "2026-07-18 20:30:00", signed_out(2, local("2026-07-18 20:30:00")));
    say("handover.reviewed", "2026-07-19 09:00:00", later(1, *first.log_hash));
    EXPECT_EQ(streams.deliver(place).quarantined, 0U);
  }
  Place place;
  Streams streams;
};

TEST_F(HandoverQuery, AHandOverIsShownWithItsSignaturesAndItsNotes) {
  say_two();
  auto first = find_handover(place.archive(), "1");
  ASSERT_TRUE(first.ok()) << first.error().message;
  EXPECT_TRUE(first->intact());
  ASSERT_TRUE(first->signed_in && first->reviewed);
  EXPECT_EQ(first->signed_in->at, local("2026-07-18 08:35:00"));
  EXPECT_EQ(first->reviewed->at, local("2026-07-19 09:00:00"));
  EXPECT_FALSE(first->withdrawn.has_value());
  ASSERT_EQ(first->notes.size(), 1U);
  EXPECT_EQ(first->notes[0].kind, "event");
  const Value value = handover_value(*first);
  EXPECT_EQ(*value.find("log")->string(), first->log);
  EXPECT_EQ(*value.find("overdue")->find("order_nos")->array(), Value::Array{Value("YT-1")});
  EXPECT_EQ(to_json(value).find("box"), std::string::npos) << "what is sealed is not shown";
}

TEST_F(HandoverQuery, LogsOfBothFormsVerify) {
  HandoverMove second = signed_out(2, local("2026-07-18 20:30:00"));
  HandoverSection& section = *second.section;
  section.form = 2;
  section.import_lag = 90'000'000;
  section.alarms = {{"a1", "deadline", local("2026-07-18 19:00:00"), {"p-li"}}};
  section.channel_failures = {{"sms", local("2026-07-18 18:00:00")}};
  second.log_hash = to_hex(blake2b(handover_log(second, kWho, to_hex(blake2b("box")))));
  HandoverMove forged = second;
  forged.handover = 3;
  forged.log_hash = to_hex(blake2b(handover_log(forged, kWho, to_hex(blake2b("box")))));
  forged.section->alarms->clear();
  say("handover.signed_out", "2026-07-18 08:30:00", signed_out(1, local("2026-07-18 08:30:00")));
  say("handover.signed_out", "2026-07-18 20:30:00", second);
  say("handover.signed_out", "2026-07-19 08:30:00", forged);
  streams.deliver(place);
  auto first = find_handover(place.archive(), "1");
  EXPECT_TRUE(first->intact());
  EXPECT_TRUE(first->log.starts_with("交接班日志（格式 1）\n"));
  EXPECT_EQ(*handover_value(*first).find("alarms"), Value());
  auto later = find_handover(place.archive(), "2");
  EXPECT_TRUE(later->intact());
  EXPECT_TRUE(later->log.starts_with("交接班日志（格式 2）\n"));
  EXPECT_EQ(to_json(*handover_value(*later).find("alarms")),
            R"([{"alert":"a1","topic":"deadline","since":"2026-07-18 19:00:00",)"
            R"("acknowledged_by":["p-li"]}])");
  EXPECT_EQ(to_json(*handover_value(*later).find("channel_failures")),
            R"([{"channel":"sms","since":"2026-07-18 18:00:00"}])");
  EXPECT_EQ(*handover_value(*later).find("import_lag_seconds")->integer(), 90);
  EXPECT_EQ(*handover_value(*later).find("alarms_beyond"), Value()) << "form 2 counts none";
  EXPECT_FALSE(find_handover(place.archive(), "3")->intact()) << "an alarm was taken out";
}

TEST_F(HandoverQuery, ANoteBetweenTheSignaturesIsShownWithTheNextLogAndNoneTwice) {
  const HandoverMove first = signed_out(1, local("2026-07-18 08:30:00"));
  HandoverMove second = signed_out(2, local("2026-07-18 20:30:00"));
  second.section->since = local("2026-07-18 08:35:00");
  second.section->notes_since = local("2026-07-18 08:30:00");
  const auto note = [&](const std::string& at, const std::string& kind) {
    HandoverMove move;
    move.arguments.emplace()["note_kind"] = kind;
    say("handover.noted", at, move);
  };
  note("2026-07-18 08:30:00", "event");  // of the same instant, before the signature
  say("handover.signed_out", "2026-07-18 08:30:00", first);
  note("2026-07-18 08:30:00", "equipment");  // of the same instant, after it
  note("2026-07-18 08:32:00", "other");
  say("handover.signed_in", "2026-07-18 08:35:00", later(1, *first.log_hash));
  note("2026-07-18 12:00:00", "instruction");
  say("handover.signed_out", "2026-07-18 20:30:00", second);
  streams.deliver(place);
  const auto kinds = [&](const std::string& number) {
    std::string told;
    for (const ShiftNote& each : find_handover(place.archive(), number)->notes) {
      told += each.kind + " ";
    }
    return told;
  };
  EXPECT_EQ(kinds("1"), "event ");
  EXPECT_EQ(kinds("2"), "equipment other instruction ");
}

TEST_F(HandoverQuery, UnderWhatTheSecondSignatureWasLetPassIsShown) {
  const HandoverMove first = signed_out(1, local("2026-07-18 08:30:00"));
  HandoverMove in = later(1, *first.log_hash);
  in.released = {"YT-7", "YT-8"};
  in.released_by = "boss";
  say("handover.signed_out", "2026-07-18 08:30:00", first);
  say("handover.signed_in", "2026-07-18 08:35:00", in);
  streams.deliver(place);
  auto found = find_handover(place.archive(), "1");
  EXPECT_TRUE(found->intact());
  const Value value = handover_value(*found);
  EXPECT_EQ(to_json(*value.find("signed_in_released")), R"(["YT-7","YT-8"])");
  EXPECT_EQ(*value.find("signed_in_released_by"), Value("boss"));
  EXPECT_TRUE(value.find("released_by")->is_null()) << "the first one needed none";
  const Value listed = handovers_value(*list_handovers(place.archive(), {}, kTimestampMax));
  EXPECT_EQ(*listed.find("handovers")->array()->at(0).find("signed_in_released_by"), Value("boss"));
}

TEST_F(HandoverQuery, TheListHoldsWhatWasSignedOutInTheSpan) {
  say_two();
  auto all = list_handovers(place.archive(), Timestamp(), kTimestampMax);
  ASSERT_TRUE(all.ok());
  ASSERT_EQ(all->size(), 2U);
  EXPECT_FALSE((*all)[1].signed_in.has_value());
  auto morning =
      list_handovers(place.archive(), local("2026-07-18 00:00:00"), local("2026-07-18 12:00:00"));
  ASSERT_EQ(morning->size(), 1U);
  EXPECT_TRUE((*morning)[0].reviewed.has_value()) << "though that came after the span";
  EXPECT_EQ(list_handovers(place.archive(), local("2026-07-19 00:00:00"), kTimestampMax)->size(),
            0U);
}

TEST_F(HandoverQuery, ASectionThatIsNotTheSignedOneShows) {
  HandoverMove forged = signed_out(1, local("2026-07-18 08:30:00"));
  forged.section->overdue = {};
  say("handover.signed_out", "2026-07-18 08:30:00", forged);
  streams.deliver(place);
  EXPECT_FALSE(find_handover(place.archive(), "1")->intact());
}

TEST_F(HandoverQuery, ASecondSignatureUnderAnotherLogShows) {
  say("handover.signed_out", "2026-07-18 08:30:00", signed_out(1, local("2026-07-18 08:30:00")));
  say("handover.signed_in", "2026-07-18 08:35:00", later(1, "00"));
  streams.deliver(place);
  EXPECT_FALSE(find_handover(place.archive(), "1")->intact());
}

TEST_F(HandoverQuery, WhatWasNeverSignedIsNotFound) {
  say_two();
  EXPECT_EQ(find_handover(place.archive(), "3").error().code, ErrorCode::not_found);
  for (const char* number : {"", "one", "1x", "-1"}) {
    EXPECT_EQ(find_handover(place.archive(), number).error().code, ErrorCode::invalid) << number;
  }
}

}  // namespace
}  // namespace jieban
