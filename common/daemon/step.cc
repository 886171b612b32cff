#include "common/daemon/step.h"

#include "common/wire/record.h"

namespace jieban {

uint64_t Step::emit(const Emission& emission) {
  const Cause& cause = emission.cause ? *emission.cause : cause_;
  emitted_.push_back({next_sequence_++,
                      encode_record({emission.topic, now_, emission.order_id, cause.stream,
                                     cause.sequence, emission.actor, emission.payload}),
                      emission.payload.size()});
  return emitted_.back().sequence;
}

}  // namespace jieban
