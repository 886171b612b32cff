// Any bytes: parsing refuses or accepts, never crashes; what it accepts survives a round trip.
#include "common/base/bytes.h"
#include "common/base/check.h"
#include "common/json/json.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace jieban;
  std::string_view text(reinterpret_cast<const char*>(bytes), size);
  JsonLimits small{.bytes_max = 4096, .depth_max = 6, .nodes_max = 200};
  auto parsed = parse_json(text, small);
  if (!parsed.ok()) {
    CHECK(is_utf8(parsed.error().message));
    return 0;
  }
  CHECK(is_utf8(text));
  for (int indent : {-1, 2}) {
    auto again = parse_json(to_json(*parsed, indent));
    CHECK(again.ok());
    CHECK(*again == *parsed);
  }
  return 0;
}
