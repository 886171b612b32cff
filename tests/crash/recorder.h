// Recording: every change that this process makes to the files below one directory, in order.
//
// The test program defines write(), fsync() and their like itself (recorder.cc) and passes each
// call on, so that LMDB and common/base run unchanged. Writes are cut into pages, since a disk
// may keep one page of a write and lose the next. What LMDB keeps in its lock file through mmap
// is not seen; it means nothing after a restart, and only the name of such a file is recorded.
// Thread rule: one recording at a time; record and record from one thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace jieban::crash {

struct Op {
  enum class Kind {
    create,          // a file and its name
    make_directory,  //
    rename,          // path to target
    unlink,          //
    write,           // bytes at offset
    resize,          // to offset
    sync,            // all earlier changes of the file are durable
    sync_write,      // the write before it is durable, nothing else (O_DSYNC)
    sync_directory,  // all earlier changes of names in the directory are durable
    acknowledge,     // the caller was told that transaction `number` is safe
  };
  Kind kind;
  int file = 0;
  std::string path{};  // relative to the directory recorded
  std::string target{};
  uint64_t offset = 0;  // of a write; the new size of a resize
  std::string bytes{};
  uint64_t number = 0;
};

using Names = std::map<std::string, int>;  // path to file

class Recording {
 public:
  // `names` are the files that are there already, numbered as in the recording that made them.
  explicit Recording(const std::string& root, const Names& names = {});
  Recording(const Recording&) = delete;
  Recording& operator=(const Recording&) = delete;
  ~Recording();

  void acknowledge(uint64_t number);
  std::vector<Op> stop();
};

}  // namespace jieban::crash
