#include "common/daemon/step.h"

#include "common/wire/record.h"

namespace jieban {

uint64_t Step::emit(Emission emission) {
  Event event;
  event.topic = emission.topic;
  event.occurred_at = now_;
  event.order_id = emission.order_id;
  event.cause = emission.cause ? *std::move(emission.cause) : cause_;
  event.actor = std::move(emission.actor);
  event.payload = std::move(emission.payload);
  emitted_.push_back({next_sequence_++, encode_record(event), event.payload.size()});
  return emitted_.back().sequence;
}

}  // namespace jieban
