// Goal: the journal names what the fold was fed, and makes the same tables of it again.
#include "common/daemon/journal.h"
#include "tests/unit/common/daemon/fold_fixture.h"

namespace jieban {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

class JournalTest : public FoldFixture {
 protected:
  // The batch that an entry tells of. `upstream[i]` has sequence i + 1.
  Batch batch_of(const JournalEntry& entry, const std::vector<std::string>& upstream) {
    BatchPart part;
    std::vector<BatchPart> more;
    if (entry.kind == "run") {
      fed_.assign(upstream.begin() + ptrdiff_t(*entry.first) - 1,
                  upstream.begin() + ptrdiff_t(*entry.last));
      part = run_part(*entry.first, fed_);
      part.epoch = *entry.epoch;
    } else if (entry.kind == "input") {
      auto event = decode_record(entry.record->data);
      CHECK(event.ok());
      if (entry.emitted) event->payload = events_of(*fold_).at(*entry.emitted - 1).payload;
      part = input_part(input(event->topic, event->order_id, event->payload));
      part.input.actor = event->actor;
      for (uint64_t at = entry.emitted.value_or(0); at < entry.emitted_last.value_or(0); ++at) {
        more.push_back(part);
        more.back().input.payload = events_of(*fold_).at(at).payload;
      }
    }
    Batch batch{entry.now, {part}};
    batch.parts.insert(batch.parts.end(), more.begin(), more.end());
    return batch;
  }

  // Four days of all sorts of work.
  std::vector<std::string> work() {
    const Timestamp now = clock_.now();
    std::vector<std::string> upstream = {record("add", 1, now),
                                         record("refuse", 2, now),
                                         record("add", 3, now + hours(1)),
                                         record("throw", 4, now),
                                         "damaged",
                                         record("timer", 5, now),
                                         record("silent", 6, now),
                                         record("add", 1, now)};
    std::vector<std::string> first(upstream.begin(), upstream.begin() + 3);
    std::vector<std::string> second(upstream.begin() + 3, upstream.end());
    EXPECT_TRUE(run({input_part(input("add", 7, encode_payload(Count{7}))), run_part(1, first),
                     input_part(input("refuse", 8))})
                    .ok());
    clock_.advance(-hours(1));
    EXPECT_TRUE(run({run_part(4, second), BatchPart{}}).ok());
    EXPECT_EQ(settle(Fold::kDropTopic, kUp, 5), "dropped");
    clock_.advance(hours(4 * 24));
    EXPECT_TRUE(run({BatchPart{}, input_part(input("blob", 9, "some bytes"))}).ok());
    return upstream;
  }

  std::vector<std::string> fed_;
};

TEST_F(JournalTest, NamesRunsInputsAndTicks) {
  work();
  auto entries = journal_of(*fold_);
  ASSERT_EQ(entries.size(), 6U);
  EXPECT_EQ(entries[0].kind, "input");
  EXPECT_EQ(entries[1].kind, "run");
  EXPECT_EQ(*entries[1].stream, kUp);
  EXPECT_EQ(*entries[1].epoch, kUpEpoch);
  EXPECT_EQ(*entries[1].first, 1U);
  EXPECT_EQ(*entries[1].last, 3U);
  EXPECT_EQ(*entries[2].first, 4U) << "the refused input left no entry";
  EXPECT_EQ(*entries[2].last, 8U);
  EXPECT_EQ(entries[3].kind, "input");
  EXPECT_EQ(entries[4].kind, "tick");
  EXPECT_EQ(entries[5].kind, "input");
  EXPECT_EQ(entries[5].now, clock_.now());
  for (size_t i = 1; i < entries.size(); ++i) EXPECT_GE(entries[i].now, entries[i - 1].now);
}

TEST_F(JournalTest, AnInputWhosePayloadBecameAnEventIsNotStoredTwice) {
  const std::string told(300, 'p');
  ASSERT_EQ(ask(input("add", 1, told)), "is 1");
  auto entry = journal_of(*fold_).at(0);
  ASSERT_TRUE(entry.emitted);
  EXPECT_EQ(*entry.emitted, 1U);
  EXPECT_LT(entry.record->data.size(), told.size());
  ASSERT_EQ(ask(input("blob", 1, told)), "");
  entry = journal_of(*fold_).at(1);
  EXPECT_FALSE(entry.emitted);
  auto event = decode_record(entry.record->data);
  ASSERT_TRUE(event.ok());
  EXPECT_EQ(event->payload, told);
  EXPECT_EQ(event->actor, "desk1");
}

TEST_F(JournalTest, AlikeInputsOfABatchThatBecameEventsAreOneEntry) {
  auto say = [](const std::string& text) { return input_part(input("add", 1, text)); };
  ASSERT_TRUE(run({say("a"), say("b"), say("c")}).ok());
  auto other = say("d");
  other.input.actor = "desk2";
  ASSERT_TRUE(run({say("e"), other, say("f"), input_part(input("blob", 1, "g")), say("h")}).ok());
  std::vector<std::pair<uint64_t, uint64_t>> named;
  for (const JournalEntry& entry : journal_of(*fold_)) {
    named.emplace_back(entry.emitted.value_or(0), entry.emitted_last.value_or(0));
  }
  using Named = std::vector<std::pair<uint64_t, uint64_t>>;
  EXPECT_EQ(named, (Named{{1, 3}, {4, 0}, {5, 0}, {6, 0}, {0, 0}, {7, 0}}));
}

TEST_F(JournalTest, FeedingItToAnEmptyStoreGivesTheSameTables) {
  auto upstream = work();
  CounterService again;
  auto second = Fold::open(store_options(dir_.path("again")), again);
  ASSERT_TRUE(second.ok());
  for (const JournalEntry& entry : journal_of(*fold_)) {
    auto outcome = (*second)->run(batch_of(entry, upstream));
    ASSERT_TRUE(outcome.ok()) << outcome.error().message;
  }
  auto wanted = all_rows(*fold_);
  EXPECT_GT(wanted["counts"].size(), 1U);
  EXPECT_EQ(wanted["(quarantine)"].size(), 2U);
  EXPECT_EQ(all_rows(**second), wanted);
  EXPECT_EQ(cursor_of(**second), cursor_of(*fold_));
  EXPECT_EQ((*second)->head(), fold_->head());
}

TEST_F(JournalTest, TrimErasesOnlyWhatIsOldAndAppliedByAll) {
  for (int i = 0; i < 6; ++i) {
    ASSERT_TRUE(run({input_part(input("add", 1))}).ok());
    clock_.advance(minutes(1));
  }
  const Timestamp young = clock_.now() - minutes(2);  // the last two are as old as this or younger
  EXPECT_EQ(*fold_->trim(0, young), 0U) << "nobody has applied anything";
  EXPECT_EQ(events_of(*fold_).size(), 6U);
  EXPECT_EQ(*fold_->trim(3, young), 3U);
  EXPECT_EQ(events_of(*fold_).size(), 3U);
  EXPECT_EQ(*fold_->trim(6, young), 1U) << "the young stay";
  EXPECT_EQ(*fold_->trim(6, kTimestampMax), 1U) << "and always the last";
  EXPECT_EQ(journal_of(*fold_).size(), 1U);
  ASSERT_EQ(ask(input("add", 1)), "is 7");
  EXPECT_EQ(fold_->head(), 7U);
  open();
  EXPECT_EQ(fold_->head(), 7U);
}

}  // namespace
}  // namespace jieban
