// A directory that goes away with its owner. Tests put everything they write below it.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <string>

#include "common/base/check.h"

namespace jieban {

class TempDir {
 public:
  // `base` may be /dev/shm where speed matters and nothing needs a disk.
  explicit TempDir(const std::string& base = std::filesystem::temp_directory_path()) {
    std::string pattern = base + "/jieban-test-XXXXXX";
    CHECK(mkdtemp(pattern.data()) != nullptr);
    root_ = pattern;
  }
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;
  ~TempDir() {
    std::error_code ignored;
    std::filesystem::remove_all(root_, ignored);
  }
  const std::string& root() const { return root_; }
  std::string path(const std::string& name) const { return root_ + "/" + name; }

 private:
  std::string root_;
};

}  // namespace jieban
