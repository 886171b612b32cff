// Goal: nothing is signed that must not be, and each refusal says what would satisfy it.
#include "daemons/router/street_guards.h"

#include "tests/unit/daemons/router/street_fixture.h"

namespace jieban {
namespace {

TEST(StreetGuards, AnOralHandOverIsNone) {
  StreetFixture router;
  router.as("li", "seat");
  const std::map<std::string, std::string> shifts = {{"shift_out", "NIGHT"}, {"shift_in", "DAY"}};
  EXPECT_EQ(router.street_refusal("handover_out", shifts), "log_written");
  router.with_texts("equipment");
  EXPECT_EQ(router.street_refusal("handover_out", shifts), "log_written");
  EXPECT_NE(router.reason.find("instructions"), std::string::npos) << router.reason;
  router.with_texts("equipment,instructions");
  EXPECT_EQ(router.street_refusal("handover_out", shifts), "");
}

TEST(StreetGuards, AHandOverIsFromOneShiftToAnother) {
  StreetFixture router;
  router.as("li", "seat").with_texts("equipment,instructions");
  EXPECT_EQ(router.street_refusal("handover_out", {{"shift_out", "DAY"}}), "shift_fields");
  EXPECT_EQ(router.street_refusal("handover_out", {{"shift_out", "DAY"}, {"shift_in", "DAY"}}),
            "shift_fields");
}

TEST(StreetGuards, ANoteHasAKindAndWords) {
  StreetFixture router;
  router.as("li", "seat");
  EXPECT_EQ(router.street_refusal("shift_note", {{"note_kind", "event"}}), "note_fields");
  router.with_texts("text");
  EXPECT_EQ(router.street_refusal("shift_note"), "note_fields");
  EXPECT_EQ(router.street_refusal("shift_note", {{"note_kind", "gossip"}}), "note_fields");
  EXPECT_EQ(router.street_refusal("shift_note", {{"note_kind", "event"}}), "");
}

TEST(StreetGuards, AnOpenEmergencyIsNamedAndOnlyItsAnswerOrTheLeaderLetsPass) {
  StreetFixture router;
  router.emergency(1, "A-1");
  EXPECT_EQ(router.sign_out(), "urgent_open");
  EXPECT_NE(router.reason.find("A-1"), std::string::npos) << router.reason;
  EXPECT_NE(router.reason.find("handover_override"), std::string::npos) << router.reason;
  EXPECT_EQ(router.with_reason("handover_override", "li", "seat"), "role");
  EXPECT_EQ(router.as("zhou", "team_leader").street_refusal("handover_override"), "reason_written");
  EXPECT_EQ(router.with_reason("handover_override", "zhou", "team_leader"), "");
  EXPECT_EQ(router.with_reason("handover_override", "zhou", "team_leader"), "nothing_urgent");
  EXPECT_EQ(router.sign_out(), "");
}

TEST(StreetGuards, AnotherEmergencyIsNotCoveredByTheOverride) {
  StreetFixture router;
  router.emergency(1, "A-1");
  ASSERT_EQ(router.with_reason("handover_override", "zhou", "team_leader"), "");
  router.emergency(2, "A-2");
  EXPECT_EQ(router.sign_out(), "urgent_open");
  EXPECT_NE(router.reason.find("A-2"), std::string::npos) << router.reason;
  EXPECT_EQ(router.reason.find("A-1"), std::string::npos) << router.reason;
}

// The liability is the outgoing person's until the second signature.
TEST(StreetGuards, AnEmergencyBetweenTheSignaturesBlocksTheSecond) {
  StreetFixture router;
  ASSERT_EQ(router.sign_out(), "");
  const std::string hash = *router.told.log_hash;
  router.emergency(1, "A-1");
  EXPECT_EQ(router.sign_in(hash), "urgent_open");
  ASSERT_EQ(router.with_reason("handover_override", "zhou", "team_leader"), "");
  EXPECT_EQ(router.sign_in(hash), "");
}

TEST(StreetGuards, MoreEmergenciesThanCanBeNamedBlockWhateverWasReleased) {
  Watch watch;
  HandoverSection section;
  for (size_t i = 0; i < kHandoverNamedMax + 1; ++i) section.urgent_open.add(std::to_string(i));
  watch.released = section.urgent_open.order_nos;
  watch.log = SignedLog{"li", {}, "NIGHT", "DAY", "aa"};
  CommandRequest request;
  request.arguments = {{"log_hash", "aa"}};
  const std::string actor = "zhao";
  auto unmet = first_unmet(*find_street_command("handover_in"), {watch, section, request, actor});
  ASSERT_TRUE(unmet.has_value());
  EXPECT_EQ(unmet->code, "urgent_open");
}

TEST(StreetGuards, TheSecondSignatureIsAnotherPersonsUnderTheLogThatWasRead) {
  StreetFixture router;
  EXPECT_EQ(router.sign_in("aa"), "handed_out");
  ASSERT_EQ(router.sign_out(), "");
  const std::string hash = *router.told.log_hash;
  EXPECT_EQ(router.sign_out(), "on_watch");
  EXPECT_EQ(router.sign_in(hash, "li"), "other_person");
  EXPECT_EQ(router.sign_in("aa"), "log_read");
  EXPECT_EQ(router.sign_in(hash, "unit-1", "unit"), "role");
  EXPECT_EQ(router.sign_in(hash), "");
  EXPECT_EQ(router.sign_in(hash), "handed_out");
}

TEST(StreetGuards, ALogIsReviewedOnceAndAfterTheSecondSignature) {
  StreetFixture router;
  const std::map<std::string, std::string> first = {{"handover", "1"}};
  ASSERT_EQ(router.sign_out(), "");
  router.as("zhou", "team_leader");
  EXPECT_EQ(router.street_refusal("handover_review", first), "unreviewed");
  ASSERT_EQ(router.sign_in(*router.told.log_hash), "");
  router.as("zhou", "team_leader");
  EXPECT_EQ(router.street_refusal("handover_review", first), "");
  EXPECT_EQ(router.street_refusal("handover_review", first), "unreviewed");
}

TEST(StreetGuards, ArgumentsAreWrittenAsTheirKindsDemand) {
  StreetFixture router;
  router.as("zhou", "team_leader");
  EXPECT_EQ(router.street_refusal("handover_review", {{"handover", "first"}}), "argument");
}

}  // namespace
}  // namespace jieban
