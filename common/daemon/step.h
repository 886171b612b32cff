// Step: one unit of atomic work, and all that a core can touch.
//
// It carries the time, the open write transaction, and collects what the core emits. Nothing of it
// is seen by anybody before the transaction is on disk.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/domain/event.h"
#include "common/store/transaction.h"
#include "common/wire/payload.h"

namespace jieban {

// What a core tells its own edges after the commit: not state, only a knock at the door.
struct Signal {
  std::string topic;
  uint64_t id = 0;
  std::string text;
};

struct Emission {
  std::string_view topic;
  uint64_t order_id = 0;
  std::string payload;
  std::string actor = "system";
  std::optional<Cause> cause = std::nullopt;  // default: the event that is being applied
};

class Step {
 public:
  Step(Timestamp now, std::string stream, uint64_t next_sequence)
      : now_(now), stream_(std::move(stream)), next_sequence_(next_sequence) {}

  // Never earlier than the time of any step before, nor than the event that is being applied.
  Timestamp now() const { return now_; }
  Transaction& store() { return *store_; }
  const std::string& stream() const { return stream_; }

  // The event that is being applied as its stream has it, byte for byte; empty for an input.
  std::string_view record() const { return record_; }

  // Appends to this daemon's stream; returns the sequence.
  uint64_t emit(Emission emission);

  // For the asker of the input that is being applied; sent after the commit.
  void answer(std::string text) { answer_ = std::move(text); }
  // Handed in beside an input, for a table outside of the fold (the receiver's keyring).
  const std::string& secret() const { return *secret_; }
  void signal(Signal signal) { signals_.push_back(std::move(signal)); }

 private:
  friend class Fold;
  struct Emitted {
    uint64_t sequence = 0;
    std::string record;  // its payload stands last
    size_t payload_bytes = 0;

    std::string_view payload() const {
      return std::string_view(record).substr(record.size() - payload_bytes);
    }
  };
  Timestamp now_;
  std::string stream_;
  uint64_t next_sequence_;
  Transaction* store_ = nullptr;
  Cause cause_;  // of what is being applied
  std::string_view record_;
  const std::string* secret_ = nullptr;
  std::string answer_;
  std::vector<Emitted> emitted_;
  std::vector<Signal> signals_;
};

}  // namespace jieban
