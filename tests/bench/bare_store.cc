#include "tests/bench/bare_store.h"

#include <lmdb.h>

#include "common/base/bytes.h"
#include "common/base/file.h"

namespace jieban::bench {
namespace {

constexpr unsigned kTablesMax = 2;
constexpr size_t kMapBytes = size_t(256) << 30;  // address space only: the file grows as it fills
constexpr unsigned kFileMode = 0600;

Result<void> checked(const char* what, int rc) {
  if (rc == 0) return {};
  return Error{ErrorCode::io, std::string(what) + ": " + mdb_strerror(rc)};
}

MDB_val value_of(std::string_view bytes) {
  // LMDB takes, and does not change, void*.
  return {bytes.size(), const_cast<char*>(bytes.data())};  // NOLINT(*-const-cast)
}

}  // namespace

void BareStore::Close::operator()(MDB_env* env) const { mdb_env_close(env); }

Result<BareStore> BareStore::open(const std::string& directory) {
  RETURN_IF_ERROR(make_directories(directory));
  return start(directory, MDB_NOTLS, MDB_CREATE);
}

Result<BareStore> BareStore::look(const std::string& directory) {
  return start(directory, MDB_NOTLS | MDB_RDONLY, 0);
}

Result<BareStore> BareStore::start(const std::string& directory, unsigned flags, unsigned how) {
  BareStore store;
  MDB_env* env = nullptr;
  int rc = mdb_env_create(&env);
  store.env_.reset(env);
  if (rc == 0) rc = mdb_env_set_maxdbs(env, kTablesMax);
  if (rc == 0) rc = mdb_env_set_mapsize(env, kMapBytes);
  if (rc == 0) rc = mdb_env_open(env, directory.c_str(), flags, kFileMode);
  MDB_txn* txn = nullptr;
  if (rc == 0) rc = mdb_txn_begin(env, nullptr, flags & MDB_RDONLY, &txn);
  if (rc == 0) rc = mdb_dbi_open(txn, "stream", how, &store.stream_);
  if (rc == 0) rc = mdb_dbi_open(txn, "states", how, &store.states_);
  if (rc == 0) rc = mdb_txn_commit(txn);
  auto opened = checked("opening a store", rc);
  if (!opened.ok()) return opened.error().context(directory);
  return store;
}

Result<void> BareStore::begin() {
  int rc = mdb_txn_begin(env_.get(), nullptr, 0, &txn_);
  if (rc == 0) rc = mdb_cursor_open(txn_, stream_, &cursor_);
  return checked("beginning", rc);
}

Result<void> BareStore::append(std::string_view event) {
  std::string sequence;
  append_u64(sequence, ++head_);
  MDB_val key = value_of(sequence);
  MDB_val value = value_of(event);
  return checked("appending", mdb_cursor_put(cursor_, &key, &value, MDB_APPEND));
}

Result<void> BareStore::put_state(std::string_view key, std::string_view row) {
  MDB_val name = value_of(key);
  MDB_val value = value_of(row);
  return checked("putting a state", mdb_put(txn_, states_, &name, &value, 0));
}

Result<void> BareStore::commit() {
  mdb_cursor_close(cursor_);
  return checked("committing", mdb_txn_commit(txn_));
}

Result<uint64_t> BareStore::count() const {
  MDB_txn* txn = nullptr;
  RETURN_IF_ERROR(checked("counting", mdb_txn_begin(env_.get(), nullptr, MDB_RDONLY, &txn)));
  MDB_stat stat{};
  const int rc = mdb_stat(txn, stream_, &stat);
  mdb_txn_abort(txn);
  RETURN_IF_ERROR(checked("counting", rc));
  return uint64_t(stat.ms_entries);
}

}  // namespace jieban::bench
