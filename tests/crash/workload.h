// Workload: a store whose whole content is a function of how many transactions it has committed,
// so that whatever is found after a crash can be told right from wrong.
//
// Each transaction does what a daemon's does: it appends an event, changes state, forgets old
// state, undoes a step, trims now and then, and moves a cursor, all at once.
#pragma once

#include <memory>
#include <string>

#include "common/store/cursor_table.h"
#include "common/store/event_log.h"

namespace jieban::crash {

class Workload {
 public:
  static Result<std::unique_ptr<Workload>> open(const std::string& path);

  // The number of transactions in the store.
  Result<uint64_t> committed() const;
  Result<void> commit_next();
  // Empty when the content is exactly that of committed() transactions; else what is wrong.
  std::string verify() const;

 private:
  Workload(std::unique_ptr<Environment> environment, EventLog events, CursorTable cursors,
           TableId orders)
      : environment_(std::move(environment)), events_(events), cursors_(cursors), orders_(orders) {}
  Result<void> change(Transaction& txn, uint64_t number) const;
  Result<void> undo_a_step(Transaction& txn, uint64_t number) const;
  std::string verify_events(const Transaction& txn, uint64_t head) const;
  std::string verify_orders(const Transaction& txn, uint64_t head) const;

  std::unique_ptr<Environment> environment_;
  EventLog events_;
  CursorTable cursors_;
  TableId orders_;
};

// Opens the store below `path` as a restarted daemon would, and judges what it finds there: empty
// when all is right and no fewer than `acknowledged`, no more than `begun` transactions are there.
std::string judge(const std::string& path, uint64_t acknowledged, uint64_t begun);

}  // namespace jieban::crash
