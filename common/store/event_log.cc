#include "common/store/event_log.h"

#include <algorithm>

#include "common/store/key.h"

namespace jieban {

Result<EventLog> EventLog::open(Environment& environment, const std::string& name) {
  auto table = environment.table(name);
  if (!table.ok()) return table.error();
  return EventLog(*table);
}

Result<uint64_t> EventLog::head(const Transaction& txn) const {
  Range range(txn, table_);
  auto found = range.last();
  if (!found.ok()) return found.error();
  return *found ? KeyReader(range.key()).number() : uint64_t{0};
}

Result<uint64_t> EventLog::first(const Transaction& txn) const {
  Range range(txn, table_);
  auto found = range.seek({});
  if (!found.ok()) return found.error();
  return *found ? KeyReader(range.key()).number() : uint64_t{1};
}

Result<EventLog::Tail> EventLog::tail(Transaction& txn) const {
  auto last = head(txn);
  if (!last.ok()) return last.error();
  return Tail(txn, table_, *last);
}

Result<void> EventLog::Tail::append(uint64_t sequence, std::string_view record) {
  CHECK(sequence == head_ + 1);
  key_.clear();
  append_key(key_, sequence);
  RETURN_IF_ERROR(txn_.append(table_, key_, record));
  head_ = sequence;
  return {};
}

Result<void> EventLog::append(Transaction& txn, uint64_t sequence, std::string_view record) const {
  auto end = tail(txn);
  if (!end.ok()) return end.error();
  return end->append(sequence, record);
}

Result<std::optional<std::string_view>> EventLog::get(const Transaction& txn,
                                                      uint64_t sequence) const {
  return txn.get(table_, make_key(sequence));
}

Result<void> EventLog::read(const Transaction& txn, uint64_t from, const Visit& visit) const {
  Range range(txn, table_);
  auto found = range.seek(make_key(from));
  if (!found.ok()) return found.error();
  if (!*found) return {};
  uint64_t expected = from;
  if (KeyReader(range.key()).number() != from) {
    auto start = first(txn);  // below it all was trimmed
    if (!start.ok()) return start.error();
    expected = std::max(from, *start);
  }
  for (; found.ok() && *found; found = range.next(), ++expected) {
    uint64_t sequence = KeyReader(range.key()).number();
    if (sequence != expected) {
      return Error{ErrorCode::corrupt, "a stream lacks sequence " + std::to_string(expected)};
    }
    if (!visit(sequence, range.value())) return {};
  }
  if (!found.ok()) return found.error();
  return {};
}

Result<uint64_t> EventLog::trim(Transaction& txn, uint64_t below, uint64_t count_max) const {
  auto last = head(txn);
  if (!last.ok()) return last.error();
  auto start = first(txn);
  if (!start.ok()) return start.error();
  // The last record stays, because the head is read from it.
  uint64_t end = std::min(below, *last);
  uint64_t erased = 0;
  for (uint64_t sequence = *start; sequence < end && erased < count_max; ++sequence, ++erased) {
    auto gone = txn.erase(table_, make_key(sequence));
    if (!gone.ok()) return gone.error();
  }
  return erased;
}

}  // namespace jieban
