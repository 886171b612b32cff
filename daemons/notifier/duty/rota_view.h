// RotaView: the live rota as other threads than the loop's see it, in their own transactions.
//
// What fails and how: `unavailable` before a rota was loaded, and as the store does.
// Thread rule: any thread; made while the core does not run, or in its thread.
#pragma once

#include <mutex>
#include <vector>

#include "daemons/notifier/duty/live_rota.h"

namespace jieban {

class RotaView {
 public:
  // `rota`: open.
  explicit RotaView(const LiveRota& rota) : rota_(rota) {}

  // With all changes.
  Result<RotaBook> book(const Transaction& txn) const;
  Result<std::vector<DutyChange>> changes(const Transaction& txn) const {
    return rota_.changes(txn);
  }

 private:
  LiveRota rota_;
  mutable std::mutex mutex_;  // the book that is kept
};

}  // namespace jieban
