#include "common/base/file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <system_error>

namespace jieban {

FileDescriptor& FileDescriptor::operator=(FileDescriptor&& other) noexcept {
  if (this != &other) {
    if (fd_ >= 0) ::close(fd_);
    fd_ = other.release();
  }
  return *this;
}

FileDescriptor::~FileDescriptor() {
  if (fd_ >= 0) ::close(fd_);
}

int FileDescriptor::release() {
  int fd = fd_;
  fd_ = -1;
  return fd;
}

Error system_error(std::string_view doing) {
  int number = errno;
  ErrorCode code = ErrorCode::io;
  if (number == ENOENT) code = ErrorCode::not_found;
  if (number == ENOSPC || number == EDQUOT) code = ErrorCode::full;
  return Error{code, std::string(doing) + ": " + std::generic_category().message(number)};
}

Result<std::string> read_file(const std::string& path, size_t size_max) {
  FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.valid()) return system_error("opening " + path);
  std::string content;
  std::array<char, 65536> buffer{};
  while (true) {
    ssize_t count = ::read(file.get(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return system_error("reading " + path);
    if (count == 0) return content;
    content.append(buffer.data(), size_t(count));
    if (content.size() > size_max) {
      return Error{ErrorCode::limit,
                   path + " is longer than " + std::to_string(size_max) + " bytes"};
    }
  }
}

namespace {

Result<void> write_all(int fd, std::string_view content, const std::string& path) {
  while (!content.empty()) {
    ssize_t count = ::write(fd, content.data(), content.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return system_error("writing " + path);
    content.remove_prefix(size_t(count));
  }
  if (::fsync(fd) != 0) return system_error("syncing " + path);
  return {};
}

std::string parent_of(const std::string& path) {
  size_t slash = path.find_last_of('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

}  // namespace

Result<void> write_file(const std::string& path, std::string_view content, unsigned mode) {
  std::string temporary = path + ".tmp";
  {
    FileDescriptor file(
        ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode_t(mode)));
    if (!file.valid()) return system_error("creating " + temporary);
    RETURN_IF_ERROR(write_all(file.get(), content, temporary));
  }
  if (::rename(temporary.c_str(), path.c_str()) != 0) return system_error("renaming to " + path);
  return sync_directory(parent_of(path));
}

Result<void> make_directories(const std::string& path, unsigned mode) {
  if (path.empty() || path == "/") return {};
  struct stat info {};
  if (::stat(path.c_str(), &info) == 0) {
    if (S_ISDIR(info.st_mode)) return {};
    return Error{ErrorCode::invalid, path + " is not a directory"};
  }
  std::string parent = parent_of(path);
  RETURN_IF_ERROR(make_directories(parent, mode));
  if (::mkdir(path.c_str(), mode_t(mode)) != 0 && errno != EEXIST) {
    return system_error("creating " + path);
  }
  return sync_directory(parent);
}

Result<void> sync_directory(const std::string& path) {
  FileDescriptor directory(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!directory.valid()) return system_error("opening " + path);
  if (::fsync(directory.get()) != 0) return system_error("syncing " + path);
  return {};
}

Result<size_t> free_space(const std::string& path) {
  struct statvfs info {};
  if (::statvfs(path.c_str(), &info) != 0) return system_error("statvfs " + path);
  return size_t(info.f_bavail) * info.f_frsize;
}

Result<FileDescriptor> lock_file(const std::string& path) {
  FileDescriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640));
  if (!file.valid()) return system_error("opening lock " + path);
  if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return system_error("locking " + path);
    return Error{ErrorCode::conflict, path + " is held by another running instance"};
  }
  return file;
}

}  // namespace jieban
