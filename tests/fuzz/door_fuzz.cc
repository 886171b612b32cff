// Any body at the JSON door: it is refused with a message that can be printed, or every order of it
// is either typed or refused by itself; the canonical text of a typed order can be made.
#include "common/base/bytes.h"
#include "common/base/check.h"
#include "common/json/json.h"
#include "daemons/receiver/intake/json_door.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace jieban;
  auto body = parse_json({reinterpret_cast<const char*>(bytes), size});
  if (!body.ok()) return 0;
  auto batch = read_push(*body);
  if (!batch.ok()) {
    CHECK(is_utf8(batch.error().message));
    return 0;
  }
  for (const PushedOrder& order : batch->orders) {
    if (order.submission.ok()) {
      CHECK(is_utf8(canonical_text(*order.submission)));
      CHECK(!order.submission->order_no.empty());
    } else {
      CHECK(is_utf8(order.submission.error().message));
    }
  }
  return 0;
}
