#include "common/domain/topics.h"
#include "daemons/notifier/callout/callouts.h"

namespace jieban {
// The archive has them for ever. Who adds one looks at the others, which are asked at each turn of
// a group: those that were over long ago go.
Result<void> Callouts::forget_silences(Step& step) const {
  constexpr Duration kKeptAfterEnd = std::chrono::hours(24) * 92;
  std::vector<std::string> old;
  RETURN_IF_ERROR(
      tables_.silences().scan(step.store(), {}, [&](std::string_view key, const Silence& silence) {
        if (silence.ends_at + kKeptAfterEnd < step.now()) old.emplace_back(key);
        return true;
      }));
  for (const std::string& key : old) {
    auto erased = tables_.silences().erase(step.store(), key);
    if (!erased.ok()) return erased.error();
  }
  return {};
}

Result<void> Callouts::add_silence(const SilenceAdd& wanted, Step& step) {
  auto rules = rules_.current(step.store());
  if (!rules.ok()) return rules.error();
  if (*rules == nullptr) return Error{ErrorCode::unavailable, "no escalation rules are loaded"};
  const std::string key = make_key(wanted.id);
  auto known = tables_.silences().get(step.store(), key);
  if (!known.ok()) return known.error();
  if (*known) {
    step.answer("repeated");
    return {};
  }
  auto matchers = parse_matchers(wanted.matchers);
  if (!matchers.ok()) return matchers.error();
  Silence silence;
  silence.id = wanted.id;
  silence.matchers = std::move(*matchers);
  silence.starts_at = wanted.starts_at.value_or(step.now());
  silence.ends_at = wanted.ends_at;
  silence.created_by = wanted.created_by;
  silence.reason = wanted.reason;
  silence.created_at = step.now();
  RETURN_IF_ERROR(check_silence(silence, (*rules)->silences, step.now()));
  RETURN_IF_ERROR(forget_silences(step));
  RETURN_IF_ERROR(tables_.silences().put(step.store(), key, silence));
  RETURN_IF_ERROR(tables_.ask_review(step.store(), step.now()));
  step.emit({.topic = topics::kSilenceAdded,
             .payload = encode_payload(silence),
             .actor = wanted.created_by});
  step.answer("taken");
  return {};
}

Result<void> Callouts::lift_silence(const SilenceLift& wanted, Step& step) {
  const std::string key = make_key(wanted.id);
  auto known = tables_.silences().get(step.store(), key);
  if (!known.ok()) return known.error();
  if (!*known) return Error{ErrorCode::not_found, "没有这个静默：" + wanted.id};
  RETURN_IF_ERROR(jieban::lift_silence(**known, wanted.lifted_by, step.now()));
  RETURN_IF_ERROR(tables_.silences().put(step.store(), key, **known));
  RETURN_IF_ERROR(tables_.ask_review(step.store(), step.now()));
  step.emit({.topic = topics::kSilenceLifted,
             .payload = encode_payload(**known),
             .actor = wanted.lifted_by});
  step.answer("taken");
  return {};
}

}  // namespace jieban
