#include "common/alerting/route_file.h"

#include "common/alerting/rule_fields.h"

namespace jieban {
namespace {

Result<void> take_matchers(Node node, std::vector<Matcher>& out) {
  auto items = node.items();
  if (!items.ok()) return items.error();
  for (const Node& item : *items) {
    RETURN_IF_ERROR(RuleFields::parsed(item, parse_matcher, out.emplace_back()));
  }
  return placed(node, check_matchers(out));
}

void read_matchers_at(RuleFields& fields, std::string_view key, Need need,
                      std::vector<Matcher>& out) {
  fields.read(key, need, [&](Node node) { return take_matchers(node, out); });
}

// The children follow their parent in the list, which grows meanwhile: nothing points into it.
Result<void> read_route(Node node, size_t parent, RouteTree& tree) {
  RouteNode route;
  route.parent = parent;
  RuleFields fields(node, {"matchers", "continue", "receiver", "group_by", "group_wait",
                           "group_interval", "repeat_interval", "mute_times", "routes"});
  read_matchers_at(fields, "matchers", Need::optional, route.matchers);
  fields.flag("continue", route.continues);
  fields.text("receiver", route.receiver);
  if (node.optional("group_by")) fields.texts("group_by", Need::required, route.group_by.emplace());
  fields.span("group_wait", route.group_wait_micros);
  fields.span("group_interval", route.group_interval_micros);
  fields.span("repeat_interval", route.repeat_interval_micros);
  fields.texts("mute_times", Need::optional, route.mute_times);
  RETURN_IF_ERROR(fields.outcome());
  const size_t at = tree.size();
  tree.push_back(std::move(route));
  fields.each("routes", Need::optional, [&](Node child) { return read_route(child, at, tree); });
  return fields.outcome();
}

Result<void> read_inhibition(Node node, InhibitRule& rule) {
  RuleFields fields(node, {"source", "target", "equal"});
  read_matchers_at(fields, "source", Need::required, rule.source);
  read_matchers_at(fields, "target", Need::required, rule.target);
  fields.texts("equal", Need::optional, rule.equal);
  RETURN_IF_ERROR(fields.outcome());
  return placed(node, check_inhibit_rule(rule));
}

using ParseRange = Result<NumberRange> (*)(std::string_view);

void read_ranges(RuleFields& fields, std::string_view key, ParseRange parse,
                 std::vector<NumberRange>& out) {
  fields.each(key, Need::optional,
              [&](Node node) { return RuleFields::parsed(node, parse, out.emplace_back()); });
}

Result<void> read_interval(Node node, TimeInterval& interval) {
  RuleFields fields(node, {"times", "weekdays", "days_of_month", "months", "years", "zone"});
  read_ranges(fields, "times", parse_time_range, interval.minutes);
  read_ranges(fields, "weekdays", parse_weekday_range, interval.weekdays);
  read_ranges(fields, "days_of_month", parse_number_range, interval.days_of_month);
  read_ranges(fields, "months", parse_number_range, interval.months);
  read_ranges(fields, "years", parse_number_range, interval.years);
  fields.text("zone", Need::optional, interval.zone);
  return fields.outcome();
}

Result<void> read_interval_list(Node node, std::vector<TimeInterval>& out) {
  auto items = node.items();
  if (!items.ok()) return items.error();
  for (const Node& item : *items) RETURN_IF_ERROR(read_interval(item, out.emplace_back()));
  return {};
}

}  // namespace

Result<std::vector<Matcher>> read_matchers(Node node) {
  std::vector<Matcher> matchers;
  RETURN_IF_ERROR(take_matchers(node, matchers));
  return matchers;
}

Result<RouteTree> read_routes(Node node) {
  RouteTree tree;
  RETURN_IF_ERROR(read_route(node, 0, tree));
  RETURN_IF_ERROR(placed(node, check_routes(tree)));
  return tree;
}

Result<std::vector<InhibitRule>> read_inhibitions(Node node) {
  auto items = node.items();
  if (!items.ok()) return items.error();
  if (items->size() > kInhibitRulesMax) return node.error("there are too many inhibitions");
  std::vector<InhibitRule> rules;
  for (const Node& item : *items) RETURN_IF_ERROR(read_inhibition(item, rules.emplace_back()));
  return rules;
}

Result<SilenceRules> read_silence_rules(Node node) {
  SilenceRules rules;
  RuleFields fields(node, {"length_max", "reason_characters_min", "never"});
  fields.span("length_max", Need::required, rules.length_max_micros);
  fields.whole("reason_characters_min", Need::optional, rules.reason_characters_min);
  read_matchers_at(fields, "never", Need::optional, rules.never);
  RETURN_IF_ERROR(fields.outcome());
  RETURN_IF_ERROR(placed(node, check_silence_rules(rules)));
  return rules;
}

Result<NamedIntervals> read_intervals(Node node) {
  NamedIntervals named;
  RETURN_IF_ERROR(RuleFields::for_each_named(node, [&](const std::string& name, Node list) {
    return read_interval_list(list, named[name]);
  }));
  auto made = TimeIntervals::make(named);
  if (!made.ok()) return node.error(made.error().message);
  return named;
}

}  // namespace jieban
