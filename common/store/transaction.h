// Transaction: an atomic view of a store, and, when opened for writing, an atomic change of it.
//
// Every value is stored behind a version byte and a checksum over key and value, and checked on
// every read: damage is an Error of code `corrupt`, never a wrong answer. Views returned by get()
// and Range are valid until the next write in this transaction, or its end; they may be passed to
// that write, which copies them first.
// Fails: `full` when the map has no room (abort, the store is unchanged), `corrupt`, `io`,
// `invalid` for a key that cannot be one. The first failure sticks in failure(), and in every
// transaction around this one unless it is `invalid`, so that a caller that forgot to look cannot
// commit. A transaction that is not committed is undone by its destructor. No Range and no child
// may be alive when it commits (CHECKed).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.h"

struct MDB_txn;
struct MDB_cursor;

namespace jieban {

class Environment;

struct TableId {
  unsigned dbi = 0;
};

// Rows of one table that a write transaction keeps in their own form until they are needed as
// bytes: a row that many events of a batch touch is read and written once. See Table::edit().
class HeldRows {
 public:
  HeldRows() = default;
  HeldRows(const HeldRows&) = delete;
  HeldRows& operator=(const HeldRows&) = delete;
  virtual ~HeldRows() = default;
  // Puts all that were changed, in the order of their keys.
  virtual Result<void> write() = 0;
};

class Transaction {
 public:
  Transaction(Transaction&& other) noexcept;
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();

  Result<std::optional<std::string_view>> get(TableId table, std::string_view key) const;
  // As get and erase, of what was written: for who holds the rows of the table.
  Result<std::optional<std::string_view>> get_written(TableId table, std::string_view key) const;
  Result<bool> erase_written(TableId table, std::string_view key);
  Result<void> put(TableId table, std::string_view key, std::string_view value);
  // As put, for a new key: false, and nothing is changed, when there is one already.
  Result<bool> insert(TableId table, std::string_view key, std::string_view value);
  // As put, for a key above all others of the table; CHECKs that it is.
  Result<void> append(TableId table, std::string_view key, std::string_view value);
  // True when there was something to erase.
  Result<bool> erase(TableId table, std::string_view key);
  Result<uint64_t> count(TableId table) const;

  // The rows held of a table; null when none are. They are written and let go before anybody reads
  // or changes the table otherwise, before a child begins, and by commit(). What is changed in them
  // counts by touch().
  HeldRows* held(TableId table) const;
  HeldRows& hold(TableId table, std::unique_ptr<HeldRows> rows);
  void touch() { ++changes_; }

  // Durable when it returns success. The environment latches on any failure whose outcome is
  // unknown, which is all but a sticking failure() and a full map: those leave it unchanged.
  Result<void> commit();
  // A transaction inside this one, whose changes can be undone alone.
  Result<Transaction> child();

  // Number of puts and erases so far: tells whether a step had an effect.
  uint64_t changes() const { return changes_; }
  const std::optional<Error>& failure() const { return failure_; }

 private:
  friend class Environment;
  friend class Range;
  enum class Access { read, write };
  Transaction(const Environment* owner, Access access, MDB_txn* txn, Transaction* parent);
  // False when the flags forbid what is there.
  Result<bool> write(TableId table, std::string_view key, std::string_view value, unsigned flags);
  Result<MDB_cursor*> cursor_of(TableId table) const;
  void close_cursor(TableId table) const;
  void close_cursors() const;
  Result<void> release(TableId table) const;
  Result<void> release_all() const;
  Error fail(Error error) const;
  void end();

  const Environment* owner_ = nullptr;
  Access access_ = Access::read;
  MDB_txn* txn_ = nullptr;
  Transaction* parent_ = nullptr;
  mutable int dependents_ = 0;  // live ranges and children; LMDB frees theirs with this one
  mutable uint64_t changes_ = 0;
  mutable std::optional<Error> failure_;
  struct Hold {
    unsigned dbi;
    std::unique_ptr<HeldRows> rows;
  };
  mutable std::vector<Hold> held_;
  // Of the tables that are written, by their number. A cursor that stays where it wrote last finds
  // the end of a log, or a key nearby, without a way down the tree.
  mutable std::vector<MDB_cursor*> cursors_;
};

// Walks a table in key order from a key on. Do not change the table while walking it.
class Range {
 public:
  Range(const Transaction& transaction, TableId table);
  Range(const Range&) = delete;
  Range& operator=(const Range&) = delete;
  ~Range();

  // Each returns whether there is an entry there.
  Result<bool> seek(std::string_view key);  // the first entry at or after `key`
  Result<bool> last();
  Result<bool> next();
  Result<bool> previous();

  // REQUIRES: the last move found an entry.
  std::string_view key() const { return key_; }
  std::string_view value() const { return value_; }

 private:
  Result<bool> move(unsigned operation, std::string_view key);

  const Transaction& transaction_;
  std::optional<Error> released_;  // why rows that were held could not be written
  MDB_cursor* cursor_ = nullptr;
  int open_error_ = 0;
  std::string_view key_;
  std::string_view value_;
};

}  // namespace jieban
