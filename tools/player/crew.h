// The hands of the desk: a few threads, each with a connection of its own, that carry commands to
// the receiver and bring back what became of them.
//
// Promises: at most `kHands` requests at once, fewer than the receiver serves, so that pushes are
// never kept out. Thread rule: hand_out, take_back and stop from one thread.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "tools/player/desk.h"
#include "tools/site/client.h"

namespace jieban {

struct TaskOutcome {
  enum class Kind { done, refused, pending, retry };
  DeskTask task;
  Kind kind = Kind::done;
  std::string reason;
};

class Crew {
 public:
  static constexpr size_t kHands = 6;

  explicit Crew(const Site& site);
  ~Crew();
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;

  bool has_free_hand() const;
  bool is_idle() const;
  void hand_out(DeskTask task);
  std::vector<TaskOutcome> take_back();

 private:
  void work();

  const Site& site_;
  mutable std::mutex mutex_;  // guards all below
  std::condition_variable changed_;
  std::deque<DeskTask> tasks_;
  std::vector<TaskOutcome> outcomes_;
  size_t out_ = 0;  // handed out, not yet done
  bool stopping_ = false;

  std::vector<std::thread> hands_;
};

}  // namespace jieban
