#include "common/daemon/inbox.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <future>

#include "common/base/limits.h"

namespace jieban {
namespace {

constexpr size_t kWaitingMax = 8 * limits::kBatchEventsMax;

}  // namespace

Inbox::Inbox() : event_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) { CHECK(event_.valid()); }

Result<void> Inbox::submit(InputGroup group) {
  {
    std::lock_guard<std::mutex> guard(mutex_);
    if (closed_) return *closed_;
    if (waiting_ + group.inputs.size() > kWaitingMax && waiting_ > 0) {
      return Error{ErrorCode::unavailable, "too many requests are waiting; try again"};
    }
    waiting_ += group.inputs.size();
    groups_.push_back(std::move(group));
  }
  uint64_t one = 1;
  (void)!::write(event_.get(), &one, sizeof one);  // a full counter is readable already
  return {};
}

GroupAnswer Inbox::call(std::vector<Input> inputs, bool intake) {
  auto promise = std::make_shared<std::promise<GroupAnswer>>();
  auto future = promise->get_future();
  auto submitted = submit({std::move(inputs), intake, [promise](GroupAnswer answer) {
                             promise->set_value(std::move(answer));
                           }});
  if (!submitted.ok()) return {submitted.error(), {}};
  return future.get();
}

std::optional<InputGroup> Inbox::take(size_t count_max) {
  std::lock_guard<std::mutex> guard(mutex_);
  if (groups_.empty() || groups_.front().inputs.size() > count_max) return std::nullopt;
  InputGroup group = std::move(groups_.front());
  groups_.pop_front();
  waiting_ -= group.inputs.size();
  return group;
}

bool Inbox::empty() const {
  std::lock_guard<std::mutex> guard(mutex_);
  return groups_.empty();
}

void Inbox::clear_descriptor() {
  uint64_t ignored = 0;
  (void)!::read(event_.get(), &ignored, sizeof ignored);
}

void Inbox::close(const Error& why) {
  std::deque<InputGroup> groups;
  {
    std::lock_guard<std::mutex> guard(mutex_);
    closed_ = why;
    groups.swap(groups_);
    waiting_ = 0;
  }
  for (InputGroup& group : groups) {
    if (group.done) group.done({why, {}});
  }
}

}  // namespace jieban
