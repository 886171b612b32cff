#include "common/store/transaction.h"

#include <lmdb.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "common/base/crc32c.h"
#include "common/store/environment.h"
#include "common/store/lmdb_error.h"

namespace jieban {
namespace {

// Value on disk: CRC-32C of key, version and payload (4 bytes, native order), version (1 byte),
// payload. The key is in the sum because LMDB has none of its own: a damaged key shows too.
constexpr size_t kValueHeaderSize = 5;
constexpr char kValueVersion = 1;

MDB_val to_val(std::string_view bytes) {
  // LMDB does not write through it.
  return {bytes.size(), const_cast<char*>(bytes.data())};  // NOLINT(*-const-cast)
}

std::string_view to_view(const MDB_val& val) {
  return {static_cast<const char*>(val.mv_data), val.mv_size};
}

void seal_value(std::string_view key, std::string_view payload, std::string& bytes) {
  bytes.assign(sizeof(uint32_t), '\0');
  bytes.push_back(kValueVersion);
  bytes += payload;
  uint32_t sum = crc32c(std::string_view(bytes).substr(sizeof sum), crc32c(key));
  std::memcpy(bytes.data(), &sum, sizeof sum);
}

Result<std::string_view> open_value(const MDB_val& key, const MDB_val& stored) {
  std::string_view bytes = to_view(stored);
  uint32_t sum = 0;
  if (bytes.size() < kValueHeaderSize) return Error{ErrorCode::corrupt, "a value is too short"};
  std::memcpy(&sum, bytes.data(), sizeof sum);
  if (crc32c(bytes.substr(sizeof sum), crc32c(to_view(key))) != sum) {
    return Error{ErrorCode::corrupt, "a stored value does not match its checksum"};
  }
  if (bytes[4] != kValueVersion) return Error{ErrorCode::corrupt, "unknown value version"};
  return bytes.substr(kValueHeaderSize);
}

}  // namespace

Transaction::Transaction(const Environment* owner, Access access, MDB_txn* txn, Transaction* parent)
    : owner_(owner), access_(access), txn_(txn), parent_(parent) {
  if (parent_ != nullptr) ++parent_->dependents_;
}

Transaction::Transaction(Transaction&& other) noexcept
    : owner_(other.owner_),
      access_(other.access_),
      txn_(std::exchange(other.txn_, nullptr)),
      parent_(std::exchange(other.parent_, nullptr)),
      changes_(other.changes_),
      failure_(std::move(other.failure_)) {
  // They point to the other.
  CHECK(other.dependents_ == 0 && other.held_.empty() && other.cursors_.empty());
}

Transaction::~Transaction() {
  if (txn_ == nullptr) return;
  CHECK(dependents_ == 0);
  close_cursors();
  mdb_txn_abort(txn_);
  end();
}

void Transaction::end() {
  txn_ = nullptr;
  if (parent_ != nullptr) {
    --parent_->dependents_;
  } else {
    owner_->ended(access_ == Access::write);
  }
}

Error Transaction::fail(Error error) const {
  if (!failure_) failure_ = error;
  if (parent_ != nullptr && error.code != ErrorCode::invalid) parent_->fail(error);
  return error;
}

HeldRows* Transaction::held(TableId table) const {
  for (const Hold& hold : held_) {
    if (hold.dbi == table.dbi) return hold.rows.get();
  }
  return nullptr;
}

HeldRows& Transaction::hold(TableId table, std::unique_ptr<HeldRows> rows) {
  CHECK(access_ == Access::write && held(table) == nullptr);
  held_.push_back({table.dbi, std::move(rows)});
  return *held_.back().rows;
}

Result<void> Transaction::release(TableId table) const {
  auto hold = std::ranges::find(held_, table.dbi, &Hold::dbi);
  if (hold == held_.end()) return {};
  auto rows = std::move(hold->rows);
  held_.erase(hold);
  const uint64_t changes = changes_;  // they were counted when they were made
  auto written = rows->write();
  changes_ = changes;
  return written;
}

Result<void> Transaction::release_all() const {
  while (!held_.empty()) RETURN_IF_ERROR(release(TableId{held_.back().dbi}));
  return {};
}

Result<std::optional<std::string_view>> Transaction::get(TableId table,
                                                         std::string_view key) const {
  RETURN_IF_ERROR(release(table));
  return get_written(table, key);
}

Result<std::optional<std::string_view>> Transaction::get_written(TableId table,
                                                                 std::string_view key) const {
  MDB_val wanted = to_val(key);
  MDB_val stored{};
  int rc = mdb_get(txn_, table.dbi, &wanted, &stored);
  if (rc == MDB_NOTFOUND) return std::optional<std::string_view>();
  if (rc != 0) return fail(lmdb_error(rc, "reading"));
  auto payload = open_value(wanted, stored);
  if (!payload.ok()) return fail(payload.error());
  return std::optional<std::string_view>(*payload);
}

Result<bool> Transaction::write(TableId table, std::string_view key, std::string_view value,
                                unsigned flags) {
  CHECK(access_ == Access::write);
  RETURN_IF_ERROR(release(table));
  // Copies: both views may point into pages that the put is about to move or to free. The room for
  // them is kept, because this is called several times for each event.
  static thread_local std::string where;
  static thread_local std::string stored;
  where.assign(key);
  seal_value(where, value, stored);
  MDB_val key_val = to_val(where);
  MDB_val stored_val = to_val(stored);
  auto cursor = cursor_of(table);
  if (!cursor.ok()) return fail(cursor.error());
  int rc = mdb_cursor_put(*cursor, &key_val, &stored_val, flags);
  if (rc == MDB_KEYEXIST) return false;
  if (rc != 0) return fail(lmdb_error(rc, "writing"));
  ++changes_;
  return true;
}

Result<MDB_cursor*> Transaction::cursor_of(TableId table) const {
  if (cursors_.size() <= table.dbi) cursors_.resize(table.dbi + 1);
  MDB_cursor*& cursor = cursors_[table.dbi];
  if (cursor != nullptr) return cursor;
  int rc = mdb_cursor_open(txn_, table.dbi, &cursor);
  if (rc != 0) return lmdb_error(rc, "opening a cursor");
  return cursor;
}

void Transaction::close_cursor(TableId table) const {
  if (cursors_.size() <= table.dbi || cursors_[table.dbi] == nullptr) return;
  mdb_cursor_close(std::exchange(cursors_[table.dbi], nullptr));
}

void Transaction::close_cursors() const {
  for (MDB_cursor* cursor : cursors_) {
    if (cursor != nullptr) mdb_cursor_close(cursor);
  }
  cursors_.clear();
}

Result<void> Transaction::put(TableId table, std::string_view key, std::string_view value) {
  auto written = write(table, key, value, 0);
  return written.ok() ? Result<void>() : written.error();
}

Result<bool> Transaction::insert(TableId table, std::string_view key, std::string_view value) {
  return write(table, key, value, MDB_NOOVERWRITE);
}

Result<void> Transaction::append(TableId table, std::string_view key, std::string_view value) {
  auto written = write(table, key, value, MDB_APPEND);
  if (!written.ok()) return written.error();
  const bool key_rises = *written;
  CHECK(key_rises);  // what is out of order is our own mistake
  return {};
}

Result<bool> Transaction::erase(TableId table, std::string_view key) {
  RETURN_IF_ERROR(release(table));
  return erase_written(table, key);
}

Result<bool> Transaction::erase_written(TableId table, std::string_view key) {
  CHECK(access_ == Access::write);
  // What LMDB does to the pages when it erases is not asked of a cursor that stays.
  close_cursor(table);
  MDB_val where = to_val(key);
  int rc = mdb_del(txn_, table.dbi, &where, nullptr);
  if (rc == MDB_NOTFOUND) return false;
  if (rc != 0) return fail(lmdb_error(rc, "erasing"));
  ++changes_;
  return true;
}

Result<uint64_t> Transaction::count(TableId table) const {
  RETURN_IF_ERROR(release(table));
  MDB_stat stat{};
  int rc = mdb_stat(txn_, table.dbi, &stat);
  if (rc != 0) return fail(lmdb_error(rc, "counting"));
  return uint64_t(stat.ms_entries);
}

Result<void> Transaction::commit() {
  CHECK(access_ == Access::write && txn_ != nullptr);
  CHECK(dependents_ == 0);
  if (!failure_) RETURN_IF_ERROR(release_all());
  if (failure_) return *failure_;
  close_cursors();
  int rc = mdb_txn_commit(txn_);
  if (parent_ != nullptr && rc == 0) parent_->changes_ += changes_;
  end();
  if (rc == 0) return {};
  // LMDB looks for room before it writes anything, so that this outcome is known.
  if (rc != MDB_MAP_FULL) owner_->latch();
  return fail(lmdb_error(rc, "committing"));
}

Result<Transaction> Transaction::child() {
  CHECK(access_ == Access::write && txn_ != nullptr);
  RETURN_IF_ERROR(release_all());
  close_cursors();
  MDB_txn* inner = nullptr;
  int rc = mdb_txn_begin(mdb_txn_env(txn_), txn_, 0, &inner);
  if (rc != 0) return fail(lmdb_error(rc, "nesting a transaction"));
  return Transaction(owner_, Access::write, inner, this);
}

Range::Range(const Transaction& transaction, TableId table) : transaction_(transaction) {
  if (auto released = transaction.release(table); !released.ok()) released_ = released.error();
  open_error_ = mdb_cursor_open(transaction.txn_, table.dbi, &cursor_);
  ++transaction_.dependents_;
}

Range::~Range() {
  if (cursor_ != nullptr) mdb_cursor_close(cursor_);
  --transaction_.dependents_;
}

Result<bool> Range::move(unsigned operation, std::string_view key) {
  if (released_) return *released_;
  if (open_error_ != 0) return transaction_.fail(lmdb_error(open_error_, "opening a cursor"));
  MDB_val where = to_val(key);
  MDB_val stored{};
  int rc = mdb_cursor_get(cursor_, &where, &stored, MDB_cursor_op(operation));
  if (rc == MDB_NOTFOUND) return false;
  if (rc != 0) return transaction_.fail(lmdb_error(rc, "walking"));
  auto payload = open_value(where, stored);
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
