#include "daemons/router/rules_file.h"

#include <algorithm>
#include <array>
#include <set>

#include "common/base/limits.h"
#include "common/config/fields.h"
#include "common/domain/code_set.h"
#include "daemons/router/duty_guards.h"

namespace jieban {
namespace {

Result<RoutingRule> read_rule(const Node& node, std::set<std::string>& ids) {
  RETURN_IF_ERROR(node.only_keys(
      {"id", "priority", "category", "community", "keywords", "lead_unit", "assist_units"}));
  RoutingRule rule;
  auto id = required_text(node, "id");
  if (!id.ok()) return id.error();
  if (!ids.insert(*id).second) return node.error("a second rule with the id " + *id);
  rule.id = *id;
  auto priority_node = node.required("priority");
  if (!priority_node.ok()) return priority_node.error();
  auto priority = priority_node->integer();
  if (!priority.ok()) return priority.error();
  if (*priority < 0) return node.error("priority must not be negative");
  rule.priority = uint64_t(*priority);
  auto category = optional_text(node, "category");
  if (!category.ok()) return category.error();
  rule.category = *category;
  auto community = optional_text(node, "community");
  if (!community.ok()) return community.error();
  rule.community = *community;
  auto keywords = text_list(node, "keywords");
  if (!keywords.ok()) return keywords.error();
  rule.keywords = *keywords;
  auto lead = required_text(node, "lead_unit");
  if (!lead.ok()) return lead.error();
  // Art. 17: a community is not given the lead of what is not its duty.
  if (*lead == "community") return node.error("a community assists and never leads (Art. 17)");
  rule.lead_unit = *lead;
  auto assist = text_list(node, "assist_units");
  if (!assist.ok()) return assist.error();
  rule.assist_units = *assist;
  bool conditions = rule.category || rule.community || !rule.keywords.empty();
  if (!conditions) return node.error("a rule needs a category, a community or keywords");
  return rule;
}

// `classes`: those that have time limits. The watcher could not watch an order of another.
Result<ClassRule> read_class_rule(const Node& node, const std::vector<std::string>& classes) {
  RETURN_IF_ERROR(node.only_keys({"category", "lexicon", "order_type", "class"}));
  ClassRule rule;
  struct Part {
    const char* key;
    std::optional<std::string> ClassRule::*member;
  };
  static constexpr std::array<Part, 3> kParts = {{{"category", &ClassRule::category},
                                                  {"lexicon", &ClassRule::lexicon},
                                                  {"order_type", &ClassRule::order_type}}};
  for (const Part& part : kParts) {
    auto text = optional_text(node, part.key);
    if (!text.ok()) return text.error();
    rule.*part.member = *text;
  }
  auto order_class = required_text(node, "class");
  if (!order_class.ok()) return order_class.error();
  if (std::ranges::find(classes, *order_class) == classes.end()) {
    return node.error("there are no time limits for the class " + *order_class);
  }
  rule.order_class = *order_class;
  return rule;
}

Result<void> read_count(const Node& map, std::string_view key, uint64_t& out) {
  auto node = map.optional(key);
  if (!node) return {};
  auto count = node->integer();
  if (!count.ok()) return count.error();
  if (*count < 0) return node->error(std::string(key) + " must not be negative");
  out = uint64_t(*count);
  return {};
}

Result<void> read_counts(const Node& map, std::string_view key,
                         std::map<std::string, uint64_t>& out) {
  auto node = map.optional(key);
  if (!node) return {};
  auto classes = node->keys();
  if (!classes.ok()) return classes.error();
  for (const std::string& name : *classes) {
    if (!has_code(CodeSet::order_class, name)) return node->error("no such class: " + name);
    RETURN_IF_ERROR(read_count(*node, name, out[name]));
  }
  return {};
}

Result<RouterPolicy> read_policy(const Node& node) {
  RETURN_IF_ERROR(
      node.only_keys({"bounce_cap", "extension_max", "submit_needs_audit", "hand_in_needs",
                      "seat_answers", "return_window_minutes", "extension_hours"}));
  RouterPolicy policy;
  RETURN_IF_ERROR(read_count(node, "bounce_cap", policy.bounce_cap));
  RETURN_IF_ERROR(read_count(node, "extension_max", policy.extension_max));
  if (auto audit = node.optional("submit_needs_audit")) {
    auto needs = audit->boolean();
    if (!needs.ok()) return needs.error();
    policy.submit_needs_audit = *needs;
  }
  auto needs = text_list(node, "hand_in_needs");
  if (!needs.ok()) return needs.error();
  for (const std::string& need : *needs) {
    if (!is_hand_in_need(need)) return node.error("nothing that a hand-in can need: " + need);
  }
  policy.hand_in_needs = *needs;
  auto answers = text_list(node, "seat_answers");
  if (!answers.ok()) return answers.error();
  policy.seat_answers = *answers;
  RETURN_IF_ERROR(read_counts(node, "return_window_minutes", policy.return_window_minutes));
  RETURN_IF_ERROR(read_counts(node, "extension_hours", policy.extension_hours));
  return policy;
}

Result<void> read_routing(const Node& root, RouterRules& rules) {
  RETURN_IF_ERROR(root.only_keys({"version", "official", "default_queue", "policy", "rules"}));
  auto version = required_text(root, "version");
  if (!version.ok()) return version.error();
  rules.version = *version;
  auto queue = required_text(root, "default_queue");
  if (!queue.ok()) return queue.error();
  rules.default_queue = *queue;
  auto items = required_items(root, "rules");
  if (!items.ok()) return items.error();
  std::set<std::string> ids;
  for (const Node& item : *items) {
    auto rule = read_rule(item, ids);
    if (!rule.ok()) return rule.error();
    rules.rules.push_back(std::move(*rule));
  }
  auto policy = root.optional("policy");
  if (!policy) return {};
  auto read = read_policy(*policy);
  if (!read.ok()) return read.error();
  rules.policy = *read;
  return {};
}

Result<void> read_class_rules(const Node& root, RouterRules& rules) {
  RETURN_IF_ERROR(
      root.only_keys({"version", "official", "warn_fractions", "classes", "class_rules"}));
  auto version = required_text(root, "version");
  if (!version.ok()) return version.error();
  rules.version += "+" + *version;
  auto limits = root.required("classes");
  if (!limits.ok()) return limits.error();
  auto classes = limits->keys();
  if (!classes.ok()) return classes.error();
  auto items = required_items(root, "class_rules");
  if (!items.ok()) return items.error();
  for (const Node& item : *items) {
    auto rule = read_class_rule(item, *classes);
    if (!rule.ok()) return rule.error();
    rules.class_rules.push_back(std::move(*rule));
  }
  return {};
}

}  // namespace

std::vector<Parameter> router_parameters() {
  using enum ParameterKind;
  return {
      {"rules.routing", text, "/etc/jieban/routing.yaml", "1", "200", {}, "the routing rules"},
      {"rules.clocks", text, "/etc/jieban/clocks.yaml", "1", "200", {}, "the class rules"},
      {"sign.automatic",
       boolean,
       "false",
       "",
       "",
       {},
       "sign every order as it comes in, instead of waiting for a seat"},
      {"dispatch.automatic", boolean, "true", "", "", {}, "dispatch by the rules after signing"},
  };
}

Result<RouterRules> load_router_rules(const Settings& settings) {
  RouterRules rules;
  rules.sign_automatically = settings.boolean("sign.automatic");
  rules.dispatch_automatically = settings.boolean("dispatch.automatic");
  auto routing = Document::load(settings.text("rules.routing"), limits::kRulesBytesMax);
  if (!routing.ok()) return routing.error();
  RETURN_IF_ERROR(read_routing(routing->root(), rules));
  auto clocks = Document::load(settings.text("rules.clocks"), limits::kRulesBytesMax);
  if (!clocks.ok()) return clocks.error();
  RETURN_IF_ERROR(read_class_rules(clocks->root(), rules));
  return rules;
}

}  // namespace jieban
