#include "daemons/archiver/chain.h"

#include "common/crypto/hashes.h"
#include "common/store/key.h"
#include "common/wire/record.h"

namespace jieban {
namespace {

void append_body(const Event& event, std::string_view record, std::string& out) {
  append_key(out, std::string_view(event.stream));
  append_key(out, event.sequence);
  out += record;
}

}  // namespace

std::string chain_origin(const std::string& archive_stream) { return blake2b(archive_stream); }

std::string chain_body(const Event& event, std::string_view record) {
  std::string body;
  append_body(event, record, body);
  return body;
}

// Takes nothing for granted: this also reads entries that somebody has tampered with.
Result<ChainEntry> read_chain_entry(std::string_view stored) {
  Error damaged{ErrorCode::corrupt, "an entry of the archive is too short"};
  if (stored.size() < kDigestSize) return damaged;
  ChainEntry entry;
  entry.hash = stored.substr(0, kDigestSize);
  entry.body = stored.substr(kDigestSize);
  size_t end = entry.body.find('\0');
  if (end == std::string_view::npos || entry.body.size() < end + 1 + sizeof(uint64_t)) {
    return damaged;
  }
  entry.stream = entry.body.substr(0, end);
  entry.sequence = read_u64(entry.body.substr(end + 1));
  entry.record = entry.body.substr(end + 1 + sizeof(uint64_t));
  return entry;
}

Result<ChainHead> chain_head(const Transaction& txn, TableId records,
                             const std::string& archive_stream) {
  Range range(txn, records);
  auto found = range.last();
  if (!found.ok()) return found.error();
  if (!*found) return ChainHead{0, chain_origin(archive_stream)};
  auto entry = read_chain_entry(range.value());
  if (!entry.ok()) return entry.error();
  return ChainHead{KeyReader(range.key()).number(), std::string(entry->hash)};
}

Result<void> append_to_chain(Transaction& txn, TableId records, const Event& event,
                             std::string_view record, ChainHead& head) {
  // One piece, whose first part is filled in last; the room is kept from event to event.
  static thread_local std::string stored;
  stored.assign(kDigestSize, '\0');
  append_body(event, record, stored);
  head.hash = chain_hash(head.hash, std::string_view(stored).substr(kDigestSize));
  ++head.count;
  stored.replace(0, kDigestSize, head.hash);
  return txn.append(records, make_key(head.count), stored);
}

Result<void> ChainTip::refresh(const Transaction& txn, TableId records,
                               const std::string& archive_stream) {
  auto count = txn.count(records);
  if (!count.ok()) return count.error();
  if (!head_.hash.empty() && head_.count == *count) return {};
  auto head = chain_head(txn, records, archive_stream);
  if (!head.ok()) return head.error();
  head_ = std::move(*head);
  return {};
}

Result<ChainHead> ChainTip::head(const Transaction& txn, TableId records,
                                 const std::string& archive_stream) {
  RETURN_IF_ERROR(refresh(txn, records, archive_stream));
  return head_;
}

Result<uint64_t> ChainTip::append(Transaction& txn, TableId records,
                                  const std::string& archive_stream, const Event& event,
                                  std::string_view record) {
  RETURN_IF_ERROR(refresh(txn, records, archive_stream));
  RETURN_IF_ERROR(append_to_chain(txn, records, event, record, head_));
  return head_.count;
}

Result<Event> event_of(const ChainEntry& entry) {
  auto event = decode_record(entry.record);
  if (!event.ok()) return event.error();
  event->stream = entry.stream;
  event->sequence = entry.sequence;
  return event;
}

Result<Event> event_at(const Transaction& txn, TableId records, uint64_t number) {
  auto stored = txn.get(records, make_key(number));
  if (!stored.ok()) return stored.error();
  if (!*stored) {
    return Error{ErrorCode::corrupt, "the archive lacks record " + std::to_string(number)};
  }
  auto entry = read_chain_entry(**stored);
  if (!entry.ok()) return entry.error();
  return event_of(*entry);
}

}  // namespace jieban
