#include "common/wire/record.h"

#include "common/base/bytes.h"
#include "common/base/limits.h"
#include "common/wire/payload.h"
#include "common/wire/scan.h"

namespace jieban {
namespace {

constexpr size_t kRecordParts = 8;
constexpr char kBin8 = char(0xc4);
constexpr char kBin16 = char(0xc5);
constexpr char kBin32 = char(0xc6);

// As Writer::put(Bytes), without making a Bytes of what is large.
void put_bytes(std::string_view bytes, std::string& out) {
  const size_t size = bytes.size();
  if (size <= 0xff) {
    out.push_back(kBin8);
    out.push_back(char(size));
  } else if (size <= 0xffff) {
    out.push_back(kBin16);
    out.push_back(char(size >> 8U));
    out.push_back(char(size & 0xffU));
  } else {
    out.push_back(kBin32);
    append_u32(out, uint32_t(size));
  }
  out += bytes;
}

}  // namespace

std::string encode_record(const Event& event) {
  std::string out;
  out.reserve(event.payload.size() + 96);
  wire_detail::Writer writer(out);
  writer.array(kRecordParts);
  writer.put(kRecordVersion);
  writer.put(std::string_view(event.topic));
  writer.put(event.occurred_at);
  writer.put(event.order_id);
  writer.put(std::string_view(event.cause.stream));
  writer.put(event.cause.sequence);
  writer.put(std::string_view(event.actor));
  put_bytes(event.payload, out);
  return out;
}

Result<Event> decode_record(std::string_view bytes) {
  wire_detail::FlatScan scan(kRecordParts);
  auto scanned = scan.run(bytes, limits::kEventBytesMax);
  if (!scanned.ok()) return scanned.error().context("record");
  Event event;
  uint64_t version = 0;
  std::string_view topic;
  std::string_view cause;
  std::string_view actor;
  std::string_view payload;
  int64_t occurred_at = 0;
  bool shaped = scan.number(0, version) && scan.text(1, topic) && scan.integer(2, occurred_at) &&
                scan.number(3, event.order_id) && scan.text(4, cause) &&
                scan.number(5, event.cause.sequence) && scan.text(6, actor) &&
                scan.bytes(7, payload);
  if (!shaped) return Error{ErrorCode::corrupt, "record: its parts are not as they should be"};
  if (version != kRecordVersion) return Error{ErrorCode::corrupt, "record: unknown version"};
  event.topic = topic;
  event.occurred_at = from_micros(occurred_at);
  event.cause.stream = cause;
  event.actor = actor;
  event.payload = payload;
  return event;
}

}  // namespace jieban
