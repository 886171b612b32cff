#include "common/wire/record.h"

#include "common/base/limits.h"
#include "common/wire/in_place.h"
#include "common/wire/scan.h"
#include "common/wire/writer.h"

namespace jieban {
namespace {

constexpr size_t kRecordParts = 8;
// Valid until the next one in this thread.
std::string_view written(const Event& event) {
  static thread_local wire_detail::Writer writer;
  writer.clear();
  writer.array(kRecordParts);
  writer.put(kRecordVersion);
  writer.put(std::string_view(event.topic));
  writer.put(event.occurred_at);
  writer.put(event.order_id);
  writer.put(std::string_view(event.cause.stream));
  writer.put(event.cause.sequence);
  writer.put(std::string_view(event.actor));
  writer.put_bytes(event.payload);
  return writer.view();
}

}  // namespace

std::string encode_record(const Event& event) { return std::string(written(event)); }

namespace {

// The parts of a record in their order; views into its bytes.
struct Parts {
  uint64_t version = 0;
  std::string_view topic;
  int64_t occurred_at = 0;
  uint64_t order_id = 0;
  std::string_view cause;
  uint64_t cause_sequence = 0;
  std::string_view actor;
  std::string_view payload;
};

bool read_in_place(std::string_view bytes, Parts& parts) {
  wire_detail::InPlace in(bytes, wire_detail::Trust::none);
  size_t count = 0;
  return in.array(count) && count == kRecordParts && in.read(parts.version) &&
         in.text(parts.topic) && in.read(parts.occurred_at) && in.read(parts.order_id) &&
         in.text(parts.cause) && in.read(parts.cause_sequence) && in.text(parts.actor) &&
         in.bytes(parts.payload) && in.at_end();
}

Result<void> scan(std::string_view bytes, Parts& parts) {
  wire_detail::FlatScan scan(kRecordParts);
  auto scanned = scan.run(bytes, limits::kEventBytesMax);
  if (!scanned.ok()) return scanned.error().context("record");
  bool shaped = scan.number(0, parts.version) && scan.text(1, parts.topic) &&
                scan.integer(2, parts.occurred_at) && scan.number(3, parts.order_id) &&
                scan.text(4, parts.cause) && scan.number(5, parts.cause_sequence) &&
                scan.text(6, parts.actor) && scan.bytes(7, parts.payload);
  if (shaped) return {};
  return Error{ErrorCode::corrupt, "record: its parts are not as they should be"};
}

}  // namespace

Result<void> decode_record(std::string_view bytes, Event& event) {
  Parts parts;
  bool plain = bytes.size() <= limits::kEventBytesMax && read_in_place(bytes, parts);
  if (!plain) RETURN_IF_ERROR(scan(bytes, parts));
  if (parts.version != kRecordVersion) {
    return Error{ErrorCode::corrupt, "record: unknown version"};
  }
  event.topic.assign(parts.topic);
  event.occurred_at = from_micros(parts.occurred_at);
  event.order_id = parts.order_id;
  event.cause.stream.assign(parts.cause);
  event.cause.sequence = parts.cause_sequence;
  event.actor.assign(parts.actor);
  event.payload.assign(parts.payload);
  return {};
}

Result<Event> decode_record(std::string_view bytes) {
  Event event;
  RETURN_IF_ERROR(decode_record(bytes, event));
  return event;
}

}  // namespace jieban
