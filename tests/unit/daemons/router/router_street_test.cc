// Goal: what is commanded of the street is decided by its table, told with order id 0, and the same
// when the day is replayed.
#include "common/base/bytes.h"
#include "common/crypto/hashes.h"
#include "common/domain/import_done.h"
#include "tests/unit/daemons/router/street_fixture.h"

namespace jieban {
namespace {

TEST(RouterStreet, TheFirstSignatureFreezesTheSectionUnderAHash) {
  StreetFixture router;
  router.receive(1, heating_order("A-1"));
  ASSERT_EQ(router.sign_out(), "") << router.reason;
  const HandoverMove out = router.told;
  EXPECT_EQ(router.topic, "handover.signed_out");
  EXPECT_EQ(out.handover, 1U);
  EXPECT_EQ(out.state, "signed_out");
  EXPECT_EQ(*out.log_hash, to_hex(blake2b(handover_log(out, "li", to_hex(blake2b("box"))))));
  router.receive(2, heating_order("A-2"));
  ASSERT_EQ(router.sign_in(*out.log_hash), "") << router.reason;
  EXPECT_EQ(router.told.log_hash, out.log_hash) << "what came in meanwhile is of the next watch";
  EXPECT_EQ(router.told.signed_out_by, "li");
  EXPECT_EQ(router.told.state, "on_watch");
  EXPECT_FALSE(router.told.section.has_value());
}

TEST(RouterStreet, WhatWasWrittenByHandIsUnderTheHashToo) {
  StreetFixture one;
  StreetFixture other;
  ASSERT_EQ(one.sign_out(), "");
  other.as("li", "seat").with_texts("equipment,instructions");
  other.sealed->box = Bytes{"another box"};
  ASSERT_EQ(other.street_refusal("handover_out", {{"shift_out", "NIGHT"}, {"shift_in", "DAY"}}),
            "");
  EXPECT_NE(one.told.log_hash, other.told.log_hash);
}

TEST(RouterStreet, AnOverrideStandsInBothSignatures) {
  StreetFixture router;
  router.emergency(1, "A-1");
  ASSERT_EQ(router.with_reason("handover_override", "zhou", "team_leader"), "");
  EXPECT_EQ(router.topic, "handover.overridden");
  ASSERT_EQ(router.sign_out(), "");
  EXPECT_EQ(router.told.released, std::vector<std::string>{"A-1"});
  EXPECT_EQ(router.told.released_by, "zhou");
  ASSERT_EQ(router.sign_in(*router.told.log_hash), "");
  EXPECT_EQ(router.told.released_by, "zhou");
  EXPECT_EQ(router.sign_out(), "urgent_open") << "the next hand-over needs its own";
}

TEST(RouterStreet, AnImportIsPassedOnAsItCame) {
  StreetFixture router;
  const ImportDone done{"import", 1, 4, 0, 0, 3, 1, router.now};
  const auto events = events_of(router.event("receiver", topics::kImportDone, 0, done));
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].topic, topics::kImportNoted);
  EXPECT_EQ(events[0].order_id, 0U);
  EXPECT_EQ(payload_of<ImportDone>(events[0]), done);
}

TEST(RouterStreet, NotesAreCountedForTheWatchInWhichTheyWereMade) {
  StreetFixture router;
  for (int i = 0; i < 3; ++i) {
    router.as("li", "seat").with_texts("text");
    ASSERT_EQ(router.street_refusal("shift_note", {{"note_kind", "event"}}), "");
  }
  ASSERT_EQ(router.sign_out(), "");
  EXPECT_EQ(router.told.section->notes, 3U);
  ASSERT_EQ(router.sign_in(*router.told.log_hash), "");
  ASSERT_EQ(router.sign_out("zhao"), "");
  EXPECT_EQ(router.told.section->notes, 0U);
  EXPECT_EQ(router.told.handover, 2U);
}

TEST(RouterStreet, ANoteBetweenTheSignaturesIsInTheNextLog) {
  StreetFixture router;
  const auto note = [&] {
    router.as("li", "seat").with_texts("text");
    ASSERT_EQ(router.street_refusal("shift_note", {{"note_kind", "event"}}), "");
    router.without_texts();
  };
  ASSERT_EQ(router.sign_out(), "");
  const HandoverMove first = router.told;
  router.now += std::chrono::minutes(2);
  note();
  EXPECT_EQ(router.told.handover, 2U) << "the one that will hold it";
  router.now += std::chrono::minutes(2);
  ASSERT_EQ(router.sign_in(*first.log_hash), "");
  EXPECT_EQ(router.told.log_hash, first.log_hash);
  note();
  ASSERT_EQ(router.sign_out("zhao"), "");
  const HandoverSection& section = *router.told.section;
  EXPECT_EQ(section.notes, 2U);
  EXPECT_EQ(section.notes_since, first.section->at);
  EXPECT_EQ(section.since, first.section->at + std::chrono::minutes(4)) << "the second signature";
}

TEST(RouterStreet, ACommandOfAnOrderIsNoneOfTheStreetAndTheOtherWayRound) {
  StreetFixture router;
  router.receive(1);
  EXPECT_EQ(router.street_refusal("sign"), "order_missing");
  EXPECT_EQ(router.refusal(1, "handover_out"), "state");
}

TEST(RouterStreet, AReplayOfTheDayGivesTheSameWatch) {
  StreetFixture day;
  day.emergency(1, "A-1");
  day.with_reason("handover_override", "zhou", "team_leader");
  day.sign_out();
  day.emergency(2, "A-2");
  day.sign_in(*day.told.log_hash);
  CoreHarness<Router> replayed("router");
  replayed.replay(day);
  EXPECT_EQ(replayed.contents(), day.contents());
}

}  // namespace
}  // namespace jieban
