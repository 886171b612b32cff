#include "common/wire/record.h"

#include "common/base/limits.h"
#include "common/wire/in_place.h"
#include "common/wire/scan.h"
#include "common/wire/writer.h"

namespace jieban {
namespace {

constexpr size_t kRecordParts = 8;
}  // namespace

std::string encode_record(const RecordParts& parts) {
  // Its room is kept, so that what goes out is made once, in its size.
  static thread_local wire_detail::Writer writer;
  writer.clear();
  writer.array(kRecordParts);
  writer.put(kRecordVersion);
  writer.put(parts.topic);
  writer.put(parts.occurred_at);
  writer.put(parts.order_id);
  writer.put(parts.cause_stream);
  writer.put(parts.cause_sequence);
  writer.put(parts.actor);
  writer.put_bytes(parts.payload);
  return writer.string();
}

std::string encode_record(const Event& event) {
  return encode_record({event.topic, event.occurred_at, event.order_id, event.cause.stream,
                        event.cause.sequence, event.actor, event.payload});
}

namespace {

// As they stand in the bytes.
struct Parsed {
  uint64_t version = 0;
  int64_t micros = 0;
  RecordParts parts;
};

bool read_in_place(std::string_view bytes, Parsed& out) {
  wire_detail::InPlace in(bytes, wire_detail::Trust::none);
  size_t count = 0;
  RecordParts& parts = out.parts;
  return in.array(count) && count == kRecordParts && in.read(out.version) && in.text(parts.topic) &&
         in.read(out.micros) && in.read(parts.order_id) && in.text(parts.cause_stream) &&
         in.read(parts.cause_sequence) && in.text(parts.actor) && in.bytes(parts.payload) &&
         in.at_end();
}

Result<void> scan(std::string_view bytes, Parsed& out) {
  wire_detail::FlatScan scan(kRecordParts);
  auto scanned = scan.run(bytes, limits::kEventBytesMax);
  if (!scanned.ok()) return scanned.error().context("record");
  RecordParts& parts = out.parts;
  bool shaped = scan.number(0, out.version) && scan.text(1, parts.topic) &&
                scan.integer(2, out.micros) && scan.number(3, parts.order_id) &&
                scan.text(4, parts.cause_stream) && scan.number(5, parts.cause_sequence) &&
                scan.text(6, parts.actor) && scan.bytes(7, parts.payload);
  if (shaped) return {};
  return Error{ErrorCode::corrupt, "record: its parts are not as they should be"};
}

}  // namespace

Result<void> decode_record(std::string_view bytes, Event& event) {
  Parsed parsed;
  bool plain = bytes.size() <= limits::kEventBytesMax && read_in_place(bytes, parsed);
  if (!plain) RETURN_IF_ERROR(scan(bytes, parsed));
  if (parsed.version != kRecordVersion) {
    return Error{ErrorCode::corrupt, "record: unknown version"};
  }
  const RecordParts& parts = parsed.parts;
  event.topic.assign(parts.topic);
  event.occurred_at = from_micros(parsed.micros);
  event.order_id = parts.order_id;
  event.cause.stream.assign(parts.cause_stream);
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
