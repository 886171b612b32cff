#include "common/alerting/silence.h"

#include <algorithm>

#include "common/base/text.h"

namespace jieban {
namespace {

Error refused(std::string message) { return {ErrorCode::refused, std::move(message)}; }

// Of what matches an alert without labels, there is no end.
bool covers_everything(const std::vector<Matcher>& matchers) { return matches_all(matchers, {}); }

std::string span_text(uint64_t micros) {
  constexpr uint64_t kMinute = 60'000'000;
  constexpr uint64_t kHour = 60 * kMinute;
  if (micros % kHour == 0) return std::to_string(micros / kHour) + "小时";
  return std::to_string(micros / kMinute) + "分钟";
}

Result<void> check_span(const Silence& silence, const SilenceRules& rules, Timestamp now) {
  if (silence.ends_at <= silence.starts_at) return refused("静默结束时间必须晚于开始时间");
  if (silence.ends_at <= now) return refused("静默结束时间已过");
  // Neither difference can overflow: the end is later than both.
  const Timestamp from = std::max(silence.starts_at, from_micros(0));
  if (uint64_t((silence.ends_at - from).count()) > rules.length_max_micros) {
    return refused("静默时间过长，最长" + span_text(rules.length_max_micros));
  }
  return {};
}

}  // namespace

Result<void> check_silence_rules(const SilenceRules& rules) {
  if (rules.length_max_micros == 0) return invalid("length_max is above zero");
  return check_matchers(rules.never);
}

Result<void> check_silence(const Silence& silence, const SilenceRules& rules, Timestamp now) {
  if (trim(silence.created_by).empty()) return refused("静默须注明申请人");
  const std::string_view reason = trim(silence.reason);
  if (reason.empty() || character_count(reason) < rules.reason_characters_min) {
    const uint64_t least = std::max<uint64_t>(rules.reason_characters_min, 1);
    return refused("静默须说明理由，至少" + std::to_string(least) + "个字");
  }
  RETURN_IF_ERROR(check_matchers(silence.matchers));
  if (covers_everything(silence.matchers)) return refused("静默不能覆盖全部告警");
  return check_span(silence, rules, now);
}

bool is_active(const Silence& silence, Timestamp at) {
  if (silence.lifted_at && at >= *silence.lifted_at) return false;
  return at >= silence.starts_at && at < silence.ends_at;
}

bool silences(const Silence& silence, const SilenceRules& rules, const LabelSet& labels,
              Timestamp at) {
  if (!is_active(silence, at) || !matches_all(silence.matchers, labels)) return false;
  return rules.never.empty() || !matches_all(rules.never, labels);
}

Result<void> lift_silence(Silence& silence, const std::string& who, Timestamp now) {
  if (trim(who).empty()) return refused("解除静默须注明操作人");
  if (silence.lifted_at || now >= silence.ends_at) return refused("静默已结束");
  silence.lifted_at = now;
  silence.lifted_by = who;
  return {};
}

}  // namespace jieban
