// The publishing end of one stream, in memory: commits records, makes frames of them, and answers
// fetches as a daemon does.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "common/base/check.h"
#include "common/wire/frame.h"

namespace jieban {

class StreamPublisher {
 public:
  explicit StreamPublisher(std::string stream, uint64_t epoch = 7)
      : stream_(std::move(stream)), epoch_(epoch) {}

  // Commits `count` records and returns the frame that tells of them.
  std::string publish(size_t count) {
    uint64_t first = head() + 1;
    for (size_t i = 0; i < count; ++i) records_.push_back(record(head() + 1));
    return frame(first, count);
  }
  std::string frame(uint64_t first, size_t count) const {
    FrameBuilder builder(stream_, epoch_);
    for (uint64_t sequence = first; sequence < first + count; ++sequence) {
      CHECK(builder.add(sequence, records_.at(sequence - 1)));
    }
    return builder.finish(head());
  }
  std::string heartbeat() const { return encode_heartbeat(stream_, epoch_, head()); }
  // Empty when the request only acknowledges.
  std::optional<std::string> answer(const std::string& request, size_t count_max) {
    auto fetch = decode_fetch(request);
    CHECK(fetch.ok() && fetch->stream == stream_);
    acknowledged_ = std::max(acknowledged_, fetch->applied);
    if (fetch->from == 0) return std::nullopt;
    if (fetch->from > head()) return heartbeat();
    return frame(fetch->from, std::min<uint64_t>(count_max, head() - fetch->from + 1));
  }

  // What stands at `sequence`: of many lengths, the empty one included.
  static std::string record(uint64_t sequence) {
    return std::string(size_t(sequence * 7 % 13), char('a' + sequence % 26));
  }
  uint64_t head() const { return records_.size(); }
  uint64_t acknowledged() const { return acknowledged_; }

 private:
  std::string stream_;
  uint64_t epoch_;
  std::vector<std::string> records_;
  uint64_t acknowledged_ = 0;
};

}  // namespace jieban
