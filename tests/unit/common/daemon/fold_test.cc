// Goal: one batch, one transaction; what is refused is set aside and nothing else is; every fold
// can be made again from its journal; time only goes forward.
#include "common/daemon/fold.h"

#include <sys/resource.h>

#include <csignal>

#include "common/domain/topics.h"
#include "tests/unit/common/daemon/fold_fixture.h"

namespace jieban {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using Names = std::vector<std::string>;

class FoldTest : public FoldFixture {};

TEST_F(FoldTest, ABatchIsAppliedInOrderWithOneAnswerForEachInput) {
  const Names records = {record("add", 2), record("add", 1)};
  auto outcome = run({input_part(input("add", 1)), run_part(1, records),
                      input_part(input("silent", 9)), input_part(input("add", 1))});
  ASSERT_TRUE(outcome.ok());
  ASSERT_EQ(outcome->answers.size(), 3U);
  EXPECT_EQ(*outcome->answers[0], "is 1");
  EXPECT_EQ(*outcome->answers[1], "") << "the answer of an earlier event must not stick";
  EXPECT_EQ(*outcome->answers[2], "is 3");
  EXPECT_EQ(outcome->applied, 5U);
  EXPECT_EQ(outcome->first_emitted, 1U);
  EXPECT_EQ(outcome->records.size(), 4U);
  EXPECT_EQ(fold_->head(), 4U);
  EXPECT_EQ(cursor_of(*fold_), (StreamCursor{kUpEpoch, 2}));
}

TEST_F(FoldTest, EventsNameTheirCause) {
  const Names records = {record("add", 2), record("add", 1)};
  ASSERT_TRUE(run({run_part(41, records), input_part(input("add", 1))}).ok());
  auto events = events_of(*fold_);
  ASSERT_EQ(events.size(), 3U);
  EXPECT_EQ(events[0].cause, (Cause{kUp, 41}));
  EXPECT_EQ(events[1].cause, (Cause{kUp, 42}));
  EXPECT_EQ(events[2].cause, Cause{}) << "an input comes from outside";
}

TEST_F(FoldTest, WhatHasNoEffectLeavesNoTrace) {
  auto before = all_rows(*fold_);
  auto outcome = run({input_part(input("silent", 1)), BatchPart{}});
  ASSERT_TRUE(outcome.ok());
  EXPECT_FALSE(outcome->changed);
  EXPECT_EQ(all_rows(*fold_), before);
  EXPECT_EQ(outcome->answers.size(), 1U) << "but it is answered";
}

TEST_F(FoldTest, ARefusedEventIsSetAsideAndTheRestGoesThrough) {
  const Names records = {record("add", 1), record("refuse", 2), record("add", 3)};
  auto outcome = run({run_part(10, records), input_part(input("add", 1))});
  ASSERT_TRUE(outcome.ok());
  EXPECT_EQ(outcome->applied, 4U);
  EXPECT_EQ(outcome->quarantined, 1U);
  EXPECT_EQ(count(1), 2U);
  EXPECT_EQ(count(2), 0U) << "nothing of the refused one remains";
  EXPECT_EQ(count(3), 1U);
  EXPECT_EQ(cursor_of(*fold_), (StreamCursor{kUpEpoch, 12}));
  EXPECT_EQ(topics_of(*fold_), (Names{"counted", "event.quarantined", "counted", "counted"}));
  EXPECT_EQ(outcome->signals.size(), 3U) << "nor its signal";
}

TEST_F(FoldTest, TheQuarantineKeepsTheEventAndTheReason) {
  const Names records = {record("refuse", 2)};
  ASSERT_TRUE(run({run_part(10, records)}).ok());
  auto txn = fold_->environment().read();
  auto row = fold_->quarantined(*txn, kUp, 10);
  ASSERT_TRUE(row.ok() && *row);
  EXPECT_EQ((*row)->topic, "refuse");
  EXPECT_EQ((*row)->order_id, 2U);
  EXPECT_EQ((*row)->record.data, records[0]);
  EXPECT_EQ((*row)->error, "this one is not wanted");
  auto event = events_of(*fold_).at(0);
  auto told = decode_payload<Quarantined>(event.payload);
  ASSERT_TRUE(told.ok());
  EXPECT_EQ(told->stream, kUp);
  EXPECT_EQ(told->sequence, 10U);
  EXPECT_EQ(event.cause, (Cause{kUp, 10}));
}

TEST_F(FoldTest, AnExceptionOfTheCoreSetsAsideLikeARefusal) {
  const Names records = {record("throw", 1), record("add", 2)};
  auto outcome = run({run_part(1, records)});
  ASSERT_TRUE(outcome.ok());
  EXPECT_EQ(outcome->quarantined, 1U);
  EXPECT_EQ(count(1), 0U);
  EXPECT_EQ(count(2), 1U);
  EXPECT_EQ(ask(input("throw", 1)), "!internal");
}

TEST_F(FoldTest, AnImpossibleKeySetsAsideTheEventAndWhatItEmitted) {
  const Names records = {record("bad key", 1), record("add", 2)};
  auto outcome = run({run_part(1, records)});
  ASSERT_TRUE(outcome.ok()) << outcome.error().message;
  EXPECT_EQ(outcome->quarantined, 1U);
  EXPECT_EQ(count(1), 0U);
  EXPECT_EQ(topics_of(*fold_), (Names{"event.quarantined", "counted"}));
  EXPECT_EQ(outcome->signals.size(), 1U);
}

TEST_F(FoldTest, ARecordThatIsDamagedIsSetAsideAsItCame) {
  const Names records = {record("add", 1), "no record at all", record("add", 1)};
  auto outcome = run({run_part(1, records)});
  ASSERT_TRUE(outcome.ok());
  EXPECT_EQ(outcome->quarantined, 1U);
  EXPECT_EQ(count(1), 2U);
  EXPECT_EQ(settle(Fold::kRetryTopic, kUp, 2), "!corrupt");
  EXPECT_EQ(settle(Fold::kDropTopic, kUp, 2), "dropped");
}

TEST_F(FoldTest, ARefusedInputIsAnsweredAndNotSetAside) {
  auto outcome = run({input_part(input("add", 1)), input_part(input("refuse", 2))});
  ASSERT_TRUE(outcome.ok());
  EXPECT_TRUE(outcome->answers.at(0).ok());
  ASSERT_FALSE(outcome->answers.at(1).ok());
  EXPECT_EQ(outcome->answers[1].error().code, ErrorCode::refused);
  EXPECT_EQ(quarantined(), 0U);
  EXPECT_EQ(count(2), 0U);
  EXPECT_EQ(journal_of(*fold_).size(), 1U);
}

TEST_F(FoldTest, RetryAppliesWhatWasSetAside) {
  const Names records = {record("refuse", 2)};
  ASSERT_TRUE(run({run_part(10, records)}).ok());
  EXPECT_EQ(settle(Fold::kRetryTopic, kUp, 10), "!refused");
  EXPECT_EQ(quarantined(), 1U) << "it stays until it goes through";
  service_.misbehaves = false;
  EXPECT_EQ(settle(Fold::kRetryTopic, kUp, 10), "applied");
  EXPECT_EQ(quarantined(), 0U);
  EXPECT_EQ(count(2), 1U);
  EXPECT_EQ(events_of(*fold_).back().cause, (Cause{kUp, 10}));
  EXPECT_EQ(settle(Fold::kRetryTopic, kUp, 10), "!not_found");
}

TEST_F(FoldTest, DropForgetsWhatWasSetAside) {
  const Names records = {record("refuse", 2)};
  ASSERT_TRUE(run({run_part(10, records)}).ok());
  EXPECT_EQ(settle(Fold::kDropTopic, kUp, 10), "dropped");
  EXPECT_EQ(quarantined(), 0U);
  EXPECT_EQ(count(2), 0U);
  EXPECT_EQ(settle(Fold::kDropTopic, kUp, 10), "!not_found");
}

TEST_F(FoldTest, SettlingTakesAnyNameForAName) {
  EXPECT_EQ(settle(Fold::kDropTopic, std::string("a\0b", 3), 1), "!not_found");
  EXPECT_EQ(settle(Fold::kRetryTopic, std::string(600, 'x'), 1), "!not_found");
  EXPECT_EQ(ask(input(std::string(Fold::kDropTopic), 0, "no payload")), "!corrupt");
}

TEST_F(FoldTest, AnUpstreamCannotSettleOurQuarantine) {
  const Names refused = {record("refuse", 2)};
  ASSERT_TRUE(run({run_part(1, refused)}).ok());
  const Names posing = {record(std::string(Fold::kDropTopic), 9)};
  ASSERT_TRUE(run({run_part(2, posing)}).ok());
  EXPECT_EQ(quarantined(), 1U);
  EXPECT_EQ(count(9), 1U) << "it went to the core as any event does";
}

TEST_F(FoldTest, ATickRingsTimersThatAreDue) {
  auto set = run({input_part(input("timer", 1))});
  ASSERT_TRUE(set.ok());
  EXPECT_EQ(set->next_due, clock_.now() + minutes(1));
  ASSERT_FALSE(run({BatchPart{}})->changed) << "not yet";
  clock_.advance(minutes(1));
  auto rung = run({BatchPart{}});
  ASSERT_TRUE(rung.ok());
  EXPECT_EQ(topics_of(*fold_), Names{"timer.rang"});
  EXPECT_EQ(rung->next_due, kTimestampMax);
  EXPECT_EQ(journal_of(*fold_).back().kind, "tick");
}

TEST_F(FoldTest, ATickThatFailsStopsNothingAndWaitsForAWhile) {
  ASSERT_TRUE(run({input_part(input("timer", 1))}).ok());
  clock_.advance(minutes(2));
  for (bool throws : {false, true}) {
    service_.tick_fails = !throws;
    service_.tick_throws = throws;
    auto outcome = run({input_part(input("add", 1)), BatchPart{}});
    ASSERT_TRUE(outcome.ok()) << outcome.error().message;
    EXPECT_TRUE(outcome->tick_failed);
    EXPECT_EQ(outcome->records.size(), 1U) << "only that of the input";
    EXPECT_EQ(outcome->signals.size(), 1U);
    EXPECT_EQ(outcome->next_due, clock_.now() + seconds(1)) << "or the loop would spin";
  }
  service_.tick_throws = false;
  ASSERT_TRUE(run({BatchPart{}}).ok());
  EXPECT_EQ(events_of(*fold_).back().topic, "timer.rang") << "the timer was not lost";
}

TEST_F(FoldTest, TimeNeverGoesBackEvenIfTheClockDoes) {
  const Timestamp start = clock_.now();
  ASSERT_EQ(ask(input("add", 1)), "is 1");
  clock_.advance(-hours(5));
  ASSERT_EQ(ask(input("add", 1)), "is 2");
  EXPECT_EQ(events_of(*fold_).back().occurred_at, start);
  open();
  ASSERT_EQ(ask(input("add", 1)), "is 3") << "nor over a restart";
  EXPECT_EQ(events_of(*fold_).back().occurred_at, start);
  clock_.advance(hours(6));
  ASSERT_EQ(ask(input("add", 1)), "is 4");
  EXPECT_EQ(events_of(*fold_).back().occurred_at, start + hours(1));
}

TEST_F(FoldTest, EffectsDoNotHappenBeforeTheirCauses) {
  const Timestamp later = clock_.now() + minutes(3);
  const Names records = {record("add", 1, later), record("refuse", 2, later + minutes(1))};
  ASSERT_TRUE(run({run_part(1, records), input_part(input("add", 3))}).ok());
  auto events = events_of(*fold_);
  EXPECT_EQ(events.at(0).occurred_at, later);
  EXPECT_EQ(events.at(1).occurred_at, later + minutes(1));
  EXPECT_EQ(events.at(2).occurred_at, clock_.now()) << "an upstream's clock is not ours";
  service_.misbehaves = false;
  ASSERT_EQ(settle(Fold::kRetryTopic, kUp, 2), "applied");
  EXPECT_EQ(events_of(*fold_).back().occurred_at, later + minutes(1));
}

TEST_F(FoldTest, SecretsReachTheCoreAndNothingElse) {
  Input secret = input("add", 1, encode_payload(Count{1}));
  secret.secret = "kept to ourselves";
  ASSERT_EQ(ask(secret), "is 1");
  EXPECT_EQ(service_.secrets.back(), "kept to ourselves");
  for (const auto& [name, rows] : all_rows(*fold_)) {
    for (const auto& [key, value] : rows) {
      EXPECT_EQ(value.find("kept"), std::string::npos) << name;
    }
  }
  ASSERT_EQ(ask(input("add", 1)), "is 2");
  EXPECT_EQ(service_.secrets.back(), "") << "it does not stay for the next input";
}

TEST_F(FoldTest, AFullStoreChangesNothingAndTakesTheSameBatchWhenThereIsRoom) {
  open(256U << 10U);
  const std::string blob(20'000, 'b');
  uint64_t id = 1;
  std::string last;
  while (last.empty() && id < 100) last = ask(input("blob", id++, blob));
  ASSERT_EQ(last, "!!full");
  EXPECT_FALSE(fold_->environment().latched());
  auto before = all_rows(*fold_);
  uint64_t head = fold_->head();
  EXPECT_EQ(ask(input("blob", id, blob)), "!!full");
  EXPECT_EQ(all_rows(*fold_), before);
  EXPECT_EQ(fold_->head(), head);
  ASSERT_TRUE(fold_->environment().set_map_size(4U << 20U).ok());
  EXPECT_EQ(ask(input("blob", id, blob)), "");
  EXPECT_EQ(ask(input("add", 1)), "is 1");
}

// A file that must not grow makes the commit's own writes fail.
TEST_F(FoldTest, AFailedCommitLatches) {
  ASSERT_EQ(ask(input("add", 1)), "is 1");
  rlimit limit{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &limit), 0);
  auto* ignored = std::signal(SIGXFSZ, SIG_IGN);
  rlimit none = limit;
  none.rlim_cur = 4096;
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &none), 0);
  auto failed = run({input_part(input("add", 1))});
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &limit), 0);
  std::signal(SIGXFSZ, ignored);
  ASSERT_FALSE(failed.ok());
  EXPECT_EQ(failed.error().code, ErrorCode::io);
  EXPECT_TRUE(fold_->environment().latched());
  EXPECT_EQ(ask(input("add", 1)), "!!io") << "nothing is written any more";
  EXPECT_FALSE(fold_->trim(1, kTimestampMax).ok());
  open();
  EXPECT_EQ(ask(input("add", 1)), "is 2") << "a new process goes on from what is on disk";
}

}  // namespace
}  // namespace jieban
