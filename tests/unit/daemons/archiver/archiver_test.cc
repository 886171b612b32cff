// Goal: whatever comes in, in whatever order, is in the archive once, whole, and findable.
#include "daemons/archiver/archiver.h"

#include <algorithm>
#include <random>

#include "daemons/archiver/timeline.h"
#include "tests/unit/daemons/archiver/day.h"

namespace jieban {
namespace {

using namespace archiver_test;
using enum OrderState;

void say_day(Streams& streams) {
  for (uint64_t id = 1; id <= 5; ++id) {
    OrderWish wish;
    wish.id = id;
    wish.order_no = "YT-" + std::to_string(id);
    wish.received_at += std::chrono::minutes(id);
    Cause opened = say_order(streams, wish);
    Cause moved = say_move(streams, wish, new_order, "sign", wish.received_at, opened);
    moved = say_move(streams, wish, signed_in, "dispatch", wish.received_at, moved);
    streams.say("notifier", topics::kNoticeQueued, id, wish.received_at, NoticeStep(), moved);
    streams.say("sla-watcher", topics::kDeadlineWarned, id, wish.due_at, DeadlineAlert());
  }
  streams.say("router", topics::kRulesLoaded, 0, local("2026-07-18 08:00:00"), RulesLoaded());
  streams.say("receiver", "order.blessed", 3, local("2026-07-18 10:00:00"), NoticeStep());
}

// The sequences of the chain: which event has which number.
std::vector<Cause> chained(const Place& place) {
  std::vector<Cause> events;
  auto walked = walk(place.fold->environment(), place.core.tables().records, {},
                     [&](const Transaction&, std::string_view, std::string_view value) {
                       auto entry = read_chain_entry(value);
                       events.push_back({std::string(entry->stream), entry->sequence});
                       return Result<bool>(true);
                     });
  EXPECT_TRUE(walked.ok());
  return events;
}

// The timeline of one order as chain numbers.
std::vector<uint64_t> timeline_of(const Place& place, uint64_t order_id) {
  auto txn = place.fold->environment().read();
  auto numbers = jieban::timeline_of(*txn, place.core.tables(), order_id);
  EXPECT_TRUE(numbers.ok());
  return *numbers;
}

// All rows of orders, but for the numbers of their records, which follow the order of arrival.
std::map<uint64_t, OrderSummary> summaries_of(const Place& place) {
  std::map<uint64_t, OrderSummary> summaries;
  auto txn = place.fold->environment().read();
  auto scanned =
      place.core.tables().orders.scan(*txn, {}, [&](std::string_view key, OrderSummary row) {
        row.timeline.reset();
        return summaries.emplace(KeyReader(key).number(), std::move(row)).second;
      });
  EXPECT_TRUE(scanned.ok());
  return summaries;
}

Event archived(const Place& place, uint64_t number) {
  auto txn = place.fold->environment().read();
  return *event_at(*txn, place.core.tables().records, number);
}

TEST(Archiver, EveryEventIsThereOnceInTheOrderApplied) {
  Place place;
  Streams streams;
  say_day(streams);
  EXPECT_EQ(streams.deliver(place).quarantined, 0U);
  std::vector<Cause> expected;
  for (const char* daemon : {"receiver", "router", "sla-watcher", "notifier"}) {
    std::string name = std::string("110102007.") + daemon;
    for (size_t i = 1; i <= streams.all().at(name).size(); ++i) expected.push_back({name, i});
  }
  EXPECT_EQ(chained(place), expected);
}

TEST(Archiver, KeepsTheRecordsByteForByte) {
  Place place;
  Streams streams;
  say_day(streams);
  streams.deliver(place);
  auto walked = walk(place.fold->environment(), place.core.tables().records, {},
                     [&](const Transaction&, std::string_view, std::string_view value) {
                       auto entry = read_chain_entry(value);
                       const auto& stream = streams.all().at(std::string(entry->stream));
                       EXPECT_EQ(entry->record, stream[entry->sequence - 1]);
                       return Result<bool>(true);
                     });
  EXPECT_TRUE(walked.ok());
}

TEST(Archiver, TimelinesAreCausalAndCompleteInEveryInterleaving) {
  std::mt19937 random(20260718);
  std::map<uint64_t, OrderSummary> summaries;
  for (int round = 0; round < 20; ++round) {
    Place place;
    Streams streams;
    say_day(streams);
    std::vector<std::string> waiting = {"receiver", "router", "sla-watcher", "notifier"};
    while (!waiting.empty()) {
      Batch batch;
      batch.now = streams.now;
      size_t chosen = random() % waiting.size();
      if (!streams.next(waiting[chosen], 1 + random() % 3, batch)) {
        waiting.erase(waiting.begin() + ptrdiff_t(chosen));
        continue;
      }
      EXPECT_EQ(place.run(std::move(batch)).quarantined, 0U);
    }
    for (uint64_t id = 1; id <= 5; ++id) {
      std::vector<Cause> seen;
      for (uint64_t number : timeline_of(place, id)) {
        Event event = archived(place, number);
        bool caused =
            event.cause.sequence == 0 || std::ranges::find(seen, event.cause) != seen.end();
        EXPECT_TRUE(caused) << "round " << round << ": " << event.topic << " before its cause";
        seen.push_back({event.stream, event.sequence});
      }
      EXPECT_EQ(seen.size(), id == 3 ? 8U : 7U);
    }
    auto orders = summaries_of(place);
    if (round == 0) summaries = orders;
    EXPECT_EQ(orders, summaries) << "round " << round;
  }
}

TEST(Archiver, WhatConcernsNoOrderIsArchivedToo) {
  Place place;
  Streams streams;
  say_day(streams);
  streams.deliver(place);
  ASSERT_EQ(timeline_of(place, 0).size(), 1U);
  EXPECT_EQ(archived(place, timeline_of(place, 0)[0]).topic, topics::kRulesLoaded);
}

TEST(Archiver, AnUnknownOrderHasATimelineAndNoKnownSummary) {
  Place place;
  Streams streams;
  OrderWish wish;
  wish.id = 9;
  say_move(streams, wish, new_order, "sign", wish.received_at);
  EXPECT_EQ(streams.deliver(place).quarantined, 0U);
  EXPECT_EQ(timeline_of(place, 9).size(), 1U);
  auto txn = place.fold->environment().read();
  auto summary = place.core.tables().orders.get(*txn, make_key(uint64_t{9}));
  EXPECT_FALSE((*summary)->known());
}

TEST(Archiver, AnEventThatComesAgainIsRefused) {
  Place place;
  Streams streams;
  say_order(streams, {});
  streams.deliver(place);
  auto before = place.contents();
  streams.rewind();
  EXPECT_EQ(streams.deliver(place).quarantined, 3U);
  EXPECT_EQ(place.contents(), before);
}

TEST(Archiver, AnUnreadablePayloadLeavesNothingOfItself) {
  Place place;
  Streams streams;
  say_order(streams, {});
  streams.say("router", "order.signed", 1, streams.now, NoticeStep());
  Cause good = say_move(streams, {}, new_order, "sign", streams.now);
  EXPECT_EQ(streams.deliver(place).quarantined, 1U);
  EXPECT_EQ(timeline_of(place, 1).size(), 4U);
  EXPECT_EQ(archived(place, timeline_of(place, 1).back()).sequence, good.sequence);
}

TEST(Archiver, AnOrderNumberThatCannotBeAKeyIsRefused) {
  Place place;
  Streams streams;
  OrderWish wish;
  wish.order_no = std::string("YT\0-1", 5);
  streams.say("receiver", topics::kOrderReceived, 1, wish.received_at, intake_of(wish));
  wish.order_no = std::string(600, 'x');
  streams.say("receiver", topics::kOrderReceived, 2, wish.received_at, intake_of(wish));
  EXPECT_EQ(streams.deliver(place).quarantined, 2U);
}

TEST(Archiver, TwoOrdersCannotShareNumberAndRound) {
  Place place;
  Streams streams;
  OrderWish wish;
  streams.say("receiver", topics::kOrderReceived, 1, wish.received_at, intake_of(wish));
  streams.say("receiver", topics::kOrderReceived, 2, wish.received_at, intake_of(wish));
  wish.round = 2;
  streams.say("receiver", topics::kOrderReceived, 3, wish.received_at, intake_of(wish));
  EXPECT_EQ(streams.deliver(place).quarantined, 1U);
}

TEST(Archiver, TheSameBatchesGiveTheSameTables) {
  Place one;
  Place two;
  Streams streams;
  say_day(streams);
  for (Place* place : {&one, &two}) {
    streams.rewind();
    for (bool more = true; more;) {
      Batch batch;
      batch.now = streams.now;
      for (const char* daemon : {"notifier", "router", "receiver", "sla-watcher"}) {
        streams.next(daemon, 2, batch);
      }
      more = !batch.parts.empty();
      if (more) place->run(std::move(batch));
    }
    place->tick(local("2026-07-26 00:00:00"));
  }
  EXPECT_EQ(one.contents(), two.contents());
  EXPECT_FALSE(one.contents()["seals"].empty());
}

TEST(Archiver, TakesNoInputs) {
  Place place;
  Batch batch;
  batch.now = local("2026-07-18 13:00:00");
  BatchPart part;
  part.kind = BatchPart::Kind::input;
  part.input.topic = "order.signed";
  batch.parts.push_back(part);
  StepOutcome outcome = place.run(std::move(batch));
  ASSERT_EQ(outcome.answers.size(), 1U);
  EXPECT_FALSE(outcome.answers[0].ok());
  EXPECT_TRUE(chained(place).empty());
}

TEST(Archiver, SealsEachDayThatEndsOnce) {
  Place place;
  EXPECT_EQ(place.tick(local("2026-07-18 00:00:00")).records.size(), 0U);  // nothing to seal
  Streams streams;
  say_order(streams, {});
  EXPECT_EQ(streams.deliver(place).next_due, local("2026-07-19 00:00:00"));
  EXPECT_EQ(place.tick(local("2026-07-18 23:59:59")).records.size(), 0U);
  StepOutcome sealed = place.tick(local("2026-07-19 00:00:00"));
  ASSERT_EQ(sealed.records.size(), 1U);
  EXPECT_EQ(sealed.next_due, local("2026-07-20 00:00:00"));
  EXPECT_EQ(place.tick(local("2026-07-19 00:00:01")).records.size(), 0U);

  auto event = decode_record(sealed.records[0]);
  EXPECT_EQ(event->topic, topics::kArchiveSealed);
  auto seal = decode_payload<ArchiveSealed>(event->payload);
  ASSERT_TRUE(seal.ok());
  auto txn = place.fold->environment().read();
  auto head = chain_head(*txn, place.core.tables().records, "110102007.archiver");
  EXPECT_EQ(*seal, (ArchiveSealed{"2026-07-18", 3, Bytes{head->hash}}));
}

TEST(Archiver, AfterAPauseSealsOnlyTheDayThatEndedLast) {
  Place place;
  Streams streams;
  say_order(streams, {});
  streams.deliver(place);
  StepOutcome sealed = place.tick(local("2026-07-23 08:00:00"));
  ASSERT_EQ(sealed.records.size(), 1U);
  auto event = decode_record(sealed.records[0]);
  EXPECT_EQ(decode_payload<ArchiveSealed>(event->payload)->day, "2026-07-22");
  EXPECT_EQ(sealed.next_due, local("2026-07-24 00:00:00"));
}

}  // namespace
}  // namespace jieban
