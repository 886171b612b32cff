// Any body at Alertmanager's door: it is refused with a message that can be printed, or every alert
// of it is within its limits, can be written as an input and holds no long number, or is refused by
// itself.
#include "common/base/bytes.h"
#include "common/base/check.h"
#include "common/json/json.h"
#include "common/wire/payload.h"
#include "daemons/notifier/alertmanager.h"

namespace {

// Seven digits or more, as a telephone has them.
bool has_long_number(std::string_view text) {
  size_t run = 0;
  for (char c : text) {
    run = c >= '0' && c <= '9' ? run + 1 : 0;
    if (run >= 7) return true;
  }
  return false;
}

void check_pairs(const std::map<std::string, std::string>& pairs) {
  for (const auto& [name, value] : pairs) {
    CHECK(jieban::is_utf8(name) && jieban::is_utf8(value));
    CHECK(!has_long_number(name) && !has_long_number(value));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace jieban;
  auto body = parse_json({reinterpret_cast<const char*>(bytes), size});
  if (!body.ok()) return 0;
  auto batch = read_alertmanager(*body, [](std::string_view) { return "#000000"; });
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
    check_pairs(alert->labels);
    check_pairs(alert->annotations);
    auto again = decode_payload<AlertRaised>(encode_payload(*alert));
    CHECK(again.ok());
    CHECK(again->labels == alert->labels && again->annotations == alert->annotations);
    CHECK(again->starts_at == alert->starts_at && again->ends_at == alert->ends_at);
  }
  return 0;
}
