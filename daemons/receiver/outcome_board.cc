#include "daemons/receiver/outcome_board.h"

namespace jieban {

std::optional<CommandOutcome> OutcomeBoard::wait(uint64_t sequence, Duration most) {
  std::unique_lock<std::mutex> lock(mutex_);
  bool there =
      changed_.wait_for(lock, most, [&] { return posted_.find(sequence) != posted_.end(); });
  if (!there) return std::nullopt;
  auto found = posted_.find(sequence);
  CommandOutcome outcome = std::move(found->second);
  posted_.erase(found);
  return outcome;
}

void OutcomeBoard::post(const CommandOutcome& outcome) {
  {
    std::lock_guard<std::mutex> guard(mutex_);
    posted_[outcome.sequence] = outcome;
    if (posted_.size() > kKeptMax) posted_.erase(posted_.begin());
  }
  changed_.notify_all();
}

}  // namespace jieban
