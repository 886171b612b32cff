#include "common/alerting/throttle_file.h"

#include "common/alerting/rule_fields.h"

namespace jieban {
namespace {

Result<void> read_limit(Node node, RateLimit& limit) {
  RuleFields fields(node, {"count", "per", "smooth"});
  fields.whole("count", Need::required, limit.count);
  fields.span("per", Need::required, limit.per_micros);
  fields.flag("smooth", limit.smooth);
  return fields.outcome();
}

Result<void> read_hold_span(Node node, uint64_t& micros) {
  auto span = node.duration();
  if (!span.ok()) return span.error();
  if (*span <= Duration::zero() || *span > kRatePerMax) {
    return node.error("a hold is above zero and at most 7 days");
  }
  micros = uint64_t(span->count());
  return {};
}

// 60s, or {from: 5s, to: 90s}.
Result<void> read_hold(Node node, const std::string& code, ThrottleRules& rules) {
  uint64_t& least = rules.hold_micros[code];
  if (node.kind() != NodeKind::map) return read_hold_span(node, least);
  if (!rules.hold_max_micros) rules.hold_max_micros.emplace();
  uint64_t& most = (*rules.hold_max_micros)[code];
  RuleFields fields(node, {"from", "to"});
  fields.read("from", Need::required, [&](Node from) { return read_hold_span(from, least); });
  fields.read("to", Need::required, [&](Node to) { return read_hold_span(to, most); });
  return fields.outcome();
}

Result<void> read_digest(Node node, DigestRule& rule) {
  RuleFields fields(node, {"count", "window", "collect"});
  fields.whole("count", Need::required, rule.count);
  fields.span("window", Need::required, rule.window_micros);
  fields.span("collect", Need::required, rule.collect_micros);
  return fields.outcome();
}

Result<void> read_destination(Node node, DestinationRules& rules) {
  RuleFields fields(node, {"limits", "hold", "digest"});
  fields.each("limits", Need::required,
              [&](Node limit) { return read_limit(limit, rules.throttle.limits.emplace_back()); });
  fields.each_named("hold", Need::optional, [&](const std::string& code, Node span) {
    return read_hold(span, code, rules.throttle);
  });
  fields.read("digest", Need::optional,
              [&](Node digest) { return read_digest(digest, rules.digest.emplace()); });
  RETURN_IF_ERROR(fields.outcome());
  RETURN_IF_ERROR(placed(node, check_limits(rules.throttle.limits)));
  RETURN_IF_ERROR(placed(node, check_holds(rules.throttle)));
  if (!rules.digest) return {};
  return placed(node, check_digest(*rules.digest, rules.throttle.limits));
}

}  // namespace

Result<std::map<std::string, DestinationRules>> read_destinations(Node node) {
  std::map<std::string, DestinationRules> out;
  RETURN_IF_ERROR(RuleFields::for_each_named(node, [&](const std::string& name, Node rules) {
    return read_destination(rules, out[name]);
  }));
  return out;
}

}  // namespace jieban
