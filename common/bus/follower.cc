#include "common/bus/follower.h"

#include <algorithm>

#include "common/base/limits.h"
#include "common/base/log.h"

namespace jieban {
namespace {

// Frames ready to be taken, of each upstream as much as a whole batch: the core does not wait for
// the network, and whoever was away for long still has a bounded heap.
constexpr size_t kReadyBytesMax = limits::kBatchBytesMax;
// Below this more is fetched: half a batch.
constexpr size_t kFetchBelow = kReadyBytesMax / 2;
// Frames that came ahead of a gap: what does not fit is fetched again.
constexpr size_t kHeldBytesMax = limits::kBatchBytesMax / 4;

// Exponential, capped, with full jitter over the upper half: those who lost the same publisher
// do not come back in step.
Duration backoff(int failures, Random& random) {
  auto base = std::chrono::duration_cast<Duration>(limits::kFetchTimeout);
  auto most = std::chrono::duration_cast<Duration>(limits::kFetchBackoffMax);
  Duration delay = std::min(most, base * (int64_t{1} << std::min(failures, 10)));
  return delay / 2 + Duration(random.below(uint64_t(delay.count()) / 2 + 1));
}

}  // namespace

Follower::Follower(std::string stream, std::string consumer, uint64_t epoch, uint64_t applied)
    : stream_(std::move(stream)),
      consumer_(std::move(consumer)),
      epoch_(epoch),
      applied_(applied),
      received_(applied),
      head_(applied) {}

bool Follower::accept_epoch(const Frame& frame) {
  if (epoch_ == 0) epoch_ = frame.epoch;
  std::string why;
  if (frame.epoch != epoch_) {
    why = "its epoch changed: the publisher was restored or recreated";
  } else if (frame.refusal == kRefusedAhead) {
    why = "this daemon has applied more than the publisher holds: it was restored from a backup";
  } else if (frame.refusal == kRefusedTrimmed) {
    why = "the publisher has erased records that were not applied here";
  }
  if (why.empty()) return true;
  diverged_ = why;
  ready_.clear();
  ready_bytes_ = 0;
  held_.clear();
  held_bytes_ = 0;
  log(LogLevel::error, "stream_diverged",
      {{"stream", stream_}, {"applied", applied_}, {"why", diverged_}});
  return false;
}

void Follower::offer(std::string bytes, Duration now) {
  if (!diverged_.empty()) return;
  OwnedFrame owned{std::make_unique<const std::string>(std::move(bytes)), {}};
  auto frame = decode_frame(*owned.bytes);
  if (!frame.ok() || frame->stream != stream_) {
    ++counts_.dropped;
    log(LogLevel::warning, "frame_dropped",
        {{"stream", stream_}, {"why", frame.ok() ? "another stream" : frame.error().message}});
    return;
  }
  owned.frame = std::move(*frame);
  if (!accept_epoch(owned.frame)) return;
  // A publisher that comes back after a silence is asked at once, whatever the backoff has become.
  if (now - heard_at_ > 2 * limits::kHeartbeatInterval) {
    fetch_failures_ = 0;
    fetch_again_at_ = std::min(fetch_again_at_, now);
  }
  heard_at_ = std::max(now, Duration(1));
  head_ = std::max(head_, owned.frame.head);
  if (owned.frame.records.empty()) {
    // The answer to a fetch that found nothing new.
    if (fetch_from_ > owned.frame.head) {
      fetch_from_ = 0;
      fetch_failures_ = 0;
    }
    return;
  }
  place(std::move(owned));
  admit_held();
}

bool Follower::room_for(size_t bytes) const {
  return ready_.empty() || ready_bytes_ + bytes <= kReadyBytesMax;
}

void Follower::place(OwnedFrame owned) {
  uint64_t first = owned.frame.first;
  uint64_t last = first + owned.frame.records.size() - 1;
  size_t size = owned.bytes->size();
  if (last <= received_) {
    counts_.duplicates += owned.frame.records.size();
    return;
  }
  if (first > received_ + 1) {
    if (!gap_noted_) ++counts_.gaps;
    gap_noted_ = true;
    bool fits = held_.size() < limits::kHeldFramesMax && held_bytes_ + size <= kHeldBytesMax;
    if (fits && held_.try_emplace(first, std::move(owned)).second) {
      held_bytes_ += size;
    } else {
      ++counts_.dropped;
    }
    return;
  }
  if (!room_for(size)) {
    ++counts_.dropped;
    return;
  }
  auto skip = size_t(received_ + 1 - first);
  counts_.duplicates += skip;
  received_ = last;
  if (fetch_from_ != 0 && fetch_from_ <= received_) {
    fetch_from_ = 0;
    fetch_failures_ = 0;
    fetch_again_at_ = {};
  }
  gap_noted_ = false;
  ready_bytes_ += size;
  ready_.push_back(Run{std::move(owned), skip});
}

void Follower::admit_held() {
  while (!held_.empty() && held_.begin()->first <= received_ + 1) {
    if (!room_for(held_.begin()->second.bytes->size())) return;
    OwnedFrame owned = std::move(held_.begin()->second);
    held_.erase(held_.begin());
    held_bytes_ -= owned.bytes->size();
    place(std::move(owned));
  }
}

std::optional<Run> Follower::take() {
  if (ready_.empty() || !diverged_.empty()) return std::nullopt;
  Run run = std::move(ready_.front());
  ready_.pop_front();
  ready_bytes_ -= run.owned.bytes->size();
  admit_held();
  return run;
}

void Follower::commit(uint64_t sequence) {
  CHECK(sequence >= applied_ && sequence <= received_);
  applied_ = sequence;
}

void Follower::rewind() {
  ready_.clear();
  ready_bytes_ = 0;
  held_.clear();
  held_bytes_ = 0;
  received_ = applied_;
  fetch_from_ = 0;
  fetch_again_at_ = {};
}

std::optional<std::string> Follower::request(Duration now, Random& random) {
  if (!diverged_.empty()) return std::nullopt;
  // Before anything was heard, a fetch serves as the question "where are you?".
  bool behind = received_ < head_ || heard_at_.count() == 0;
  bool room = ready_bytes_ < kFetchBelow;
  if (behind && room && now >= fetch_again_at_) {
    if (fetch_from_ != 0) ++fetch_failures_;
    fetch_from_ = received_ + 1;
    fetch_again_at_ = now + backoff(fetch_failures_, random);
    acknowledge_at_ = now + limits::kAcknowledgeInterval;
    ++counts_.fetches;
    return encode_fetch({consumer_, stream_, epoch_, applied_, fetch_from_});
  }
  if (now < acknowledge_at_ || heard_at_.count() == 0) return std::nullopt;
  acknowledge_at_ = now + limits::kAcknowledgeInterval;
  return encode_fetch({consumer_, stream_, epoch_, applied_, 0});
}

Duration Follower::next_request_at() const {
  if (!diverged_.empty()) return Duration::max();
  bool behind = received_ < head_ || heard_at_.count() == 0;
  if (!behind || ready_bytes_ >= kFetchBelow) return acknowledge_at_;
  return heard_at_.count() == 0 ? fetch_again_at_ : std::min(fetch_again_at_, acknowledge_at_);
}

}  // namespace jieban
