// Files as the durability rules want them: whole reads with a limit, atomic synced writes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "common/base/result.h"

namespace jieban {

// Owns a descriptor; closes it on destruction.
class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int fd) : fd_(fd) {}
  FileDescriptor(FileDescriptor&& other) noexcept : fd_(other.release()) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept;
  ~FileDescriptor();
  int get() const { return fd_; }
  bool valid() const { return fd_ >= 0; }
  int release();

 private:
  int fd_ = -1;
};

// The error of errno: "opening /x/y: No such file or directory". ENOSPC and EDQUOT give `full`.
Error system_error(std::string_view doing);

// `limit` error when the file is longer than `size_max` bytes.
Result<std::string> read_file(const std::string& path, size_t size_max);
// Writes beside the file, syncs, renames over it and syncs the directory: after a power cut there
// is the old content or the new, never a part.
Result<void> write_file(const std::string& path, std::string_view content, unsigned mode = 0640);
// Creates the directory and its parents, and syncs what it created.
Result<void> make_directories(const std::string& path, unsigned mode = 0750);
Result<void> sync_directory(const std::string& path);
// Free bytes for an ordinary user on the file system of `path`.
Result<size_t> free_space(const std::string& path);

// An advisory lock that the kernel drops when the process ends. `conflict` when held by another.
Result<FileDescriptor> lock_file(const std::string& path);

}  // namespace jieban
