// Any body at Alertmanager's door: it is refused with a message that can be printed, or every alert
// of it is within its limits and can be written as an input, or is refused by itself.
#include "common/base/bytes.h"
#include "common/base/check.h"
#include "common/json/json.h"
#include "common/wire/payload.h"
#include "daemons/notifier/alertmanager.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace jieban;
  auto body = parse_json({reinterpret_cast<const char*>(bytes), size});
  if (!body.ok()) return 0;
  auto batch = read_alertmanager(*body);
  if (!batch.ok()) {
    CHECK(is_utf8(batch.error().message));
    return 0;
  }
  CHECK(batch->alerts.size() <= AlertLimits::kAlertsMax);
  for (const auto& alert : batch->alerts) {
    if (!alert.ok()) {
      CHECK(is_utf8(alert.error().message));
      continue;
    }
    CHECK(!alert->labels.empty() && alert->labels.size() <= AlertLimits::kPairsMax);
    auto again = decode_payload<AlertRaised>(encode_payload(*alert));
    CHECK(again.ok());
    CHECK(again->labels == alert->labels && again->annotations == alert->annotations);
    CHECK(again->starts_at == alert->starts_at && again->ends_at == alert->ends_at);
  }
  return 0;
}
