// InboxLoop: the loop of a daemon without its sockets: what waits in an inbox goes to `apply` as
// one batch a group, the group gets its answers, and then `tell` the signals.
//
// Runs in a thread of its own from start() to halt(); pump() does one round by hand.
#pragma once

#include <poll.h>

#include <atomic>
#include <functional>
#include <thread>
#include <utility>

#include "common/base/limits.h"
#include "common/daemon/fold.h"
#include "common/daemon/inbox.h"

namespace jieban {

class InboxLoop {
 public:
  using Apply = std::function<StepOutcome(const Batch&)>;
  using Tell = std::function<void(const StepOutcome&)>;

  InboxLoop(Inbox& inbox, const Clock& clock, Apply apply, Tell tell)
      : inbox_(inbox), clock_(clock), apply_(std::move(apply)), tell_(std::move(tell)) {}
  ~InboxLoop() { halt(); }

  void start() {
    halted_ = false;
    thread_ = std::thread([this] {
      while (!halted_) {
        pollfd wanted{inbox_.descriptor(), POLLIN, 0};
        ::poll(&wanted, 1, 5);
        inbox_.clear_descriptor();
        pump();
      }
    });
  }
  void halt() {
    halted_ = true;
    if (thread_.joinable()) thread_.join();
  }
  void pump() {
    while (auto group = inbox_.take(limits::kBatchEventsMax)) {
      Batch batch{clock_.now(), {}};
      for (Input& input : group->inputs) {
        batch.parts.emplace_back();
        batch.parts.back().kind = BatchPart::Kind::input;
        batch.parts.back().input = std::move(input);
      }
      const StepOutcome outcome = apply_(batch);
      if (group->done) group->done({std::nullopt, outcome.answers});
      tell_(outcome);
    }
  }

 private:
  Inbox& inbox_;
  const Clock& clock_;
  Apply apply_;
  Tell tell_;
  std::atomic<bool> halted_ = true;
  std::thread thread_;
};

}  // namespace jieban
