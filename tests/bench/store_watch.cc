#include "tests/bench/store_watch.h"

#include <lmdb.h>

#include "common/base/bytes.h"
#include "common/base/log.h"

namespace jieban::bench {
namespace {

constexpr unsigned kTablesMax = 48;
constexpr size_t kNumberSize = 8;

Error lmdb_failure(const std::string& what, int rc) {
  return {ErrorCode::io, what + ": " + mdb_strerror(rc)};
}

class Look {
 public:
  explicit Look(MDB_env* env) { CHECK(mdb_txn_begin(env, nullptr, MDB_RDONLY, &txn_) == 0); }
  Look(const Look&) = delete;
  Look& operator=(const Look&) = delete;
  ~Look() { mdb_txn_abort(txn_); }
  MDB_txn* txn() const { return txn_; }

 private:
  MDB_txn* txn_ = nullptr;
};

// A number is the last thing in a cursor's value and the first in a log's key.
uint64_t number_at(const MDB_val& value, size_t offset) {
  CHECK(value.mv_size >= offset + kNumberSize);
  return read_u64({static_cast<const char*>(value.mv_data) + offset, kNumberSize});
}

}  // namespace

void StoreWatch::Close::operator()(MDB_env* env) const { mdb_env_close(env); }

Result<StoreWatch> StoreWatch::open(const std::string& directory) {
  StoreWatch watch;
  MDB_env* env = nullptr;
  int rc = mdb_env_create(&env);
  watch.env_.reset(env);
  if (rc == 0) rc = mdb_env_set_maxdbs(env, kTablesMax);
  if (rc == 0) rc = mdb_env_open(env, directory.c_str(), MDB_RDONLY | MDB_NOTLS, 0600);
  if (rc != 0) return lmdb_failure("opening " + directory, rc);
  MDB_txn* txn = nullptr;
  rc = mdb_txn_begin(env, nullptr, MDB_RDONLY, &txn);
  if (rc == 0) rc = mdb_dbi_open(txn, "cursors", 0, &watch.cursors_);
  if (rc == 0) rc = mdb_dbi_open(txn, "outbox", 0, &watch.outbox_);
  if (rc == 0) rc = mdb_txn_commit(txn);
  if (rc != 0) return lmdb_failure("the tables of " + directory, rc);
  return watch;
}

uint64_t StoreWatch::applied(const std::string& stream) const {
  const Look look(env_.get());
  MDB_val key{stream.size(), const_cast<char*>(stream.data())};
  MDB_val value{};
  const int rc = mdb_get(look.txn(), cursors_, &key, &value);
  if (rc == MDB_NOTFOUND) return 0;
  CHECK(rc == 0);
  return number_at(value, value.mv_size - kNumberSize);
}

uint64_t StoreWatch::head() const {
  const Look look(env_.get());
  MDB_cursor* cursor = nullptr;
  CHECK(mdb_cursor_open(look.txn(), outbox_, &cursor) == 0);
  MDB_val key{};
  MDB_val value{};
  const int rc = mdb_cursor_get(cursor, &key, &value, MDB_LAST);
  mdb_cursor_close(cursor);
  if (rc == MDB_NOTFOUND) return 0;
  CHECK(rc == 0);
  return number_at(key, 0);
}

uint64_t StoreWatch::visit(uint64_t first,
                           const std::function<void(std::string_view)>& record) const {
  const Look look(env_.get());
  MDB_cursor* cursor = nullptr;
  CHECK(mdb_cursor_open(look.txn(), outbox_, &cursor) == 0);
  std::string start;
  append_u64(start, first);
  MDB_val key{start.size(), start.data()};
  MDB_val value{};
  int rc = mdb_cursor_get(cursor, &key, &value, MDB_SET_RANGE);
  for (; rc == 0; rc = mdb_cursor_get(cursor, &key, &value, MDB_NEXT)) {
    first = number_at(key, 0) + 1;
    record({static_cast<const char*>(value.mv_data), value.mv_size});
  }
  mdb_cursor_close(cursor);
  CHECK(rc == MDB_NOTFOUND);
  return first;
}

uint64_t StoreWatch::commits() const {
  MDB_envinfo info{};
  CHECK(mdb_env_info(env_.get(), &info) == 0);
  return info.me_last_txnid;
}

}  // namespace jieban::bench
