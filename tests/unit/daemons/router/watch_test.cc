// Goal: a hand-over goes from hand to hand, and what a leader let pass covers nothing else.
#include "daemons/router/watch.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

const Timestamp kNow = *parse_local("2026-03-10 08:00:00");

SignedLog log_of(const std::string& hash) { return {"li", kNow, "NIGHT", "DAY", hash}; }

TEST(Watch, ASignedLogWaitsForTheSecondSignature) {
  Watch watch;
  watch.notes = 3;
  EXPECT_EQ(state_of(watch), "on_watch");
  EXPECT_EQ(number_of(watch), 1U);
  sign_out(watch, log_of("a"));
  EXPECT_EQ(state_of(watch), "signed_out");
  EXPECT_EQ(number_of(watch), 1U) << "the one that waits";
  sign_in(watch, kNow + std::chrono::minutes(5));
  EXPECT_EQ(state_of(watch), "on_watch");
  EXPECT_EQ(number_of(watch), 2U);
  EXPECT_EQ(watch.since, kNow + std::chrono::minutes(5));
  EXPECT_EQ(watch.notes, 0U) << "those of the next watch";
}

TEST(Watch, AWithdrawnLogKeepsItsNumberAndTheWatchGoesOn) {
  Watch watch;
  watch.since = kNow;
  sign_out(watch, log_of("a"));
  withdraw(watch);
  EXPECT_EQ(state_of(watch), "on_watch");
  EXPECT_EQ(watch.since, kNow);
  EXPECT_EQ(number_of(watch), 2U);
  EXPECT_FALSE(review(watch, 1)) << "nobody took it over";
}

TEST(Watch, WhatIsNotedBetweenTheSignaturesIsOfTheNextWatch) {
  Watch watch;
  note(watch);
  sign_out(watch, log_of("a"));
  EXPECT_EQ(holder_of_notes(watch), 2U) << "the log that waits is frozen";
  note(watch);
  note(watch);
  EXPECT_EQ(watch.notes, 1U);
  sign_in(watch, kNow + std::chrono::minutes(5));
  EXPECT_EQ(watch.notes, 2U);
  EXPECT_EQ(watch.notes_since, kNow) << "the first signature";
  EXPECT_EQ(holder_of_notes(watch), 2U);
  note(watch);
  sign_out(watch, log_of("b"));
  EXPECT_EQ(watch.notes, 3U);
}

TEST(Watch, WhatIsNotedWhileALogWaitsThatIsWithdrawnIsOfTheWatchThatGoesOn) {
  Watch watch;
  note(watch);
  sign_out(watch, log_of("a"));
  note(watch);
  withdraw(watch);
  EXPECT_EQ(watch.notes, 2U);
  EXPECT_FALSE(watch.notes_since.has_value()) << "from its beginning on";
  sign_out(watch, log_of("b"));
  sign_in(watch, kNow);
  EXPECT_EQ(watch.notes, 0U);
}

TEST(Watch, AnOverrideIsUsedUpByTheSecondSignature) {
  Watch watch;
  HandoverList open;
  open.add("A-1");
  open.add("A-2");
  watch.released = {"A-1"};
  watch.released_by = "zhou";
  EXPECT_EQ(unreleased(watch, open), std::vector<std::string>{"A-2"});
  sign_out(watch, log_of("a"));
  sign_in(watch, kNow);
  EXPECT_EQ(unreleased(watch, open).size(), 2U);
  EXPECT_FALSE(watch.released_by.has_value());
}

TEST(Watch, EveryLogIsReviewedOnceAndTheListIsBounded) {
  Watch watch;
  for (size_t i = 0; i < kUnreviewedMax + 2; ++i) {
    sign_out(watch, log_of("a"));
    sign_in(watch, kNow);
  }
  EXPECT_EQ(watch.unreviewed.size(), kUnreviewedMax);
  EXPECT_FALSE(review(watch, 1)) << "it has gone from the list";
  EXPECT_TRUE(review(watch, 5));
  EXPECT_FALSE(review(watch, 5));
}

}  // namespace
}  // namespace jieban
