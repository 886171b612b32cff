// Frame: a run of consecutive records of one stream, as it travels.
//
// The same frame serves live traffic, replay and heartbeats: a commit publishes the run that it
// appended; a fetch is answered with the run that was asked for; a heartbeat is an empty run. Each
// tells the head, so that a lost tail shows. The header is
// {version, stream, epoch, first, count, head, crc32c, refusal}, the body the records in turn, each
// behind its length; the sum is of the body and of the header's other parts.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.h"

namespace jieban {

// The asker has applied more than the publisher ever committed: a backup was restored.
constexpr std::string_view kRefusedAhead = "ahead";
// The asker wants records that retention has erased.
constexpr std::string_view kRefusedTrimmed = "trimmed";

struct Frame {
  std::string stream;
  uint64_t epoch = 0;
  uint64_t first = 0;   // sequence of the first record; head + 1 in a heartbeat
  uint64_t head = 0;    // last committed sequence when the frame was made
  std::string refusal;  // why a fetch can never be served: kRefusedAhead, kRefusedTrimmed, or empty
  std::vector<std::string_view> records;  // into the bytes that were decoded
};

// Collects records until the frame is full.
class FrameBuilder {
 public:
  FrameBuilder(std::string stream, uint64_t epoch);
  // False when the record no longer fits (kFrameBytesMax); an empty frame takes any record.
  // REQUIRES: sequences follow each other.
  bool add(uint64_t sequence, std::string_view record);
  bool empty() const { return count_ == 0; }
  uint64_t next() const { return first_ + count_; }
  // The frame, after which the builder is empty again; its room is kept. The view is valid until
  // the next add().
  std::string_view close(uint64_t head);
  std::string finish(uint64_t head) { return std::string(close(head)); }

 private:
  std::string stream_;
  uint64_t epoch_;
  uint64_t first_ = 0;
  uint64_t count_ = 0;
  std::string bytes_;  // room for the header, and the body
};

std::string encode_heartbeat(const std::string& stream, uint64_t epoch, uint64_t head,
                             std::string_view refusal = {});

// `corrupt` unless every byte is as it should be. The records point into `bytes`.
Result<Frame> decode_frame(std::string_view bytes);

// What a subscriber asks of a publisher: records from `from` on, and at the same time how far it
// has come (`applied`), which is its acknowledgement. `from` 0 only acknowledges.
struct FetchRequest {
  std::string consumer;
  std::string stream;
  uint64_t epoch = 0;
  uint64_t applied = 0;
  uint64_t from = 0;
};

std::string encode_fetch(const FetchRequest& request);
Result<FetchRequest> decode_fetch(std::string_view bytes);

}  // namespace jieban
