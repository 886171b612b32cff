#include "common/store/environment.h"

#include <lmdb.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <climits>
#include <cstdlib>
#include <mutex>
#include <set>

#include "common/base/bytes.h"
#include "common/store/lmdb_error.h"

namespace jieban {
namespace {

constexpr unsigned kTablesMax = 48;
constexpr unsigned kFlags = MDB_NOTLS;  // nothing else: RELIABILITY §2, "What we do" 1
constexpr unsigned kFileMode = 0600;

// Exists once the first transaction, the format record, is safely on disk. A store without it
// never answered anybody, so that leftovers of a power cut at birth may be thrown away.
constexpr char kMarkerName[] = "/FORMAT";
constexpr char kFormatTable[] = "format";
constexpr char kFormatKey[] = "format";

std::mutex open_paths_mutex;
std::set<std::string>& open_paths() {
  static std::set<std::string> paths;
  return paths;
}

// File systems on which mmap and fcntl locks do not hold what LMDB needs.
Result<void> refuse_network_file_system(const std::string& path) {
  struct Magic {
    long number;
    const char* name;
  };
  static constexpr std::array<Magic, 4> kRemote = {
      {{0x6969, "NFS"}, {0x517b, "SMB"}, {0xff534d42, "CIFS"}, {0x01021997, "9P"}}};
  struct statfs info {};
  if (::statfs(path.c_str(), &info) != 0) return system_error("statfs " + path);
  for (const Magic& magic : kRemote) {
    if (long(info.f_type) == magic.number) {
      return invalid(path + " lies on " + magic.name + "; a store needs a local disk");
    }
  }
  return {};
}

std::string encode_format(const StoreFormat& format) {
  std::string out;
  append_u32(out, format.schema);
  append_u64(out, format.epoch);
  append_u64(out, uint64_t(to_micros(format.created_at)));
  out += format.stream;
  return out;
}

}  // namespace

Result<std::unique_ptr<Environment>> Environment::open(const EnvironmentOptions& options) {
  std::unique_ptr<Environment> environment(new Environment());
  auto started = environment->start(options);
  if (!started.ok()) return started.error().context("store " + options.path);
  return environment;
}

Environment::~Environment() {
  CHECK(!writing_);
  if (env_ != nullptr) mdb_env_close(env_);
  if (!registered_) return;
  std::lock_guard<std::mutex> guard(open_paths_mutex);
  open_paths().erase(path_);
}

Result<void> Environment::start(const EnvironmentOptions& options) {
  RETURN_IF_ERROR(make_directories(options.path, 0700));
  std::array<char, PATH_MAX> resolved{};
  if (::realpath(options.path.c_str(), resolved.data()) == nullptr) return system_error("path");
  path_ = resolved.data();
  {
    std::lock_guard<std::mutex> guard(open_paths_mutex);
    if (!open_paths().insert(path_).second) {
      return Error{ErrorCode::conflict, "it is open in this process already"};
    }
    registered_ = true;
  }
  RETURN_IF_ERROR(refuse_network_file_system(path_));
  auto lock = lock_file(path_ + "/instance.lock");
  if (!lock.ok()) return lock.error();
  lock_ = std::move(*lock);

  bool is_new = ::access((path_ + kMarkerName).c_str(), F_OK) != 0;
  if (is_new) {
    ::unlink((path_ + "/data.mdb").c_str());
    ::unlink((path_ + "/lock.mdb").c_str());
  }
  int rc = mdb_env_create(&env_);
  if (rc == 0) rc = mdb_env_set_maxdbs(env_, kTablesMax);
  if (rc == 0) rc = mdb_env_set_mapsize(env_, options.map_size);
  if (rc == 0) rc = mdb_env_open(env_, path_.c_str(), kFlags, kFileMode);
  if (rc != 0) return lmdb_error(rc, "opening");
  clear_stale_readers();
  return is_new ? create(options) : read_format(options);
}

Result<void> Environment::create(const EnvironmentOptions& options) {
  format_ = {kSchema, options.new_epoch, options.now, options.stream};
  auto formats = table(kFormatTable);
  if (!formats.ok()) return formats.error();
  auto txn = write();
  if (!txn.ok()) return txn.error();
  RETURN_IF_ERROR(txn->put(*formats, kFormatKey, encode_format(format_)));
  RETURN_IF_ERROR(txn->commit());
  RETURN_IF_ERROR(sync_directory(path_));
  // Last: from here on the store counts as born.
  return write_file(path_ + kMarkerName, "jieban store, schema " + std::to_string(kSchema) + "\n",
                    kFileMode);
}

Result<void> Environment::read_format(const EnvironmentOptions& options) {
  auto formats = table(kFormatTable);
  if (!formats.ok()) return formats.error();
  auto txn = read();
  if (!txn.ok()) return txn.error();
  auto stored = txn->get(*formats, kFormatKey);
  if (!stored.ok()) return stored.error();
  if (!*stored || (*stored)->size() < 20) return Error{ErrorCode::corrupt, "no format record"};
  std::string_view bytes = **stored;
  format_.schema = read_u32(bytes);
  format_.epoch = read_u64(bytes.substr(4));
  format_.created_at = from_micros(int64_t(read_u64(bytes.substr(12))));
  format_.stream = std::string(bytes.substr(20));
  if (format_.schema > kSchema) {
    return invalid("schema " + std::to_string(format_.schema) + " is newer than this program's " +
                   std::to_string(kSchema) + "; install the newer jieban");
  }
  if (format_.stream != options.stream) {
    return invalid("it belongs to stream " + format_.stream + ", not " + options.stream);
  }
  return {};
}

Result<TableId> Environment::table(const std::string& name) {
  CHECK(!writing_);
  MDB_txn* txn = nullptr;
  int rc = mdb_txn_begin(env_, nullptr, 0, &txn);
  if (rc != 0) return lmdb_error(rc, "opening table " + name);
  TableId id;
  rc = mdb_dbi_open(txn, name.c_str(), MDB_CREATE, &id.dbi);
  if (rc != 0) {
    mdb_txn_abort(txn);
    return lmdb_error(rc, "opening table " + name);
  }
  rc = mdb_txn_commit(txn);
  if (rc == 0) return id;
  latched_ = true;
  return lmdb_error(rc, "creating table " + name);
}

Result<Transaction> Environment::write() {
  // A second write transaction in one thread would wait for itself forever.
  CHECK(!writing_);
  if (latched_) return Error{ErrorCode::io, "an earlier commit failed; its outcome is unknown"};
  MDB_txn* txn = nullptr;
  int rc = mdb_txn_begin(env_, nullptr, 0, &txn);
  if (rc != 0) return lmdb_error(rc, "beginning a transaction");
  writing_ = true;
  return Transaction(this, txn, nullptr);
}

Result<Transaction> Environment::read() const {
  MDB_txn* txn = nullptr;
  int rc = mdb_txn_begin(env_, nullptr, MDB_RDONLY, &txn);
  if (rc != 0) return lmdb_error(rc, "beginning to read");
  return Transaction(nullptr, txn, nullptr);
}

Result<StoreUsage> Environment::usage() const {
  auto txn = read();
  if (!txn.ok()) return txn.error();
  MDB_envinfo info{};
  MDB_stat stat{};
  mdb_env_info(env_, &info);
  mdb_env_stat(env_, &stat);
  // The free list (database 0) holds, per transaction, an array of page numbers and its length.
  size_t free_pages = 0;
  MDB_cursor* cursor = nullptr;
  int rc = mdb_cursor_open(txn->txn_, 0, &cursor);
  if (rc != 0) return lmdb_error(rc, "reading the free list");
  MDB_val key{};
  MDB_val pages{};
  while (mdb_cursor_get(cursor, &key, &pages, MDB_NEXT) == 0) {
    free_pages += *static_cast<const size_t*>(pages.mv_data);
  }
  mdb_cursor_close(cursor);
  size_t all_pages = info.me_last_pgno + 1;
  StoreUsage usage;
  usage.map_bytes = info.me_mapsize;
  usage.used_bytes = (all_pages - std::min(all_pages, free_pages)) * stat.ms_psize;
  usage.file_bytes = all_pages * stat.ms_psize;
  auto space = free_space(path_);
  if (!space.ok()) return space.error();
  usage.disk_free_bytes = *space;
  return usage;
}

Result<void> Environment::set_map_size(size_t bytes) {
  CHECK(!writing_);
  int rc = mdb_env_set_mapsize(env_, bytes);
  if (rc != 0) return lmdb_error(rc, "setting the map size");
  return {};
}

int Environment::clear_stale_readers() {
  int dead = 0;
  return mdb_reader_check(env_, &dead) == 0 ? dead : 0;
}

unsigned Environment::flags() const {
  unsigned flags = 0;
  CHECK(mdb_env_get_flags(env_, &flags) == 0);
  return flags;
}

}  // namespace jieban
