#include "common/store/transaction.h"

#include <lmdb.h>

#include <cstring>
#include <utility>

#include "common/base/crc32c.h"
#include "common/store/environment.h"
#include "common/store/lmdb_error.h"

namespace jieban {
namespace {

// Value on disk: CRC-32C of all that follows (4 bytes, native order), version (1 byte), payload.
constexpr size_t kValueHeaderSize = 5;
constexpr char kValueVersion = 1;

MDB_val to_val(std::string_view bytes) {
  return {bytes.size(), const_cast<char*>(bytes.data())};  // LMDB does not write through it
}

std::string_view to_view(const MDB_val& val) {
  return {static_cast<const char*>(val.mv_data), val.mv_size};
}

Result<std::string_view> open_value(const MDB_val& stored) {
  std::string_view bytes = to_view(stored);
  uint32_t sum = 0;
  if (bytes.size() < kValueHeaderSize) return Error{ErrorCode::corrupt, "a value is too short"};
  std::memcpy(&sum, bytes.data(), sizeof sum);
  if (crc32c(bytes.substr(sizeof sum)) != sum) {
    return Error{ErrorCode::corrupt, "a stored value does not match its checksum"};
  }
  if (bytes[4] != kValueVersion) return Error{ErrorCode::corrupt, "unknown value version"};
  return bytes.substr(kValueHeaderSize);
}

}  // namespace

Transaction::Transaction(Transaction&& other) noexcept
    : owner_(other.owner_),
      txn_(std::exchange(other.txn_, nullptr)),
      parent_(other.parent_),
      changes_(other.changes_),
      failure_(std::move(other.failure_)) {}

Transaction::~Transaction() {
  if (txn_ == nullptr) return;
  mdb_txn_abort(txn_);
  if (owner_ != nullptr && parent_ == nullptr) owner_->writing_ = false;
}

Error Transaction::fail(Error error) const {
  if (!failure_) failure_ = error;
  if (parent_ != nullptr) parent_->fail(error);
  return error;
}

Result<std::optional<std::string_view>> Transaction::get(TableId table,
                                                         std::string_view key) const {
  MDB_val wanted = to_val(key);
  MDB_val stored{};
  int rc = mdb_get(txn_, table.dbi, &wanted, &stored);
  if (rc == MDB_NOTFOUND) return std::optional<std::string_view>();
  if (rc != 0) return fail(lmdb_error(rc, "reading"));
  auto payload = open_value(stored);
  if (!payload.ok()) return fail(payload.error());
  return std::optional<std::string_view>(*payload);
}

Result<void> Transaction::write(TableId table, std::string_view key, std::string_view value,
                                unsigned flags) {
  CHECK(owner_ != nullptr);
  MDB_val where = to_val(key);
  MDB_val room{value.size() + kValueHeaderSize, nullptr};
  int rc = mdb_put(txn_, table.dbi, &where, &room, flags | MDB_RESERVE);
  CHECK(rc != MDB_KEYEXIST);  // append out of order: our own mistake
  if (rc != 0) return fail(lmdb_error(rc, "writing"));
  char* out = static_cast<char*>(room.mv_data);
  out[4] = kValueVersion;
  if (!value.empty()) std::memcpy(out + kValueHeaderSize, value.data(), value.size());
  uint32_t sum = crc32c({out + 4, value.size() + 1});
  std::memcpy(out, &sum, sizeof sum);
  ++changes_;
  return {};
}

Result<void> Transaction::put(TableId table, std::string_view key, std::string_view value) {
  return write(table, key, value, 0);
}

Result<void> Transaction::append(TableId table, std::string_view key, std::string_view value) {
  return write(table, key, value, MDB_APPEND);
}

Result<bool> Transaction::erase(TableId table, std::string_view key) {
  CHECK(owner_ != nullptr);
  MDB_val where = to_val(key);
  int rc = mdb_del(txn_, table.dbi, &where, nullptr);
  if (rc == MDB_NOTFOUND) return false;
  if (rc != 0) return fail(lmdb_error(rc, "erasing"));
  ++changes_;
  return true;
}

Result<uint64_t> Transaction::count(TableId table) const {
  MDB_stat stat{};
  int rc = mdb_stat(txn_, table.dbi, &stat);
  if (rc != 0) return fail(lmdb_error(rc, "counting"));
  return uint64_t(stat.ms_entries);
}

Result<void> Transaction::commit() {
  CHECK(owner_ != nullptr && txn_ != nullptr);
  if (failure_) return *failure_;
  int rc = mdb_txn_commit(std::exchange(txn_, nullptr));
  if (parent_ != nullptr) {
    if (rc != 0) return fail(lmdb_error(rc, "committing a nested transaction"));
    parent_->changes_ += changes_;
    return {};
  }
  owner_->writing_ = false;
  if (rc == 0) return {};
  owner_->latched_ = true;
  return fail(lmdb_error(rc, "committing"));
}

Result<Transaction> Transaction::child() {
  CHECK(owner_ != nullptr);
  MDB_txn* inner = nullptr;
  int rc = mdb_txn_begin(mdb_txn_env(txn_), txn_, 0, &inner);
  if (rc != 0) return fail(lmdb_error(rc, "nesting a transaction"));
  return Transaction(owner_, inner, this);
}

Range::Range(const Transaction& transaction, TableId table) : transaction_(transaction) {
  open_error_ = mdb_cursor_open(transaction.txn_, table.dbi, &cursor_);
}

Range::~Range() {
  if (cursor_ != nullptr) mdb_cursor_close(cursor_);
}

Result<bool> Range::move(unsigned operation, std::string_view key) {
  if (open_error_ != 0) return transaction_.fail(lmdb_error(open_error_, "opening a cursor"));
  MDB_val where = to_val(key);
  MDB_val stored{};
  int rc = mdb_cursor_get(cursor_, &where, &stored, MDB_cursor_op(operation));
  if (rc == MDB_NOTFOUND) return false;
  if (rc != 0) return transaction_.fail(lmdb_error(rc, "walking"));
  auto payload = open_value(stored);
  if (!payload.ok()) return transaction_.fail(payload.error());
  key_ = to_view(where);
  value_ = *payload;
  return true;
}

Result<bool> Range::seek(std::string_view key) {
  return key.empty() ? move(MDB_FIRST, key) : move(MDB_SET_RANGE, key);
}
Result<bool> Range::last() { return move(MDB_LAST, {}); }
Result<bool> Range::next() { return move(MDB_NEXT, {}); }
Result<bool> Range::previous() { return move(MDB_PREV, {}); }

}  // namespace jieban
