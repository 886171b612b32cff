// The rules that an order is routed by, as data (DOMAIN §4.3 rule 2, §5.2).
//
// The shipped rules are not official; they have a version, and it goes into every event that they
// decided. They are a payload: the router keeps them in its stream. How they decide is
// route_decision.h; how they are read, rules_file.h. Plain values; any thread.
//
// What may be done to a clock (pauses, extensions, the return window) is said by the class table of
// clocks.yaml, which the watcher runs the clocks by. Rules that were loaded before there was one in
// here have none: by these a pause is never refused for its reason, and extensions and the return
// window have the figures of their policy, else the defaults of DOMAIN.
#pragma once

#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "common/clocks/calendar_texts.h"
#include "common/clocks/class_rules.h"
#include "common/domain/fields.h"
#include "common/routing/category_tree.h"
#include "common/routing/street_directory.h"

namespace jieban {

// A rule matches when each condition that it has holds.
struct RoutingRule {
  std::string id;
  uint64_t priority = 0;  // the highest wins; then the longer category; then the earlier rule
  std::optional<std::string> category;  // a prefix of the path, cut at '>' only
  std::optional<std::string> community;
  std::vector<std::string> keywords;  // any of them; empty: no condition
  std::string lead_unit;
  std::vector<std::string> assist_units;
  std::optional<Validity> validity{};
  std::optional<std::string> contact{};         // of an office, never of a person; else the unit's
  std::optional<std::string> template_reply{};  // where the unit's reply may begin (DOMAIN §7.4)

  template <class Visit>
  static void fields(Visit& visit) {
    visit("id", &RoutingRule::id);
    visit("priority", &RoutingRule::priority);
    visit("category", &RoutingRule::category);
    visit("community", &RoutingRule::community);
    visit("keywords", &RoutingRule::keywords);
    visit("lead_unit", &RoutingRule::lead_unit);
    visit("assist_units", &RoutingRule::assist_units);
    visit("validity", &RoutingRule::validity);
    visit("contact", &RoutingRule::contact);
    visit("template_reply", &RoutingRule::template_reply);
  }
};

struct ClassRule {
  std::optional<std::string> category;
  std::optional<std::string> lexicon;  // a group of the lexicon that the text hits
  std::optional<std::string> order_type;
  std::string order_class;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("category", &ClassRule::category);
    visit("lexicon", &ClassRule::lexicon);
    visit("order_type", &ClassRule::order_type);
    visit("order_class", &ClassRule::order_class);
  }
};

// Which earlier orders an order is linked to (DOMAIN §5.4 b, c).
struct RepeatPolicy {
  bool link = true;
  int64_t repeat_window = int64_t{30} * 24 * 3600 * 1'000'000;  // microseconds
  int64_t cluster_window = int64_t{7} * 24 * 3600 * 1'000'000;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("link", &RepeatPolicy::link);
    visit("repeat_window", &RepeatPolicy::repeat_window);
    visit("cluster_window", &RepeatPolicy::cluster_window);
  }
};

// The numbers of the life cycle's guards. Beijing publishes none of them (DOMAIN §4.1): data.
struct RouterPolicy {
  uint64_t bounce_cap = 2;     // after so many bounces only the team leader dispatches
  uint64_t extension_max = 1;  // of rules without a class table; as the two maps below
  bool submit_needs_audit = false;
  std::vector<std::string> hand_in_needs;  // of contact, feedback, text, assignments
  std::vector<std::string> seat_answers;   // categories that a seat may answer by itself
  std::map<std::string, uint64_t> return_window_minutes;
  std::map<std::string, uint64_t> extension_hours;
  std::optional<RepeatPolicy> repeats;  // absent: the defaults
  std::optional<bool> not_ours_waits;   // for a person, instead of going by the rules; default yes
  // How far a hand-over looks ahead, microseconds; default kHandoverAhead.
  std::optional<int64_t> handover_ahead{};

  template <class Visit>
  static void fields(Visit& visit) {
    visit("bounce_cap", &RouterPolicy::bounce_cap);
    visit("extension_max", &RouterPolicy::extension_max);
    visit("submit_needs_audit", &RouterPolicy::submit_needs_audit);
    visit("hand_in_needs", &RouterPolicy::hand_in_needs);
    visit("seat_answers", &RouterPolicy::seat_answers);
    visit("return_window_minutes", &RouterPolicy::return_window_minutes);
    visit("extension_hours", &RouterPolicy::extension_hours);
    visit("repeats", &RouterPolicy::repeats);
    visit("not_ours_waits", &RouterPolicy::not_ours_waits);
    visit("handover_ahead", &RouterPolicy::handover_ahead);
  }
};

// Everything that the router decides by.
struct RouterRules {
  std::string version;
  bool sign_automatically = false;
  bool dispatch_automatically = true;
  std::string default_queue;
  std::vector<RoutingRule> rules;
  std::vector<ClassRule> class_rules;
  std::optional<RouterPolicy> policy;  // absent: the defaults of DOMAIN
  std::optional<StreetDirectory> directory;
  std::optional<CategoryTags> categories;
  std::optional<ClassTable> classes;
  std::optional<CalendarTexts> calendar;  // where a clock of a class counts by it

  template <class Visit>
  static void fields(Visit& visit) {
    visit("version", &RouterRules::version);
    visit("sign_automatically", &RouterRules::sign_automatically);
    visit("dispatch_automatically", &RouterRules::dispatch_automatically);
    visit("default_queue", &RouterRules::default_queue);
    visit("rules", &RouterRules::rules);
    visit("class_rules", &RouterRules::class_rules);
    visit("policy", &RouterRules::policy);
    visit("directory", &RouterRules::directory);
    visit("categories", &RouterRules::categories);
    visit("classes", &RouterRules::classes);
    visit("calendar", &RouterRules::calendar);
  }
};

// What a hand-in may be required to bring along (RouterPolicy::hand_in_needs).
inline constexpr std::array<std::string_view, 4> kHandInNeeds = {"contact", "feedback", "text",
                                                                 "assignments"};

constexpr std::chrono::hours kHandoverAhead{12};  // DOMAIN §13.3, due_next_12h

const RouterPolicy& policy_of(const RouterRules& rules);
// Null for a class without time limits, and for all of them by rules without a class table.
const ClassRules* class_rules_of(const RouterRules& rules, const std::string& order_class);
// What the clocks of the class may be made to do; by rules without a class table only the return
// window and the extension are limited, and any reason pauses.
ClassRules clock_rules_of(const RouterRules& rules, const std::string& order_class);

const RepeatPolicy& repeat_policy_of(const RouterRules& rules);
// How the unit is reached: by the rule that chose it (null: none did), else by the directory.
const std::string* contact_of(const RouterRules& rules, const RoutingRule* rule,
                              std::string_view unit);
// Whether an order that seems not to be ours waits for a person.
bool not_ours_waits(const RouterRules& rules);

}  // namespace jieban
