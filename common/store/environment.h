// Environment: one LMDB environment in one directory, owned by one daemon.
//
// Promises: default flags plus MDB_NOTLS only, so that a committed transaction survives a power
// cut (RELIABILITY §2); a directory is open at most once in this process and by one process; a new
// store is complete on disk, directory entries included, before open() returns; so is all that can
// be read, also when the last process was killed between writing and syncing.
// Fails: open() returns an Error (`conflict` another process holds it, `corrupt` damaged,
// `invalid` wrong stream, newer schema or a network file system). A failed commit latches: the
// outcome is unknown, every later write is refused, and the daemon must exit 74.
// Thread rule: one thread writes; any thread may read. Survives: everything committed.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "common/base/clock.h"
#include "common/base/file.h"
#include "common/base/result.h"
#include "common/store/transaction.h"

struct MDB_env;

namespace jieban {

// Written once, at creation; the epoch changes when a backup is restored.
struct StoreFormat {
  uint32_t schema = 1;
  uint64_t epoch = 0;
  Timestamp created_at;
  std::string stream;
};

struct EnvironmentOptions {
  std::string path;
  std::string stream;                   // whose store this is; checked on every open
  uint64_t new_epoch = 1;               // given to a store that is created now
  Timestamp now;                        // creation time of a store that is created now
  size_t map_size = size_t{16} << 30U;  // address space, not disk; the hard limit of the store
};

struct StoreUsage {
  size_t map_bytes = 0;   // the hard limit
  size_t used_bytes = 0;  // pages in use
  size_t file_bytes = 0;  // never shrinks
  size_t disk_free_bytes = 0;
};

class Environment {
 public:
  static constexpr uint32_t kSchema = 1;

  static Result<std::unique_ptr<Environment>> open(const EnvironmentOptions& options);
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;
  ~Environment();

  const StoreFormat& format() const { return format_; }
  const std::string& path() const { return path_; }

  // Creates the table when it is new. REQUIRES: no write transaction is open.
  Result<TableId> table(const std::string& name);

  // `io` after a commit has failed. REQUIRES: no other write transaction is open.
  Result<Transaction> write();
  Result<Transaction> read() const;

  // True after a failed commit; only a new process may go on.
  bool latched() const { return latched_; }

  Result<StoreUsage> usage() const;
  // A larger limit for a store that ran full. `unavailable` while anybody reads: try again.
  // REQUIRES: no write transaction is open.
  Result<void> set_map_size(size_t bytes);
  // Frees the slots of readers that were killed; returns how many.
  int clear_stale_readers();
  unsigned flags() const;

 private:
  friend class Transaction;
  Environment() = default;
  Result<void> start(const EnvironmentOptions& options);
  Result<void> claim(const std::string& path);
  Result<void> open_lmdb(size_t map_size, bool born);
  Result<void> bear(const EnvironmentOptions& options);
  Result<bool> read_format();
  Result<void> check_format(const EnvironmentOptions& options) const;
  void ended(bool writer) const;
  void latch() const { latched_ = true; }

  MDB_env* env_ = nullptr;
  std::string path_;
  FileDescriptor lock_;
  StoreFormat format_;
  bool registered_ = false;
  mutable std::atomic<bool> latched_ = false;
  mutable bool writing_ = false;
  mutable std::mutex readers_mutex_;  // nobody begins to read while the map moves
  mutable int readers_ = 0;
};

}  // namespace jieban
