// Of what the next batch is made; a part of engine.cc.
#include <algorithm>

#include "common/base/limits.h"
#include "common/daemon/engine.h"

namespace jieban {
namespace {

// Less than this is no load, and more is a batch worth its transaction.
constexpr size_t kGatherBytesMin = 16 * 1024;
constexpr size_t kGatherBytesMax = limits::kBatchBytesMax / 8;

}  // namespace

bool Engine::gathers(Duration now) const {
  if (now >= stepped_at_ + options_.gathering) return false;
  size_t bytes = 0;
  for (const Follower& follower : followers_) bytes += follower.ready_bytes();
  return bytes >= kGatherBytesMin && bytes <= kGatherBytesMax;
}

// Takes a run of each upstream, and then of those with whom most is waiting: what does not fit into
// a queue has to be sent again. A run is never split: the last one may overshoot by a frame.
void Engine::collect_runs(Batch& batch) {
  size_t events = 0;
  size_t bytes = 0;
  auto take = [&](size_t from) {
    auto run = followers_[from].take();
    if (!run) return false;
    events += run->owned.frame.records.size() - run->skip;
    bytes += run->owned.bytes->size();
    runs_.push_back(std::move(*run));
    run_owner_.push_back(from);
    return true;
  };
  for (size_t i = 0; i < followers_.size(); ++i) take(i);
  while (events < options_.batch_events_max && bytes < limits::kBatchBytesMax) {
    auto fullest = std::ranges::max_element(followers_, {}, &Follower::ready_bytes);
    if (fullest == followers_.end() || !take(size_t(fullest - followers_.begin()))) break;
  }
  for (size_t i = 0; i < runs_.size(); ++i) {
    const Run& run = runs_[i];
    const auto& records = run.owned.frame.records;
    BatchPart part;
    part.kind = BatchPart::Kind::run;
    part.stream = followers_[run_owner_[i]].stream();
    part.epoch = followers_[run_owner_[i]].epoch();
    part.first = run.first();
    part.records.assign(records.begin() + ptrdiff_t(run.skip), records.end());
    batch.parts.push_back(std::move(part));
  }
}

void Engine::collect_inputs(Batch& batch) {
  size_t left = options_.batch_events_max;
  inbox_.clear_descriptor();
  while (left > 0) {
    auto group = inbox_.take(groups_.empty() ? SIZE_MAX : left);
    if (!group) return;
    if (group->intake && intake_refused()) {
      if (group->done) group->done({Error{ErrorCode::full, "the store is nearly full"}, {}});
      continue;
    }
    left -= std::min(left, group->inputs.size());
    for (Input& input : group->inputs) {
      BatchPart part;
      part.kind = BatchPart::Kind::input;
      part.input = std::move(input);
      batch.parts.push_back(std::move(part));
    }
    groups_.push_back(std::move(*group));
  }
}

}  // namespace jieban
