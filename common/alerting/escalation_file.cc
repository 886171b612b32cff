#include "common/alerting/escalation_file.h"

#include "common/alerting/route_file.h"
#include "common/alerting/rule_fields.h"
#include "common/base/limits.h"

namespace jieban {
namespace {

// {role: team_leader}: one key, which is the kind.
Result<void> read_target(Node node, EscalationTarget& target) {
  auto keys = node.keys();
  if (!keys.ok()) return keys.error();
  if (keys->size() != 1 || !from_string(keys->front(), target.kind)) {
    return node.error("a target is one of {person: ..}, {rota: ..}, {unit: ..}, {role: ..}");
  }
  RuleFields fields(node, {keys->front()});
  fields.text(keys->front(), Need::required, target.name);
  return fields.outcome();
}

Result<void> read_wait(Node node, EscalationStep& step) {
  auto wait = node.duration();
  if (!wait.ok()) return wait.error();
  if (*wait < Duration::zero()) return node.error("the duration is negative");
  step.wait_micros = uint64_t(wait->count());
  return {};
}

Result<void> read_step(Node node, EscalationStep& step) {
  RuleFields fields(node, {"tell", "wait", "work_wait", "acknowledgers", "within", "means_of"});
  fields.each("tell", Need::optional,
              [&](Node target) { return read_target(target, step.targets.emplace_back()); });
  step.working_time = node.optional("work_wait").has_value();
  if (step.working_time && node.optional("wait")) {
    return node.error("a step has either wait or work_wait");
  }
  fields.read(step.working_time ? "work_wait" : "wait", Need::required,
              [&](Node wait) { return read_wait(wait, step); });
  fields.whole("acknowledgers", Need::optional, step.acknowledgers);
  fields.text("within", step.within);
  fields.text("means_of", step.means_of);
  return fields.outcome();
}

Result<void> read_repeat(Node node, EscalationPolicy& policy) {
  auto text = node.text();
  if (text.ok() && *text == "for_ever") {
    policy.repeats_for_ever = true;
    return {};
  }
  auto count = node.integer();
  if (!count.ok() || *count < 0) return node.error("repeat is a number, or for_ever");
  policy.repeats = uint64_t(*count);
  return {};
}

Result<void> read_policy(Node node, EscalationPolicy& policy) {
  RuleFields fields(node, {"steps", "repeat", "lapse", "late"});
  fields.each("steps", Need::required,
              [&](Node step) { return read_step(step, policy.steps.emplace_back()); });
  fields.read("repeat", Need::optional, [&](Node repeat) { return read_repeat(repeat, policy); });
  fields.span("lapse", policy.lapse_micros);
  fields.span("late", Need::optional, policy.late_micros);
  return fields.outcome();
}

// {sms: 0s}: one key, which is the means.
Result<void> read_call(Node node, CallRule& call) {
  auto keys = node.keys();
  if (!keys.ok()) return keys.error();
  if (keys->size() != 1) return node.error("a means is one {name: delay}");
  call.method = keys->front();
  RuleFields fields(node, {call.method});
  fields.span(call.method, Need::required, call.after_micros);
  return fields.outcome();
}

Result<void> read_call_list(Node node, std::vector<CallRule>& out) {
  auto items = node.items();
  if (!items.ok()) return items.error();
  for (const Node& item : *items) RETURN_IF_ERROR(read_call(item, out.emplace_back()));
  return {};
}

Result<void> read_calls(Node node, PersonCalls& calls) {
  return RuleFields::for_each_named(node, [&](const std::string& severity, Node list) {
    return read_call_list(list, calls.by_severity[severity]);
  });
}

// Where one of several is read by a function that returns it.
template <class T, class Read>
void take(RuleFields& fields, std::string_view key, Read read, T& out) {
  fields.read(key, Need::required, [&](Node node) -> Result<void> {
    auto value = read(node);
    if (!value.ok()) return value.error();
    out = std::move(*value);
    return {};
  });
}

Result<void> read_feed_timeout(Node node, FeedTimeout& timeout) {
  RuleFields fields(node, {"within", "timeout"});
  fields.text("within", Need::required, timeout.within);
  fields.span("timeout", Need::required, timeout.timeout_micros);
  return fields.outcome();
}

Result<void> read_feed(Node node, FeedRules& feed) {
  RuleFields fields(node, {"timeouts", "otherwise"});
  fields.each("timeouts", Need::optional, [&](Node timeout) {
    return read_feed_timeout(timeout, feed.timeouts.emplace_back());
  });
  fields.span("otherwise", Need::required, feed.otherwise_micros);
  return fields.outcome();
}

Result<void> read_handover(Node node, HandoverRules& handover) {
  RuleFields fields(node, {"rota", "after", "ahead"});
  fields.text("rota", Need::required, handover.rota);
  fields.span("after", Need::required, handover.after_micros);
  fields.span("ahead", Need::required, handover.ahead_micros);
  return fields.outcome();
}

Result<AlertingRules> read_rules(const Document& document) {
  const Node root = document.root();
  AlertingRules rules;
  bool official = false;
  RuleFields fields(
      root, {"version", "official", "times", "routes", "inhibitions", "silences", "destinations",
             "policies", "everybody", "people", "feed", "imports", "handover"});
  fields.text("version", Need::required, rules.version);
  fields.flag("official", official);
  take(fields, "times", read_intervals, rules.times);
  take(fields, "routes", read_routes, rules.routes);
  take(fields, "inhibitions", read_inhibitions, rules.inhibitions);
  take(fields, "silences", read_silence_rules, rules.silences);
  take(fields, "destinations", read_destinations, rules.destinations);
  EscalationRules& escalation = rules.escalation;
  fields.each_named("policies", Need::required, [&](const std::string& name, Node policy) {
    return read_policy(policy, escalation.policies[name]);
  });
  fields.read("everybody", Need::required,
              [&](Node calls) { return read_calls(calls, escalation.everybody); });
  fields.each_named("people", Need::optional, [&](const std::string& person, Node calls) {
    return read_calls(calls, escalation.people[person]);
  });
  fields.read("feed", Need::optional,
              [&](Node feed) { return read_feed(feed, rules.feed.emplace()); });
  fields.read("imports", Need::optional,
              [&](Node imports) { return read_feed(imports, rules.imports.emplace()); });
  fields.read("handover", Need::optional,
              [&](Node handover) { return read_handover(handover, rules.handover.emplace()); });
  RETURN_IF_ERROR(fields.outcome());
  RETURN_IF_ERROR(placed(root, check_alerting(rules)));
  return rules;
}

Result<void> check_feed(const std::string& key, const std::optional<FeedRules>& feed,
                        const NamedIntervals& times) {
  if (!feed) return {};
  bool good = feed->otherwise_micros > 0;
  for (const FeedTimeout& timeout : feed->timeouts) {
    if (!times.contains(timeout.within)) {
      return invalid(key + ": there is no time '" + timeout.within + "'");
    }
    good = good && timeout.timeout_micros > 0;
  }
  return good ? Result<void>() : invalid(key + ": a timeout is above zero");
}

Result<void> check_names(const AlertingRules& rules) {
  for (const RouteNode& route : rules.routes) {
    for (const std::string& name : route.mute_times) {
      if (!rules.times.contains(name)) return invalid("a route names no such time: " + name);
    }
    if (route.receiver && !rules.escalation.policies.contains(*route.receiver)) {
      return invalid("a route names no such policy: " + *route.receiver);
    }
  }
  for (const auto& [name, policy] : rules.escalation.policies) {
    for (const EscalationStep& step : policy.steps) {
      if (step.within && !rules.times.contains(*step.within)) {
        return invalid("policy " + name + " names no such time: " + *step.within);
      }
    }
  }
  return {};
}

}  // namespace

Result<void> check_alerting(const AlertingRules& rules) {
  if (rules.version.empty()) return invalid("the version is empty");
  auto times = TimeIntervals::make(rules.times);
  if (!times.ok()) return times.error();
  RETURN_IF_ERROR(check_routes(rules.routes));
  for (const InhibitRule& rule : rules.inhibitions) RETURN_IF_ERROR(check_inhibit_rule(rule));
  RETURN_IF_ERROR(check_silence_rules(rules.silences));
  for (const auto& [name, destination] : rules.destinations) {
    auto checked = check_limits(destination.throttle.limits);
    if (checked.ok()) checked = check_holds(destination.throttle);
    if (checked.ok() && destination.digest) {
      checked = check_digest(*destination.digest, destination.throttle.limits);
    }
    if (!checked.ok()) return checked.error().context(name);
  }
  RETURN_IF_ERROR(check_escalation(rules.escalation));
  RETURN_IF_ERROR(check_feed("feed", rules.feed, rules.times));
  RETURN_IF_ERROR(check_feed("imports", rules.imports, rules.times));
  if (rules.handover && rules.handover->rota.empty()) return invalid("handover: the rota is empty");
  return check_names(rules);
}

Result<AlertingRules> load_alerting_rules(const std::string& path) {
  auto document = Document::load(path, limits::kRulesBytesMax);
  if (!document.ok()) return document.error();
  return read_rules(*document);
}

Result<AlertingRules> parse_alerting_rules(std::string_view text, const std::string& name) {
  auto document = Document::parse(text, name);
  if (!document.ok()) return document.error();
  return read_rules(*document);
}

}  // namespace jieban
