// Goal: an entry binds its stream, sequence and record to all that went before it.
#include "daemons/archiver/chain.h"

#include <gtest/gtest.h>

#include "common/crypto/hashes.h"
#include "common/wire/record.h"

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
  std::string stored = std::string(kDigestSize, 'h') + chain_body(event);
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
  std::string stored = std::string(kDigestSize, 'h') + chain_body(*applied);
  EXPECT_EQ(read_chain_entry(stored)->record, in_stream);
}

TEST(Chain, StreamAndSequenceArePartOfWhatIsHashed) {
  Event event = some_event();
  Event elsewhere = event;
  elsewhere.stream = "110102008.router";
  Event later = event;
  later.sequence = 8;
  EXPECT_NE(chain_body(event), chain_body(elsewhere));
  EXPECT_NE(chain_body(event), chain_body(later));
}

TEST(Chain, ArchivesOfTwoStreetsStartApart) {
  EXPECT_NE(chain_origin("110102007.archiver"), chain_origin("110102008.archiver"));
  EXPECT_EQ(chain_origin("110102007.archiver").size(), kDigestSize);
}

TEST(Chain, EveryCutOfAnEntryIsRefusedOrCannotBeRead) {
  std::string stored = std::string(kDigestSize, 'h') + chain_body(some_event());
  for (size_t size = 0; size < stored.size(); ++size) {
    auto entry = read_chain_entry(std::string_view(stored).substr(0, size));
    EXPECT_TRUE(!entry.ok() || !event_of(*entry).ok()) << size;
  }
}

}  // namespace
}  // namespace jieban
