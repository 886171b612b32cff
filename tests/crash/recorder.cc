#include "tests/crash/recorder.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <utility>

#include "common/base/check.h"

namespace jieban::crash {
namespace {

constexpr uint64_t kPageSize = 4096;

struct OpenFile {
  int file = 0;
  std::string directory;  // set when it is one
  bool is_directory = false;
  bool synced_writes = false;
  bool ignored = false;
};

struct Log {
  std::string root;  // empty: not recording
  Names names;
  std::map<int, OpenFile> open;
  std::vector<Op> ops;
  int file_last = 0;
};

Log& current() {
  static Log log;
  return log;
}

template <class Function>
Function real(const char* name) {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

// False when the path is not below the recorded root.
bool below_root(const char* path, std::string& relative) {
  const Log& log = current();
  std::string whole(path);
  if (log.root.empty() || whole.compare(0, log.root.size(), log.root) != 0) return false;
  if (whole.size() > log.root.size() && whole[log.root.size()] != '/') return false;
  relative = whole.size() > log.root.size() ? whole.substr(log.root.size() + 1) : "";
  return true;
}

bool is_lock(const std::string& path) {
  return path.ends_with("lock.mdb") || path.ends_with(".lock");
}

OpenFile* opened(int fd) {
  Log& log = current();
  if (log.root.empty()) return nullptr;
  auto found = log.open.find(fd);
  return found == log.open.end() || found->second.ignored ? nullptr : &found->second;
}

void note(Op op) { current().ops.push_back(std::move(op)); }

void note_open(int fd, const std::string& path, int flags) {
  Log& log = current();
  OpenFile file;
  struct stat info {};
  CHECK(::fstat(fd, &info) == 0);
  if (S_ISDIR(info.st_mode)) {
    file.is_directory = true;
    file.directory = path;
  } else {
    auto known = log.names.find(path);
    if (known == log.names.end()) {
      CHECK((flags & O_CREAT) != 0);
      known = log.names.emplace(path, ++log.file_last).first;
      note({.kind = Op::Kind::create, .file = known->second, .path = path});
    }
    file.file = known->second;
    file.ignored = is_lock(path);
    file.synced_writes = (flags & (O_DSYNC | O_SYNC)) != 0;
    if ((flags & O_TRUNC) != 0 && !file.ignored) {
      note({.kind = Op::Kind::resize, .file = file.file, .path = path});
    }
  }
  log.open[fd] = file;
}

void note_write(const OpenFile& file, const char* bytes, uint64_t size, uint64_t offset) {
  while (size > 0) {
    uint64_t part = std::min(size, kPageSize - offset % kPageSize);
    note({.kind = Op::Kind::write,
          .file = file.file,
          .offset = offset,
          .bytes = std::string(bytes, part)});
    if (file.synced_writes) note({.kind = Op::Kind::sync_write, .file = file.file});
    bytes += part;
    offset += part;
    size -= part;
  }
}

void note_sync(int fd) {
  const OpenFile* file = opened(fd);
  if (file == nullptr) return;
  if (file->is_directory) {
    note({.kind = Op::Kind::sync_directory, .path = file->directory});
  } else {
    note({.kind = Op::Kind::sync, .file = file->file});
  }
}

uint64_t position(int fd) { return uint64_t(std::max<off_t>(::lseek(fd, 0, SEEK_CUR), 0)); }

}  // namespace

Recording::Recording(const std::string& root, const Names& names) {
  Log& log = current();
  CHECK(log.root.empty());
  log = Log();
  log.root = root;
  log.names = names;
  for (const auto& name : names) log.file_last = std::max(log.file_last, name.second);
}

Recording::~Recording() { current() = Log(); }

void Recording::acknowledge(uint64_t number) {
  note({.kind = Op::Kind::acknowledge, .number = number});
}

std::vector<Op> Recording::stop() {
  std::vector<Op> ops = std::move(current().ops);
  current() = Log();
  return ops;
}

}  // namespace jieban::crash

// The system calls through which LMDB and common/base change files.

using namespace jieban::crash;  // NOLINT: the functions below belong to no namespace

extern "C" int open(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  static const auto call = real<int (*)(const char*, int, ...)>("open");
  int fd = call(path, flags, mode);
  std::string relative;
  if (fd >= 0 && below_root(path, relative)) note_open(fd, relative, flags);
  return fd;
}

extern "C" int close(int fd) {
  static const auto call = real<int (*)(int)>("close");
  current().open.erase(fd);
  return call(fd);
}

extern "C" ssize_t write(int fd, const void* bytes, size_t size) {
  static const auto call = real<ssize_t (*)(int, const void*, size_t)>("write");
  const OpenFile* file = opened(fd);
  uint64_t offset = file != nullptr ? position(fd) : 0;
  ssize_t done = call(fd, bytes, size);
  if (file != nullptr && done > 0) {
    note_write(*file, static_cast<const char*>(bytes), uint64_t(done), offset);
  }
  return done;
}

extern "C" ssize_t pwrite(int fd, const void* bytes, size_t size, off_t offset) {
  static const auto call = real<ssize_t (*)(int, const void*, size_t, off_t)>("pwrite");
  ssize_t done = call(fd, bytes, size, offset);
  const OpenFile* file = opened(fd);
  if (file != nullptr && done > 0) {
    note_write(*file, static_cast<const char*>(bytes), uint64_t(done), uint64_t(offset));
  }
  return done;
}

extern "C" ssize_t writev(int fd, const iovec* parts, int count) {
  static const auto call = real<ssize_t (*)(int, const iovec*, int)>("writev");
  const OpenFile* file = opened(fd);
  uint64_t offset = file != nullptr ? position(fd) : 0;
  ssize_t done = call(fd, parts, count);
  uint64_t left = done > 0 && file != nullptr ? uint64_t(done) : 0;
  for (int i = 0; i < count && left > 0; ++i) {
    uint64_t size = std::min<uint64_t>(parts[i].iov_len, left);
    note_write(*file, static_cast<const char*>(parts[i].iov_base), size, offset);
    offset += size;
    left -= size;
  }
  return done;
}

extern "C" int ftruncate(int fd, off_t size) noexcept {
  static const auto call = real<int (*)(int, off_t)>("ftruncate");
  int rc = call(fd, size);
  const OpenFile* file = opened(fd);
  if (rc == 0 && file != nullptr) {
    note({.kind = Op::Kind::resize, .file = file->file, .offset = uint64_t(size)});
  }
  return rc;
}

extern "C" int fsync(int fd) {
  static const auto call = real<int (*)(int)>("fsync");
  int rc = call(fd);
  if (rc == 0) note_sync(fd);
  return rc;
}

extern "C" int fdatasync(int fd) {
  static const auto call = real<int (*)(int)>("fdatasync");
  int rc = call(fd);
  if (rc == 0) note_sync(fd);
  return rc;
}

extern "C" int mkdir(const char* path, mode_t mode) noexcept {
  static const auto call = real<int (*)(const char*, mode_t)>("mkdir");
  int rc = call(path, mode);
  std::string relative;
  if (rc == 0 && below_root(path, relative)) {
    note({.kind = Op::Kind::make_directory, .path = relative});
  }
  return rc;
}

extern "C" int rename(const char* from, const char* to) noexcept {
  static const auto call = real<int (*)(const char*, const char*)>("rename");
  int rc = call(from, to);
  std::string source;
  std::string target;
  if (rc == 0 && below_root(from, source) && below_root(to, target)) {
    int file = current().names[source];
    current().names.erase(source);
    current().names[target] = file;
    note({.kind = Op::Kind::rename, .file = file, .path = source, .target = target});
  }
  return rc;
}

extern "C" int unlink(const char* path) noexcept {
  static const auto call = real<int (*)(const char*)>("unlink");
  int rc = call(path);
  std::string relative;
  if (rc == 0 && below_root(path, relative)) {
    current().names.erase(relative);
    note({.kind = Op::Kind::unlink, .path = relative});
  }
  return rc;
}
