// A store of the yardstick (bare.h): a stream that is appended to and a table of states, with
// LMDB's default flags, so that each commit is an fdatasync.
//
// What fails and how: every call with `io`; a transaction that failed goes with the object.
// Thread rule: one thread. One process writes, others may count.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "common/base/result.h"

struct MDB_env;
struct MDB_txn;
struct MDB_cursor;

namespace jieban::bench {

class BareStore {
 public:
  // Makes directory and tables where there are none.
  static Result<BareStore> open(const std::string& directory);
  // REQUIRES: made by open() in another process, still running or not.
  static Result<BareStore> look(const std::string& directory);

  Result<void> begin();
  Result<void> append(std::string_view event);
  Result<void> put_state(std::string_view key, std::string_view row);
  Result<void> commit();
  // Events that are committed.
  Result<uint64_t> count() const;

 private:
  struct Close {
    void operator()(MDB_env* env) const;
  };
  static Result<BareStore> start(const std::string& directory, unsigned flags, unsigned how);

  std::unique_ptr<MDB_env, Close> env_;
  unsigned stream_ = 0;
  unsigned states_ = 0;
  uint64_t head_ = 0;
  MDB_txn* txn_ = nullptr;
  MDB_cursor* cursor_ = nullptr;
};

}  // namespace jieban::bench
