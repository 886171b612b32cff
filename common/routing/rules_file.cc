#include "common/routing/rules_file.h"

#include <algorithm>
#include <array>
#include <set>

#include "common/base/limits.h"
#include "common/clocks/clocks_file.h"
#include "common/config/fields.h"
#include "common/routing/policy_file.h"

namespace jieban {
namespace {

constexpr size_t kTemplateBytesMax = 4000;

// What a rule is checked against; null where the site has none.
struct Known {
  const CategoryTree* tree = nullptr;
  const StreetDirectory* directory = nullptr;
};

Result<void> check_unit(const Node& node, const Known& known, const std::string& unit) {
  if (known.directory == nullptr || find_unit(*known.directory, unit) != nullptr) return {};
  return node.error("no such unit in the directory: " + unit);
}

// Art. 17: a community is not given the lead of what is not its duty. What the rule alone cannot
// tell, each order will.
Result<void> check_lead(const Node& node, const Known& known, const RoutingRule& rule) {
  if (!is_community_unit(known.directory, rule.lead_unit)) return {};
  const bool possible = known.directory != nullptr &&
                        may_cover(known.directory->community_duties, rule.category.value_or(""));
  if (possible) return {};
  return node.error("a community assists and never leads what is not its duty (Art. 17)");
}

Result<void> check_rule(const Node& node, const Known& known, const RoutingRule& rule) {
  const bool conditions = rule.category || rule.community || !rule.keywords.empty();
  if (!conditions) return node.error("a rule needs a category, a community or keywords");
  RETURN_IF_ERROR(check_category(node, known.tree, rule.category));
  if (rule.community && known.directory != nullptr &&
      find_community(*known.directory, *rule.community) == nullptr) {
    return node.error("no such community in the directory: " + *rule.community);
  }
  RETURN_IF_ERROR(check_lead(node, known, rule));
  RETURN_IF_ERROR(check_unit(node, known, rule.lead_unit));
  for (const std::string& unit : rule.assist_units) {
    RETURN_IF_ERROR(check_unit(node, known, unit));
  }
  return {};
}

Result<uint64_t> read_priority(const Node& node) {
  auto priority_node = node.required("priority");
  if (!priority_node.ok()) return priority_node.error();
  auto priority = priority_node->integer();
  if (!priority.ok()) return priority.error();
  if (*priority < 0) return node.error("priority must not be negative");
  return uint64_t(*priority);
}

Result<void> read_conditions(const Node& node, RoutingRule& rule) {
  auto category = optional_text(node, "category");
  if (!category.ok()) return category.error();
  rule.category = *category;
  auto community = optional_text(node, "community");
  if (!community.ok()) return community.error();
  rule.community = *community;
  auto keywords = text_list(node, "keywords");
  if (!keywords.ok()) return keywords.error();
  rule.keywords = *keywords;
  auto validity = read_validity(node);
  if (!validity.ok()) return validity.error();
  rule.validity = *validity;
  return {};
}

// Both go into the event of each dispatch: short texts.
Result<void> read_guidance(const Node& node, RoutingRule& rule) {
  auto contact = optional_text(node, "contact");
  if (!contact.ok()) return contact.error();
  rule.contact = std::move(*contact);
  auto reply = optional_text(node, "template_reply");
  if (!reply.ok()) return reply.error();
  rule.template_reply = std::move(*reply);
  const bool too_long = rule.contact.value_or("").size() > kContactBytesMax ||
                        rule.template_reply.value_or("").size() > kTemplateBytesMax;
  if (too_long) return node.error("contact has 200 bytes at most, template_reply 4000");
  return {};
}

Result<RoutingRule> read_rule(const Node& node, std::set<std::string>& ids, const Known& known) {
  RETURN_IF_ERROR(
      node.only_keys({"id", "priority", "category", "community", "keywords", "lead_unit",
                      "assist_units", "valid_from", "valid_to", "contact", "template_reply"}));
  RoutingRule rule;
  auto id = required_text(node, "id");
  if (!id.ok()) return id.error();
  if (!ids.insert(*id).second) return node.error("a second rule with the id " + *id);
  rule.id = *id;
  auto priority = read_priority(node);
  if (!priority.ok()) return priority.error();
  rule.priority = *priority;
  RETURN_IF_ERROR(read_conditions(node, rule));
  auto lead = required_text(node, "lead_unit");
  if (!lead.ok()) return lead.error();
  rule.lead_unit = *lead;
  auto assist = text_list(node, "assist_units");
  if (!assist.ok()) return assist.error();
  rule.assist_units = *assist;
  RETURN_IF_ERROR(read_guidance(node, rule));
  RETURN_IF_ERROR(check_rule(node, known, rule));
  return rule;
}

Result<void> read_rules(const std::vector<Node>& items, std::set<std::string>& ids,
                        const Known& known, std::vector<RoutingRule>& out) {
  for (const Node& item : items) {
    auto rule = read_rule(item, ids, known);
    if (!rule.ok()) return rule.error();
    out.push_back(std::move(*rule));
  }
  return {};
}

// `classes`: those that have time limits. The watcher could not watch an order of another.
Result<ClassRule> read_class_rule(const Node& node, const std::vector<std::string>& classes,
                                  const CategoryTree* tree) {
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
  RETURN_IF_ERROR(check_category(node, tree, rule.category));
  auto order_class = required_text(node, "class");
  if (!order_class.ok()) return order_class.error();
  if (std::ranges::find(classes, *order_class) == classes.end()) {
    return node.error("there are no time limits for the class " + *order_class);
  }
  rule.order_class = *order_class;
  return rule;
}

Result<void> read_routing(const Node& root, const Known& known, RouterRules& rules,
                          std::set<std::string>& ids) {
  RETURN_IF_ERROR(root.only_keys({"version", "official", "default_queue", "policy", "rules"}));
  auto version = required_text(root, "version");
  if (!version.ok()) return version.error();
  rules.version = *version;
  auto queue = required_text(root, "default_queue");
  if (!queue.ok()) return queue.error();
  rules.default_queue = *queue;
  auto items = required_items(root, "rules");
  if (!items.ok()) return items.error();
  RETURN_IF_ERROR(read_rules(*items, ids, known, rules.rules));
  auto policy = root.optional("policy");
  if (!policy) return {};
  auto read = read_policy(*policy, known.tree);
  if (!read.ok()) return read.error();
  rules.policy = *read;
  return {};
}

Result<void> read_class_rules(const Node& root, const Known& known, RouterRules& rules) {
  std::vector<std::string> classes;
  for (const auto& [name, limits] : *rules.classes) classes.push_back(name);
  auto items = required_items(root, "class_rules");
  if (!items.ok()) return items.error();
  for (const Node& item : *items) {
    auto rule = read_class_rule(item, classes, known.tree);
    if (!rule.ok()) return rule.error();
    rules.class_rules.push_back(std::move(*rule));
  }
  return {};
}

// The calendar is kept only where something counts by it: it is recorded with the rules.
Result<void> read_clocks(const Node& root, const Known& known, const std::string& calendar,
                         RouterRules& rules) {
  RETURN_IF_ERROR(check_clocks_keys(root));
  auto version = required_text(root, "version");
  if (!version.ok()) return version.error();
  rules.version += "+" + *version;
  auto classes = read_class_table(root);
  if (!classes.ok()) return classes.error();
  rules.classes = std::move(*classes);
  if (needs_calendar(*rules.classes)) {
    auto texts = read_clock_calendar(root, *rules.classes, calendar);
    if (!texts.ok()) return texts.error();
    rules.calendar = std::move(*texts);
  }
  return read_class_rules(root, known, rules);
}

// The highest priority first, then the longest category, then as written: as they are decided.
void put_in_order(std::vector<RoutingRule>& rules) {
  std::ranges::stable_sort(rules, [](const RoutingRule& a, const RoutingRule& b) {
    if (a.priority != b.priority) return a.priority > b.priority;
    return a.category.value_or("").size() > b.category.value_or("").size();
  });
}

Result<void> read_street(const std::string& path, const CategoryTree* tree, RouterRules& rules,
                         std::set<std::string>& ids) {
  auto document = Document::load(path, limits::kRulesBytesMax);
  if (!document.ok()) return document.error();
  auto directory = read_directory(*document, tree);
  if (!directory.ok()) return directory.error();
  rules.directory = std::move(*directory);
  auto own = document->root().optional("rules");
  if (!own) return {};
  auto items = own->items();
  if (!items.ok()) return items.error();
  return read_rules(*items, ids, {tree, &*rules.directory}, rules.rules);
}

}  // namespace

std::vector<Parameter> router_parameters() {
  using enum ParameterKind;
  return {
      {"rules.routing", text, "/etc/jieban/routing.yaml", "1", "200", {}, "the routing rules"},
      {"rules.clocks",
       text,
       "/etc/jieban/clocks.yaml",
       "1",
       "200",
       {},
       "the time limits and the class rules"},
      {"rules.calendar",
       text,
       "",
       "",
       "200",
       {},
       "the calendar of clocks that count working time, as in sla-watcher.yaml"},
      {"rules.directory",
       text,
       "",
       "",
       "200",
       {},
       "the street's directory: communities, units, duties, rules of its own; empty: none"},
      {"rules.categories", text, "", "", "200", {}, "the tree of categories; empty: none"},
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

Result<RouterRules> load_rule_files(const RulePaths& paths) {
  RouterRules rules;
  std::set<std::string> ids;
  std::optional<CategoryTree> tree;
  if (!paths.categories.empty()) {
    auto loaded = load_categories(paths.categories);
    if (!loaded.ok()) return loaded.error();
    tree = std::move(*loaded);
    rules.categories = tags_of(*tree);
  }
  Known known{tree ? &*tree : nullptr, nullptr};
  if (!paths.directory.empty()) {
    RETURN_IF_ERROR(read_street(paths.directory, known.tree, rules, ids));
    known.directory = &*rules.directory;
  }
  auto routing = Document::load(paths.routing, limits::kRulesBytesMax);
  if (!routing.ok()) return routing.error();
  RETURN_IF_ERROR(read_routing(routing->root(), known, rules, ids));
  auto clocks = Document::load(paths.clocks, limits::kRulesBytesMax);
  if (!clocks.ok()) return clocks.error();
  RETURN_IF_ERROR(read_clocks(clocks->root(), known, paths.calendar, rules));
  if (rules.directory) rules.version += "+" + rules.directory->version;
  if (rules.categories) rules.version += "+" + rules.categories->version;
  put_in_order(rules.rules);
  return rules;
}

Result<RouterRules> load_router_rules(const Settings& settings) {
  auto rules = load_rule_files({settings.text("rules.routing"), settings.text("rules.clocks"),
                                settings.text("rules.directory"), settings.text("rules.categories"),
                                settings.text("rules.calendar")});
  if (!rules.ok()) return rules.error();
  if (rules->directory) {
    const std::string& street = settings.text("street.code");
    if (rules->directory->code != street) {
      return invalid(settings.text("rules.directory") + ": the directory is of street " +
                     rules->directory->code + ", and this is " + street);
    }
  }
  rules->sign_automatically = settings.boolean("sign.automatic");
  rules->dispatch_automatically = settings.boolean("dispatch.automatic");
  return rules;
}

}  // namespace jieban
