// Signals as something to read: SIGTERM and SIGINT ask for the end, SIGHUP for a reload.
//
// Blocks them for all threads, so it must stand before the first thread starts. SIGPIPE is ignored.
#pragma once

#include "common/base/file.h"

namespace jieban {

class Signals {
 public:
  static Result<Signals> block();
  int descriptor() const { return fd_.get(); }
  // Reads what has come; sets the flags that apply.
  void read(bool& stop, bool& reload);

 private:
  explicit Signals(FileDescriptor fd) : fd_(std::move(fd)) {}
  FileDescriptor fd_;
};

}  // namespace jieban
