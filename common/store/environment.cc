#include "common/store/environment.h"

#include <fcntl.h>
#include <lmdb.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <set>
#include <utility>

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
// A store cut off at birth holds two meta pages and at most two transactions of two pages each; a
// larger file was in use, whatever became of its marker.
constexpr off_t kUnbornSizeMax = 16 * 4096;
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
  static constexpr std::array<Magic, 7> kRemote = {{{0x6969, "NFS"},
                                                    {0x517b, "SMB"},
                                                    {0xff534d42, "CIFS"},
                                                    {0xfe534d42, "SMB2"},
                                                    {0x01021997, "9P"},
                                                    {0x00c36400, "Ceph"},
                                                    {0x0bd00bd0, "Lustre"}}};
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

Error latched_error() {
  return {ErrorCode::io, "an earlier commit failed; its outcome is unknown"};
}

off_t size_of(const std::string& path) {
  struct stat info {};
  return ::stat(path.c_str(), &info) == 0 ? info.st_size : 0;
}

// A directory that an earlier start made, and then was killed, may not be on disk yet. Those that
// we may not even list, and mount points, were there before us.
Result<void> sync_ancestors(std::string path) {
  struct stat below {};
  if (::stat(path.c_str(), &below) != 0) return system_error("looking at " + path);
  while (path.size() > 1) {
    path.resize(std::max<size_t>(path.find_last_of('/'), 1));
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0) return system_error("looking at " + path);
    if (info.st_dev != below.st_dev) return {};
    FileDescriptor directory(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!directory.valid() && (errno == EACCES || errno == EPERM)) return {};
    if (!directory.valid()) return system_error("opening " + path);
    if (::fsync(directory.get()) != 0) return system_error("syncing " + path);
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<Environment>> Environment::open(const EnvironmentOptions& options) {
  std::unique_ptr<Environment> environment(new Environment());
  auto started = environment->start(options);
  if (!started.ok()) return started.error().context("store " + options.path);
  return environment;
}

Environment::~Environment() {
  CHECK(!writing_ && readers_ == 0);
  if (env_ != nullptr) mdb_env_close(env_);
  if (!registered_) return;
  std::lock_guard<std::mutex> guard(open_paths_mutex);
  open_paths().erase(path_);
}

Result<void> Environment::start(const EnvironmentOptions& options) {
  RETURN_IF_ERROR(claim(options.path));
  bool born = ::access((path_ + kMarkerName).c_str(), F_OK) == 0;
  RETURN_IF_ERROR(open_lmdb(options.map_size, born));
  clear_stale_readers();
  auto found = read_format();
  if (!found.ok()) return found.error();
  if (!*found && (born || size_of(path_ + "/data.mdb") > kUnbornSizeMax)) {
    return Error{ErrorCode::corrupt, "there is no format record in it"};
  }
  if (!*found) RETURN_IF_ERROR(bear(options));
  // A process that was killed may have left a transaction, or the marker, in memory only. Whoever
  // reads now will act on it and be believed: first to disk with it.
  int rc = mdb_env_sync(env_, 1);
  if (rc != 0) return lmdb_error(rc, "syncing");
  RETURN_IF_ERROR(sync_directory(path_));
  if (!born) {
    RETURN_IF_ERROR(sync_ancestors(path_));
    // Last: from here on the store counts as born.
    RETURN_IF_ERROR(write_file(path_ + kMarkerName, "jieban store\n", kFileMode));
  }
  return check_format(options);
}

Result<void> Environment::claim(const std::string& path) {
  RETURN_IF_ERROR(make_directories(path, 0700));
  std::array<char, PATH_MAX> resolved{};
  if (::realpath(path.c_str(), resolved.data()) == nullptr) return system_error("resolving");
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
  return {};
}

Result<void> Environment::open_lmdb(size_t map_size, bool born) {
  std::string data = path_ + "/data.mdb";
  // LMDB would make a new, empty store of it.
  if (born && size_of(data) == 0) return Error{ErrorCode::corrupt, data + " is missing or empty"};
  int rc = mdb_env_create(&env_);
  if (rc == 0) rc = mdb_env_set_maxdbs(env_, kTablesMax);
  if (rc == 0) rc = mdb_env_set_mapsize(env_, map_size);
  if (rc == 0) rc = mdb_env_open(env_, path_.c_str(), kFlags, kFileMode);
  if (rc == MDB_INVALID && !born && size_of(data) <= kUnbornSizeMax) {
    mdb_env_close(std::exchange(env_, nullptr));
    if (::unlink(data.c_str()) != 0) return system_error("discarding " + data);
    return open_lmdb(map_size, born);
  }
  if (rc != 0) return lmdb_error(rc, "opening");
  // LMDB 0.9.24 forgets to close it on exec.
  int fd = -1;
  CHECK(mdb_env_get_fd(env_, &fd) == 0);
  if (::fcntl(fd, F_SETFD, FD_CLOEXEC) != 0) return system_error("fcntl");
  // The end of a cut off file reads as zeros, which no check takes for content, not as SIGBUS.
  MDB_envinfo info{};
  MDB_stat stat{};
  mdb_env_info(env_, &info);
  mdb_env_stat(env_, &stat);
  off_t whole = off_t(info.me_last_pgno + 1) * off_t(stat.ms_psize);
  if (size_of(data) < whole && ::ftruncate(fd, whole) != 0) return system_error("extending");
  return {};
}

Result<void> Environment::bear(const EnvironmentOptions& options) {
  format_ = {kSchema, options.new_epoch, options.now, options.stream};
  auto formats = table(kFormatTable);
  if (!formats.ok()) return formats.error();
  auto txn = write();
  if (!txn.ok()) return txn.error();
  RETURN_IF_ERROR(txn->put(*formats, kFormatKey, encode_format(format_)));
  return txn->commit();
}

// False when there is none yet.
Result<bool> Environment::read_format() {
  auto txn = read();
  if (!txn.ok()) return txn.error();
  TableId formats;
  int rc = mdb_dbi_open(txn->txn_, kFormatTable, 0, &formats.dbi);
  if (rc == MDB_NOTFOUND) return false;
  if (rc != 0) return lmdb_error(rc, "opening the format table");
  auto stored = txn->get(formats, kFormatKey);
  if (!stored.ok()) return stored.error();
  if (!*stored) return false;
  if ((*stored)->size() < 20) return Error{ErrorCode::corrupt, "the format record is too short"};
  std::string_view bytes = **stored;
  format_.schema = read_u32(bytes);
  format_.epoch = read_u64(bytes.substr(4));
  format_.created_at = from_micros(int64_t(read_u64(bytes.substr(12))));
  format_.stream = std::string(bytes.substr(20));
  return true;
}

Result<void> Environment::check_format(const EnvironmentOptions& options) const {
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
  if (latched_) return latched_error();
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
  if (rc != MDB_MAP_FULL) latch();
  return lmdb_error(rc, "creating table " + name);
}

Result<Transaction> Environment::write() {
  // A second write transaction in one thread would wait for itself forever.
  CHECK(!writing_);
  if (latched_) return latched_error();
  MDB_txn* txn = nullptr;
  int rc = mdb_txn_begin(env_, nullptr, 0, &txn);
  if (rc != 0) return lmdb_error(rc, "beginning a transaction");
  writing_ = true;
  return Transaction(this, Transaction::Access::write, txn, nullptr);
}

Result<Transaction> Environment::read() const {
  std::lock_guard<std::mutex> guard(readers_mutex_);
  MDB_txn* txn = nullptr;
  int rc = mdb_txn_begin(env_, nullptr, MDB_RDONLY, &txn);
  if (rc != 0) return lmdb_error(rc, "beginning to read");
  ++readers_;
  return Transaction(this, Transaction::Access::read, txn, nullptr);
}

void Environment::ended(bool writer) const {
  if (writer) {
    writing_ = false;
    return;
  }
  std::lock_guard<std::mutex> guard(readers_mutex_);
  --readers_;
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
  while ((rc = mdb_cursor_get(cursor, &key, &pages, MDB_NEXT)) == 0) {
    size_t count = 0;
    std::memcpy(&count, pages.mv_data, sizeof count);  // aligned to two bytes only
    free_pages += count;
  }
  mdb_cursor_close(cursor);
  if (rc != MDB_NOTFOUND) return lmdb_error(rc, "reading the free list");
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
  std::lock_guard<std::mutex> guard(readers_mutex_);
  if (readers_ > 0) return Error{ErrorCode::unavailable, "somebody reads; the map cannot move"};
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
