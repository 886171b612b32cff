// Any bytes: parsing refuses or accepts, never crashes; what it accepts survives a round trip; what
// the fast parser takes, the thorough one takes as the same value.
#include "common/base/bytes.h"
#include "common/base/check.h"
#include "common/json/json.h"
#include "common/json/plain_json.h"
#include "common/json/thorough_json.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace jieban;
  std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const bool has_zero = text.find('\0') != std::string_view::npos;
  if (auto plain = has_zero ? std::nullopt : parse_plain_json(text, {})) {
    auto thorough = parse_json_thoroughly(text, {});
    CHECK(thorough.ok());
    CHECK(*plain == *thorough);
  }
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
