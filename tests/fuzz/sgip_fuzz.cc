// Any bytes: a packet of SGIP is refused or read, never more than read; what is read is written as
// a packet that reads the same. Receipts and texts are made of whatever a packet says.
#include "common/base/bytes.h"
#include "common/base/check.h"
#include "daemons/notifier/channels/sgip/sgip_door.h"
#include "daemons/notifier/channels/sgip/sgip_packet.h"
#include "daemons/notifier/channels/sms_text.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace jieban;
  std::string_view input(reinterpret_cast<const char*>(bytes), size);
  if (auto text = utf8_of_ucs2(input)) {
    CHECK(is_utf8(*text));
    CHECK(to_ucs2(*text) == input);
    size_t whole = 0;
    for (std::string_view part : sms_parts(*text, SmsAlphabet::ucs2)) {
      CHECK(is_utf8(part));
      CHECK(to_ucs2(part).size() <= 2 * kUcs2Units);
      whole += part.size();
    }
    CHECK(whole == text->size());
  }
  auto packet = decode_sgip(input);
  if (!packet.ok()) return 0;
  CHECK(size <= kSgipPacketMax);
  auto written = encode_sgip(*packet);
  CHECK(written.ok());
  CHECK(written->size() <= size);
  auto again = decode_sgip(*written);
  CHECK(again.ok());
  CHECK(*again == *packet);
  if (const auto* deliver = std::get_if<SgipDeliver>(&packet->body)) {
    auto text = text_of_deliver(*deliver);
    CHECK(!text || is_utf8(*text));
  }
  if (const auto* report = std::get_if<SgipReport>(&packet->body)) {
    CHECK(!receipt_of(*report).gateway_id.empty());
  }
  return 0;
}
