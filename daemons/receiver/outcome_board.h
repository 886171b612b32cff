// OutcomeBoard: where those who asked wait for what the router decided.
//
// The loop posts, any thread waits. The last few thousand are kept, because an answer may come
// before its asker begins to wait; all stand in the table of commands anyway.
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>

#include "daemons/receiver/receiver.h"

namespace jieban {

class OutcomeBoard {
 public:
  // Waits until the outcome of `sequence` is posted, at most `most` of real time.
  std::optional<CommandOutcome> wait(uint64_t sequence, Duration most);
  void post(const CommandOutcome& outcome);

 private:
  static constexpr size_t kKeptMax = 4096;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<uint64_t, CommandOutcome> posted_;
};

}  // namespace jieban
