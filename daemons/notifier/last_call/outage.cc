#include "daemons/notifier/last_call/outage.h"

#include "common/json/json.h"

namespace jieban {
namespace {

std::optional<Timestamp> instant_in(const Value& value, std::string_view key) {
  const Value* found = value.find(key);
  if (found == nullptr || found->integer() == nullptr) return std::nullopt;
  return from_micros(*found->integer());
}

}  // namespace

OutageWord look(Outage& outage, bool answers, Timestamp now, const OutageRules& rules) {
  if (answers) {
    const bool told = outage.told_at.has_value();
    outage = Outage();
    return told ? OutageWord::over : OutageWord::nothing;
  }
  // A clock that was set back must not hold a call back.
  if (!outage.since || *outage.since > now) outage.since = now;
  if (outage.told_at && *outage.told_at > now) outage.told_at = now;
  if (now - *outage.since < rules.after) return OutageWord::nothing;
  const bool again = !outage.told_at || now - *outage.told_at >= rules.repeat;
  return again ? OutageWord::down : OutageWord::nothing;
}

std::string print_outage(const Outage& outage) {
  Value value{Value::Object{}};
  if (outage.since) value.set("since", to_micros(*outage.since));
  if (outage.told_at) value.set("told_at", to_micros(*outage.told_at));
  return to_json(value) + "\n";
}

Outage parse_outage(std::string_view text) {
  auto value = parse_json(text);
  if (!value.ok()) return {};
  Outage outage{instant_in(*value, "since"), instant_in(*value, "told_at")};
  if (!outage.since) return {};
  return outage;
}

}  // namespace jieban
