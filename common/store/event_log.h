// EventLog: a stream on disk. Records are numbered from 1 without holes; what is appended in a
// transaction is there when it commits, and not otherwise.
//
// Fails as Transaction does; a hole met while reading is `corrupt`.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "common/store/environment.h"

namespace jieban {

class EventLog {
 public:
  static Result<EventLog> open(Environment& environment, const std::string& name);

  // The last sequence, 0 when nothing was ever appended; trimming does not change it.
  Result<uint64_t> head(const Transaction& txn) const;
  // The lowest sequence that is still there; 1 when nothing was ever appended.
  Result<uint64_t> first(const Transaction& txn) const;
  // The end of the log within a transaction: looks for the head once, then counts.
  class Tail {
   public:
    uint64_t head() const { return head_; }
    // REQUIRES: `sequence` is head + 1 (CHECKed), and nothing else was appended meanwhile.
    Result<void> append(uint64_t sequence, std::string_view record);

   private:
    friend class EventLog;
    Tail(Transaction& txn, TableId table, uint64_t head) : txn_(txn), table_(table), head_(head) {}
    Transaction& txn_;
    TableId table_;
    uint64_t head_;
    std::string key_;
  };
  Result<Tail> tail(Transaction& txn) const;
  // For a single record; REQUIRES as Tail::append.
  Result<void> append(Transaction& txn, uint64_t sequence, std::string_view record) const;
  Result<std::optional<std::string_view>> get(const Transaction& txn, uint64_t sequence) const;

  // Calls `visit` for the records from `from` on, until it returns false or they end.
  using Visit = std::function<bool(uint64_t sequence, std::string_view record)>;
  Result<void> read(const Transaction& txn, uint64_t from, const Visit& visit) const;

  // Erases at most `count_max` records below `below`, never the last one; returns how many.
  Result<uint64_t> trim(Transaction& txn, uint64_t below, uint64_t count_max) const;

  TableId table() const { return table_; }

 private:
  explicit EventLog(TableId table) : table_(table) {}
  TableId table_;
};

}  // namespace jieban
