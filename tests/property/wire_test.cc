// Whatever is written is read back as it was; whatever is read was written so. A seed fills the
// structs; RapidCheck chooses and prints it.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "common/domain/event.h"
#include "common/domain/events.h"
#include "common/wire/frame.h"
#include "common/wire/payload.h"
#include "common/wire/record.h"
#include "tests/support/filled.h"

namespace jieban {
namespace {

template <class T>
void check_payload(uint64_t seed) {
  SeededRandom random(seed);
  std::string bytes = encode_payload(filled<T>(random, Optionals::mixed));
  auto decoded = decode_payload<T>(bytes);
  RC_ASSERT(decoded.ok());
  RC_ASSERT(encode_payload(*decoded) == bytes);
  RC_ASSERT(payload_to_value(bytes).ok());
}

RC_GTEST_PROP(PayloadProperty, EveryStructComesBack, (uint64_t seed)) {
  check_payload<OrderIntake>(seed);
  check_payload<CommandRequest>(seed);
  check_payload<CommandRefusal>(seed);
  check_payload<OrderOpening>(seed);
  check_payload<OrderMove>(seed);
  check_payload<ClockChanges>(seed);
  check_payload<DeadlineAlert>(seed);
  check_payload<NoticeStep>(seed);
  check_payload<RulesLoaded>(seed);
  check_payload<Quarantined>(seed);
}

RC_GTEST_PROP(PayloadProperty, DamageIsRefusedOrLeavesAWholeStruct, (uint64_t seed)) {
  SeededRandom random(seed);
  std::string bytes = encode_payload(filled<OrderIntake>(random, Optionals::mixed));
  for (uint64_t n = 1 + random.below(3); n > 0; --n) {
    bytes[random.below(bytes.size())] = char(random.below(256));
  }
  auto decoded = decode_payload<OrderIntake>(bytes);
  if (!decoded.ok()) {
    RC_ASSERT(decoded.error().code == ErrorCode::corrupt);
    return;
  }
  std::string again = encode_payload(*decoded);
  RC_ASSERT(encode_payload(*decode_payload<OrderIntake>(again)) == again);
}

// Both ways of reading accept the same bytes and read them to the same struct: as they were
// written, damaged, and with the keys of a newer version among them.
template <class Read, class Written>
void check_both_ways(uint64_t seed) {
  SeededRandom random(seed);
  std::string bytes = encode_payload(filled<Written>(random, Optionals::mixed));
  for (uint64_t n = random.below(3); n > 0; --n) {
    bytes[random.below(bytes.size())] = char(random.below(256));
  }
  if (random.below(8) == 0) bytes.resize(random.below(bytes.size()));
  auto tree = wire_detail::decode_by_tree<Read>(bytes);
  auto either = decode_payload<Read>(bytes);
  Read row;
  bool in_place = wire_detail::InPlace(bytes, wire_detail::Trust::none).read_all(row);
  RC_ASSERT(either.ok() == tree.ok());
  RC_ASSERT(!in_place || tree.ok());
  if (!tree.ok()) return;
  RC_ASSERT(encode_payload(*either) == encode_payload(*tree));
  RC_TAG(in_place ? "in place" : "by tree");
}

// What a summary reads of a payload that holds more.
struct SomeFacts {
  std::string order_no;
  std::optional<Timestamp> due_at;
  std::map<std::string, std::string> others;
  template <class Visit>
  static void fields(Visit& visit) {
    visit("order_no", &SomeFacts::order_no);
    visit("due_at", &SomeFacts::due_at);
    visit("others", &SomeFacts::others);
  }
};

struct SomeIntake {
  SomeFacts facts;
  template <class Visit>
  static void fields(Visit& visit) {
    visit("facts", &SomeIntake::facts);
  }
};

RC_GTEST_PROP(PayloadProperty, InPlaceAndByTreeAgree, (uint64_t seed)) {
  check_both_ways<OrderIntake, OrderIntake>(seed);
  check_both_ways<SomeIntake, OrderIntake>(seed);
  check_both_ways<OrderOpening, OrderOpening>(seed);
  check_both_ways<OrderMove, OrderMove>(seed);
  check_both_ways<ClockChanges, ClockChanges>(seed);
  check_both_ways<NoticeStep, NoticeStep>(seed);
}

RC_GTEST_PROP(PayloadProperty, WhatWeWriteIsReadInPlace, (uint64_t seed)) {
  SeededRandom random(seed);
  std::string bytes = encode_payload(filled<ClockChanges>(random, Optionals::mixed));
  ClockChanges row;
  RC_ASSERT(wire_detail::InPlace(bytes, wire_detail::Trust::none).read_all(row));
}

Event event_of(SeededRandom& random) {
  Filler filler{random};
  Event event;
  filler.fill(event.topic);
  filler.fill(event.occurred_at);
  filler.fill(event.order_id);
  filler.fill(event.cause.stream);
  filler.fill(event.cause.sequence);
  filler.fill(event.actor);
  Bytes payload;
  filler.fill(payload);
  event.payload = payload.data;
  return event;
}

RC_GTEST_PROP(RecordProperty, EveryEventComesBack, (uint64_t seed)) {
  SeededRandom random(seed);
  Event event = event_of(random);
  auto decoded = decode_record(encode_record(event));
  RC_ASSERT(decoded.ok());
  RC_ASSERT(*decoded == event);
}

RC_GTEST_PROP(RecordProperty, DamageNeverGivesWhatCannotBeWritten, (uint64_t seed)) {
  SeededRandom random(seed);
  std::string bytes = encode_record(event_of(random));
  bytes[random.below(bytes.size())] = char(random.below(256));
  auto decoded = decode_record(bytes);
  if (decoded.ok()) RC_ASSERT(*decode_record(encode_record(*decoded)) == *decoded);
}

RC_GTEST_PROP(FrameProperty, EveryRunComesBack,
              (std::vector<std::string> records, uint32_t before, uint32_t after, uint64_t epoch)) {
  RC_PRE(!records.empty());
  FrameBuilder builder("1.router", epoch);
  uint64_t first = uint64_t{before} + 1;
  for (const std::string& record : records)
    RC_ASSERT(builder.add(builder.empty() ? first : builder.next(), record));
  std::string bytes = builder.finish(before + records.size() + after);
  auto frame = decode_frame(bytes);
  RC_ASSERT(frame.ok());
  RC_ASSERT(frame->epoch == epoch);
  RC_ASSERT(frame->first == first);
  RC_ASSERT(frame->head == before + records.size() + after);
  RC_ASSERT(std::vector<std::string>(frame->records.begin(), frame->records.end()) == records);
}

RC_GTEST_PROP(FrameProperty, AnyDamageIsRefused,
              (std::vector<std::string> records, uint64_t seed)) {
  SeededRandom random(seed);
  FrameBuilder builder("1.router", 1);
  for (size_t i = 0; i < records.size(); ++i) RC_ASSERT(builder.add(i + 1, records[i]));
  std::string bytes =
      records.empty() ? encode_heartbeat("1.router", 1, seed / 2) : builder.finish(records.size());
  size_t at = random.below(bytes.size());
  bytes[at] = char(bytes[at] ^ char(1 + random.below(255)));
  RC_ASSERT(!decode_frame(bytes).ok());
}

RC_GTEST_PROP(FetchProperty, EveryRequestComesBack,
              (uint64_t epoch, uint64_t applied, uint64_t from)) {
  auto decoded = decode_fetch(encode_fetch({"archiver", "1.router", epoch, applied, from}));
  RC_ASSERT(decoded.ok());
  RC_ASSERT(decoded->epoch == epoch);
  RC_ASSERT(decoded->applied == applied);
  RC_ASSERT(decoded->from == from);
}

}  // namespace
}  // namespace jieban
