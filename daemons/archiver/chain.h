// The hash chain: every event that was archived, in the order in which it was.
//
// An entry is the digest of the entry before it and of its own body; the body is the stream, the
// sequence and the record as it stood in that stream. What is stored is what was hashed, so that
// checking the chain decodes nothing.
// Fails: `corrupt` for an entry that cannot be one, and what the transaction fails with.
// Thread rule: pure functions over a transaction; a ChainTip belongs to the thread that writes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "common/domain/event.h"
#include "common/store/transaction.h"

namespace jieban {

// Points into the stored value.
struct ChainEntry {
  std::string_view hash;
  std::string_view body;  // all below, as it was hashed
  std::string_view stream;
  uint64_t sequence = 0;
  std::string_view record;
};

struct ChainHead {
  uint64_t count = 0;  // the number of the last entry; they are numbered from 1
  std::string hash;    // of the last entry, or the origin
};

// What the first entry of an archive follows.
std::string chain_origin(const std::string& archive_stream);

// What is hashed of an event that came as `record`.
std::string chain_body(const Event& event, std::string_view record);
Result<ChainEntry> read_chain_entry(std::string_view stored);

Result<ChainHead> chain_head(const Transaction& txn, TableId records,
                             const std::string& archive_stream);

// Appends the event after `head`, and moves `head` to it. `record` is the event as it came, byte
// for byte: the evidence is what was sent, not what was made of it.
Result<void> append_to_chain(Transaction& txn, TableId records, const Event& event,
                             std::string_view record, ChainHead& head);

// The head from one event to the next, without reading the last record each time.
//
// What is remembered counts only while the table has as many records as it says. Whatever undoes
// an append leaves fewer of them, and then the head is read again. As long as every record of this
// process goes in through append(), the record under that number is the one that is remembered.
class ChainTip {
 public:
  // As chain_head().
  Result<ChainHead> head(const Transaction& txn, TableId records,
                         const std::string& archive_stream);
  // The number that the event got.
  Result<uint64_t> append(Transaction& txn, TableId records, const std::string& archive_stream,
                          const Event& event, std::string_view record);

 private:
  Result<void> refresh(const Transaction& txn, TableId records, const std::string& archive_stream);

  ChainHead head_;  // without a hash: nothing is remembered
};

// The event of an entry, with its stream and sequence.
Result<Event> event_of(const ChainEntry& entry);
// The event that was archived under this number; `corrupt` when there is none, since an index names
// only what is there.
Result<Event> event_at(const Transaction& txn, TableId records, uint64_t number);

}  // namespace jieban
