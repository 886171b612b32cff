#include "daemons/archiver/chain.h"

#include "common/crypto/hashes.h"
#include "common/store/key.h"
#include "common/wire/record.h"

namespace jieban {

std::string chain_origin(const std::string& archive_stream) { return blake2b(archive_stream); }

std::string chain_body(const Event& event) {
  std::string body;
  append_key(body, std::string_view(event.stream));
  append_key(body, event.sequence);
  body += encode_record(event);
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
                             ChainHead& head) {
  std::string body = chain_body(event);
  head.hash = chain_hash(head.hash, body);
  ++head.count;
  return txn.append(records, make_key(head.count), head.hash + body);
}

Result<Event> event_of(const ChainEntry& entry) {
  auto event = decode_record(entry.record);
  if (!event.ok()) return event.error();
  event->stream = entry.stream;
  event->sequence = entry.sequence;
  return event;
}

}  // namespace jieban
