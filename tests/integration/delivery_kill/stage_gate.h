// StageGate: where a gateway of a test stands still, so that the notifier can be killed just there.
//
// Thread rule: the gateway's thread calls reach() and next(), the test all else.
#pragma once

#include <condition_variable>
#include <mutex>

#include "common/base/clock.h"

namespace jieban {

enum class Stage {
  connected,  // nothing has been read
  half_read,  // the first bytes of the request
  read,       // the whole request, and no answer yet
  answered,   // whatever the answer is, it has left
};

class StageGate {
 public:
  // The nth delivery from now on (1: the next) stands still at this stage.
  void stop_at(Stage stage, size_t nth);
  // False when none came so far within the time.
  bool wait_stopped(Duration at_most);
  void go_on();
  // Nothing stands still any more.
  void end();

  // Returns when the delivery may go on.
  void reach(Stage stage);
  // One delivery is over, however.
  void next();

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  Stage stage_ = Stage::connected;
  size_t left_ = 0;  // deliveries until it; 0: none
  bool stopped_ = false;
  bool ending_ = false;
};

}  // namespace jieban
