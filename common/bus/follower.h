// Follower: makes one upstream stream whole again.
//
// Takes frames in whatever order and number they come, hands out every record exactly once in
// sequence, and says what must be asked of the publisher: a gap, or a head that is ahead, is
// fetched with timeout and backoff. What it holds is bounded; what does not fit is dropped and
// fetched later. A changed epoch, or a cursor that the publisher never reached, stops it for good
// (`diverged`) until an operator decides: applying anything then would be a guess.
// Pure: no sockets, no clock; stepped by tests and by the simulation.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "common/base/clock.h"
#include "common/base/random.h"
#include "common/wire/frame.h"

namespace jieban {

// A decoded frame together with the bytes that its records point into.
struct OwnedFrame {
  std::unique_ptr<const std::string> bytes;
  Frame frame;
};

// Records that follow directly on what was taken before.
struct Run {
  OwnedFrame owned;
  size_t skip = 0;  // records at the front that were taken already

  uint64_t first() const { return owned.frame.first + skip; }
  uint64_t last() const { return owned.frame.first + owned.frame.records.size() - 1; }
};

struct FollowerCounts {
  uint64_t duplicates = 0;  // records that came again
  uint64_t gaps = 0;        // times that something was missing
  uint64_t fetches = 0;     // requests sent
  uint64_t dropped = 0;     // frames that did not fit, or were damaged
};

class Follower {
 public:
  // `epoch` 0: nothing was ever applied; the first frame decides.
  Follower(std::string stream, std::string consumer, uint64_t epoch, uint64_t applied);

  Follower(Follower&&) = default;
  Follower& operator=(Follower&&) = default;

  void offer(std::string bytes, Duration now);
  // The next run, if it is there.
  std::optional<Run> take();
  // Records up to `sequence` are committed.
  void commit(uint64_t sequence);
  // Takes back everything that was handed out but not committed.
  void rewind();

  // What to send to the publisher now, if anything: a fetch, or an acknowledgement.
  std::optional<std::string> request(Duration now, Random& random);
  // When request() should be asked again.
  Duration next_request_at() const;

  const std::string& stream() const { return stream_; }
  uint64_t epoch() const { return epoch_; }
  uint64_t applied() const { return applied_; }
  uint64_t head() const { return head_; }
  // Empty, or why this stream is not followed any more.
  const std::string& diverged() const { return diverged_; }
  // When a frame last came; zero when none ever did.
  Duration heard_at() const { return heard_at_; }
  bool has_ready() const { return !ready_.empty(); }
  size_t ready_bytes() const { return ready_bytes_; }
  bool caught_up() const { return heard_at_.count() != 0 && applied_ >= head_; }
  const FollowerCounts& counts() const { return counts_; }

 private:
  bool accept_epoch(const Frame& frame);
  void place(OwnedFrame owned);
  void admit_held();
  bool room_for(size_t bytes) const;

  std::string stream_;
  std::string consumer_;
  uint64_t epoch_;
  uint64_t applied_;   // committed here
  uint64_t received_;  // the last sequence in ready_, or taken
  uint64_t head_ = 0;
  std::string diverged_;
  std::deque<Run> ready_;
  size_t ready_bytes_ = 0;
  std::map<uint64_t, OwnedFrame> held_;  // ahead of a gap, by first sequence
  size_t held_bytes_ = 0;
  FollowerCounts counts_;
  Duration heard_at_{};
  Duration fetch_again_at_{};  // no fetch before this
  Duration acknowledge_at_{};
  uint64_t fetch_from_ = 0;  // what the outstanding fetch asked for; 0: none
  int fetch_failures_ = 0;
  bool gap_noted_ = false;
};

}  // namespace jieban
