// Goal: an entry binds its stream, sequence and record to all that went before it.
#include "daemons/archiver/chain.h"

#include <gtest/gtest.h>

#include <memory>
#include <vector>

#include "common/crypto/hashes.h"
#include "common/store/environment.h"
#include "common/store/key.h"
#include "common/wire/record.h"
#include "tests/support/temp_dir.h"

namespace jieban {
namespace {

Event some_event() {
  Event event;
  event.stream = "110102007.router";
  event.sequence = 7;
  event.topic = "order.signed";
  event.occurred_at = from_micros(1'780'000'000'000'000);
  event.order_id = 42;
  event.cause = {"110102007.receiver", 3};
  event.actor = "wang";
  event.payload = "\x80";
  return event;
}

TEST(Chain, AnEntryGivesTheEventBack) {
  Event event = some_event();
  std::string stored = std::string(kDigestSize, 'h') + chain_body(event, encode_record(event));
  auto entry = read_chain_entry(stored);
  ASSERT_TRUE(entry.ok());
  EXPECT_EQ(entry->hash, std::string(kDigestSize, 'h'));
  EXPECT_EQ(entry->stream, event.stream);
  EXPECT_EQ(entry->sequence, event.sequence);
  auto back = event_of(*entry);
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(*back, event);
}

TEST(Chain, TheRecordStandsInItAsInItsStream) {
  Event event = some_event();
  std::string in_stream = encode_record(event);
  auto applied = decode_record(in_stream);
  ASSERT_TRUE(applied.ok());
  applied->stream = event.stream;
  applied->sequence = event.sequence;
  std::string stored =
      std::string(kDigestSize, 'h') + chain_body(*applied, encode_record(*applied));
  EXPECT_EQ(read_chain_entry(stored)->record, in_stream);
}

TEST(Chain, StreamAndSequenceArePartOfWhatIsHashed) {
  Event event = some_event();
  Event elsewhere = event;
  elsewhere.stream = "110102008.router";
  Event later = event;
  later.sequence = 8;
  EXPECT_NE(chain_body(event, encode_record(event)),
            chain_body(elsewhere, encode_record(elsewhere)));
  EXPECT_NE(chain_body(event, encode_record(event)), chain_body(later, encode_record(later)));
}

TEST(Chain, ArchivesOfTwoStreetsStartApart) {
  EXPECT_NE(chain_origin("110102007.archiver"), chain_origin("110102008.archiver"));
  EXPECT_EQ(chain_origin("110102007.archiver").size(), kDigestSize);
}

// A table of records, and a tip that lives as long as a process.
struct Tip : testing::Test {
  const std::string stream = "110102007.archiver";
  TempDir dir{"/dev/shm"};
  std::unique_ptr<Environment> environment;
  TableId records;
  ChainTip tip;

  Tip() {
    EnvironmentOptions options;
    options.path = dir.path("archiver");
    options.stream = stream;
    options.map_size = size_t{16} << 20U;
    environment = std::move(*Environment::open(options));
    records = *environment->table("records");
  }
  uint64_t append(Transaction& txn, uint64_t sequence) {
    Event event = some_event();
    event.sequence = sequence;
    auto number = tip.append(txn, records, stream, event, encode_record(event));
    EXPECT_TRUE(number.ok());
    return number.ok() ? *number : 0;
  }
  // Computes the chain anew.
  void expect_whole(const Transaction& txn, const std::vector<uint64_t>& sequences) {
    std::string hash = chain_origin(stream);
    Range range(txn, records);
    auto found = range.seek({});
    uint64_t number = 0;
    for (uint64_t sequence : sequences) {
      ASSERT_TRUE(found.ok() && *found);
      EXPECT_EQ(KeyReader(range.key()).number(), ++number);
      auto entry = read_chain_entry(range.value());
      EXPECT_EQ(entry->sequence, sequence);
      hash = chain_hash(hash, entry->body);
      EXPECT_EQ(entry->hash, hash);
      found = range.next();
    }
    EXPECT_FALSE(*found);
    auto head = tip.head(txn, records, stream);
    ASSERT_TRUE(head.ok());
    EXPECT_EQ(head->count, number);
    EXPECT_EQ(head->hash, hash);
  }
};

TEST_F(Tip, FollowsWhatItAppends) {
  auto txn = environment->write();
  expect_whole(*txn, {});
  for (uint64_t number : {1U, 2U, 3U}) EXPECT_EQ(append(*txn, number + 10), number);
  expect_whole(*txn, {11, 12, 13});
}

TEST_F(Tip, ForgetsAnAttemptThatWasUndone) {
  auto first = environment->write();
  append(*first, 11);
  ASSERT_TRUE(first->commit().ok());
  {
    auto undone = environment->write();
    append(*undone, 12);
    append(*undone, 13);
  }
  auto again = environment->write();
  EXPECT_EQ(append(*again, 14), 2U);
  expect_whole(*again, {11, 14});
}

TEST_F(Tip, ForgetsOneEventThatWasUndoneInsideOfAnAttempt) {
  auto txn = environment->write();
  append(*txn, 11);
  for (uint64_t sequence : {12U, 13U, 14U, 15U}) {
    auto child = txn->child();
    append(*child, sequence);
    if (sequence % 2 != 0) continue;  // undone
    ASSERT_TRUE(child->commit().ok());
  }
  expect_whole(*txn, {11, 12, 14});
}

TEST_F(Tip, AnAttemptThatWasUndoneWholeBeginsAtTheOriginAgain) {
  {
    auto undone = environment->write();
    append(*undone, 11);
  }
  auto again = environment->write();
  append(*again, 12);
  expect_whole(*again, {12});
}

TEST_F(Tip, ANewProcessGoesOnWhereTheLastOneStopped) {
  auto first = environment->write();
  append(*first, 11);
  ASSERT_TRUE(first->commit().ok());
  tip = ChainTip();
  auto second = environment->write();
  append(*second, 12);
  expect_whole(*second, {11, 12});
}

TEST_F(Tip, SeesARecordThatWasTakenAway) {
  auto txn = environment->write();
  append(*txn, 11);
  append(*txn, 12);
  ASSERT_TRUE(txn->erase(records, make_key(uint64_t{2})).ok());
  EXPECT_EQ(append(*txn, 13), 2U);
  expect_whole(*txn, {11, 13});
}

TEST_F(Tip, AnEventIsFoundByItsNumberAndAHoleIsToldAsDamage) {
  auto txn = environment->write();
  append(*txn, 11);
  append(*txn, 12);
  auto found = event_at(*txn, records, 2);
  ASSERT_TRUE(found.ok());
  Event expected = some_event();
  expected.sequence = 12;
  EXPECT_EQ(*found, expected);
  ASSERT_TRUE(txn->erase(records, make_key(uint64_t{1})).ok());
  auto missing = event_at(*txn, records, 1);
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().code, ErrorCode::corrupt);
}

TEST(Chain, EveryCutOfAnEntryIsRefusedOrCannotBeRead) {
  std::string stored =
      std::string(kDigestSize, 'h') + chain_body(some_event(), encode_record(some_event()));
  for (size_t size = 0; size < stored.size(); ++size) {
    auto entry = read_chain_entry(std::string_view(stored).substr(0, size));
    EXPECT_TRUE(!entry.ok() || !event_of(*entry).ok()) << size;
  }
}

}  // namespace
}  // namespace jieban
