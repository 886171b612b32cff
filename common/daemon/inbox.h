// Inbox: how inputs of the edges, which live in threads of their own, reach the loop.
//
// A group is applied in one transaction, whole; its asker is answered after the commit. Bounded:
// what does not fit is refused at once (`unavailable`), so that a flood waits outside.
// Thread rule: submit() from any thread, the rest from the loop's.
#pragma once

#include <deque>
#include <functional>
#include <mutex>
#include <vector>

#include "common/base/file.h"
#include "common/daemon/fold.h"

namespace jieban {

struct GroupAnswer {
  std::optional<Error> error;  // the whole group failed, nothing of it was applied
  std::vector<Result<std::string>> answers;
};

struct InputGroup {
  std::vector<Input> inputs;
  bool intake = false;                    // comes from outside: refused first when a store fills up
  std::function<void(GroupAnswer)> done;  // called once, from the loop's thread
};

class Inbox {
 public:
  Inbox();
  // `unavailable` when too much is waiting; `done` is then not called.
  Result<void> submit(InputGroup group);
  // As submit, and waits for the answer. Not from the loop's thread.
  GroupAnswer call(std::vector<Input> inputs, bool intake);

  // The next group, if it fits into `count_max` inputs (a first group always fits).
  std::optional<InputGroup> take(size_t count_max);
  bool empty() const;
  // Readable while something waits.
  int descriptor() const { return event_.get(); }
  void clear_descriptor();
  // Answers everything that waits with the error; later submits are refused with it.
  void close(const Error& why);

 private:
  mutable std::mutex mutex_;
  std::deque<InputGroup> groups_;
  size_t waiting_ = 0;
  std::optional<Error> closed_;
  FileDescriptor event_;
};

}  // namespace jieban
