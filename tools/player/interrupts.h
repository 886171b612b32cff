// Ctrl-C and SIGTERM as something to look at, so that a demonstration always tidies up.
//
// REQUIRES: made before any thread is started; threads inherit the blocked signals.
// Thread rule: one thread.
#pragma once

#include "common/base/clock.h"
#include "common/base/file.h"
#include "common/base/result.h"

namespace jieban {

class Interrupts {
 public:
  static Result<Interrupts> take();

  // Passes the time; false as soon as somebody has interrupted.
  bool wait(Duration at_most);
  bool interrupted() const { return interrupted_; }

 private:
  explicit Interrupts(FileDescriptor signals) : signals_(std::move(signals)) {}

  FileDescriptor signals_;
  bool interrupted_ = false;
};

}  // namespace jieban
