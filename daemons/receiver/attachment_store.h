// AttachmentStore: sealed files under the SHA-256 of what is in them, `ab/cdef...` below a folder.
//
// Promises: put() returns when the file is on disk whole: written beside, synced, renamed, the
// folder synced; before that there is at most a `.tmp`. A name is a hash and nothing else. What no
// row knows (a crash before the commit, a refusal) goes by sweep().
// Fails: `full` when the disk is, or would have less than the reserve left; `not_found`; `io`.
// Thread rule: none of its own; whoever calls sees to it that one writes or sweeps at a time.
#pragma once

#include <functional>
#include <string>

#include "common/base/result.h"

namespace jieban {

class AttachmentStore {
 public:
  AttachmentStore(std::string directory, size_t disk_free_min)
      : directory_(std::move(directory)), disk_free_min_(disk_free_min) {}

  // REQUIRES of each: `hash` is 64 hexadecimal digits in lower case.
  Result<void> put(const std::string& hash, std::string_view sealed) const;
  Result<std::string> get(const std::string& hash, size_t size_max) const;
  Result<void> remove(const std::string& hash) const;
  // Erases every file that is not the file of a known hash; tells how many.
  Result<size_t> sweep(const std::function<Result<bool>(const std::string& hash)>& is_known) const;

  std::string path_of(const std::string& hash) const;

 private:
  std::string directory_;
  size_t disk_free_min_;
};

}  // namespace jieban
