// Any bytes: the decoders of the bus refuse or accept, never crash; what they accept can be
// written, and reads back the same.
#include "common/base/bytes.h"
#include "common/base/check.h"
#include "common/base/crc32c.h"
#include "common/domain/events.h"
#include "common/wire/frame.h"
#include "common/wire/payload.h"
#include "common/wire/record.h"

namespace jieban {
namespace {

template <class T>
void try_payload(std::string_view bytes) {
  auto decoded = decode_payload<T>(bytes);
  if (!decoded.ok()) {
    CHECK(decoded.error().code == ErrorCode::corrupt);
    return;
  }
  std::string written = encode_payload(*decoded);
  auto again = decode_payload<T>(written);
  CHECK(again.ok());
  CHECK(encode_payload(*again) == written);
  CHECK(payload_to_value(bytes).ok());
}

void try_payloads(std::string_view bytes) {
  (void)payload_to_value(bytes);
  try_payload<OrderIntake>(bytes);
  try_payload<CommandRequest>(bytes);
  try_payload<OrderMove>(bytes);
  try_payload<ClockChanges>(bytes);
  try_payload<NoticeStep>(bytes);
  try_payload<Quarantined>(bytes);
}

void try_record(std::string_view bytes) {
  auto event = decode_record(bytes);
  if (!event.ok()) return;
  auto again = decode_record(encode_record(*event));
  CHECK(again.ok());
  CHECK(*again == *event);
  try_payloads(event->payload);
}

void try_frame(std::string_view bytes) {
  auto frame = decode_frame(bytes);
  if (!frame.ok()) return;
  CHECK(frame->first > 0);
  CHECK(frame->first - 1 + frame->records.size() <= frame->head);
  for (std::string_view record : frame->records) {
    CHECK(record.data() >= bytes.data());
    CHECK(record.data() + record.size() <= bytes.data() + bytes.size());
    try_record(record);
  }
}

// A header of any numbers and any body under the right sum, which chance alone would never meet.
void try_forged_frame(std::string_view bytes) {
  if (bytes.size() < 3) return;
  auto number = [&](size_t at) { return uint64_t(uint8_t(bytes[at])); };
  std::string_view body = bytes.substr(3);
  auto header = [&](uint64_t sum) {
    wire_detail::Writer writer;
    writer.array(8);
    writer.put(uint64_t{1});
    writer.put(std::string_view("1.router"));
    for (uint64_t part : {uint64_t{7}, number(0), number(1), number(2), sum}) writer.put(part);
    writer.put(std::string_view());
    return writer.string();
  };
  try_frame(header(crc32c(body, crc32c(header(0)))) + std::string(body));
}

void try_fetch(std::string_view bytes) {
  auto request = decode_fetch(bytes);
  if (!request.ok()) return;
  auto again = decode_fetch(encode_fetch(*request));
  CHECK(again.ok());
  CHECK(again->consumer == request->consumer && again->stream == request->stream);
  CHECK(again->applied == request->applied && again->from == request->from);
}

}  // namespace
}  // namespace jieban

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  jieban::try_frame(bytes);
  jieban::try_forged_frame(bytes);
  jieban::try_record(bytes);
  jieban::try_fetch(bytes);
  jieban::try_payloads(bytes);
  return 0;
}
