#include "tests/integration/delivery_kill/stage_gate.h"

namespace jieban {

void StageGate::stop_at(Stage stage, size_t nth) {
  std::lock_guard<std::mutex> guard(mutex_);
  stage_ = stage;
  left_ = nth;
}

bool StageGate::wait_stopped(Duration at_most) {
  std::unique_lock<std::mutex> lock(mutex_);
  return changed_.wait_for(lock, at_most, [this] { return stopped_; });
}

void StageGate::go_on() {
  std::lock_guard<std::mutex> guard(mutex_);
  left_ = 0;
  stopped_ = false;
  changed_.notify_all();
}

void StageGate::end() {
  std::lock_guard<std::mutex> guard(mutex_);
  ending_ = true;
  changed_.notify_all();
}

// Of the delivery that is to stop: the count has come down to one.
void StageGate::reach(Stage stage) {
  std::unique_lock<std::mutex> lock(mutex_);
  if (left_ != 1 || stage_ != stage) return;
  stopped_ = true;
  changed_.notify_all();
  changed_.wait(lock, [this] { return !stopped_ || ending_; });
}

void StageGate::next() {
  std::lock_guard<std::mutex> guard(mutex_);
  if (left_ > 1) --left_;
}

}  // namespace jieban
