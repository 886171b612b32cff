// A look into the store of a running daemon from another process, through LMDB's own read-only
// transactions: what is seen is exactly what is committed, and looking costs some microseconds.
//
// Only benchmarks do so; daemons and tools ask each other over HTTP.
// What fails and how: open() with `io`; a store that cannot be read later ends the program.
// Thread rule: one thread at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "common/base/result.h"

struct MDB_env;

namespace jieban::bench {

class StoreWatch {
 public:
  // `directory` of a daemon that is ready, so that its tables exist.
  static Result<StoreWatch> open(const std::string& directory);

  // How far the daemon has applied a stream; 0 when nothing.
  uint64_t applied(const std::string& stream) const;
  // The last sequence of its own stream; 0 when nothing.
  uint64_t head() const;
  // The records of its own stream from `first` on, as they lie there; returns the next sequence.
  uint64_t visit(uint64_t first, const std::function<void(std::string_view)>& record) const;
  // Transactions committed since the store was made.
  uint64_t commits() const;

 private:
  struct Close {
    void operator()(MDB_env* env) const;
  };
  std::unique_ptr<MDB_env, Close> env_;
  unsigned cursors_ = 0;
  unsigned outbox_ = 0;
};

}  // namespace jieban::bench
