// Which class an order has, and which unit leads it (DOMAIN §4.3 rule 2, §5.2).
//
// Pure: facts and rules in, a decision with its reason out. The shipped rules are not official;
// they are data with a version, and the version goes into every event that they decided.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "common/domain/events.h"

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

  template <class Visit>
  static void fields(Visit& visit) {
    visit("id", &RoutingRule::id);
    visit("priority", &RoutingRule::priority);
    visit("category", &RoutingRule::category);
    visit("community", &RoutingRule::community);
    visit("keywords", &RoutingRule::keywords);
    visit("lead_unit", &RoutingRule::lead_unit);
    visit("assist_units", &RoutingRule::assist_units);
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

// The numbers of the life cycle's guards. Beijing publishes none of them (DOMAIN §4.1): data.
struct RouterPolicy {
  uint64_t bounce_cap = 2;     // after so many bounces only the team leader dispatches
  uint64_t extension_max = 1;  // approved extensions of one order and round
  bool submit_needs_audit = false;
  std::vector<std::string> hand_in_needs;  // of contact, feedback, text, assignments
  std::vector<std::string> seat_answers;   // categories that a seat may answer by itself
  std::map<std::string, uint64_t> return_window_minutes;  // by class, from the signature
  std::map<std::string, uint64_t> extension_hours;        // by class: the longest extension

  template <class Visit>
  static void fields(Visit& visit) {
    visit("bounce_cap", &RouterPolicy::bounce_cap);
    visit("extension_max", &RouterPolicy::extension_max);
    visit("submit_needs_audit", &RouterPolicy::submit_needs_audit);
    visit("hand_in_needs", &RouterPolicy::hand_in_needs);
    visit("seat_answers", &RouterPolicy::seat_answers);
    visit("return_window_minutes", &RouterPolicy::return_window_minutes);
    visit("extension_hours", &RouterPolicy::extension_hours);
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

  template <class Visit>
  static void fields(Visit& visit) {
    visit("version", &RouterRules::version);
    visit("sign_automatically", &RouterRules::sign_automatically);
    visit("dispatch_automatically", &RouterRules::dispatch_automatically);
    visit("default_queue", &RouterRules::default_queue);
    visit("rules", &RouterRules::rules);
    visit("class_rules", &RouterRules::class_rules);
    visit("policy", &RouterRules::policy);
  }
};

// What the router reads of an order that came in; the rest of OrderIntake is passed over.
struct RoutedFacts {
  std::string order_no;
  uint64_t round = 1;
  std::string order_type;
  std::string category;
  std::string community;
  std::string urgency;
  std::optional<Timestamp> dispatched_at;
  std::optional<Timestamp> due_at;
  std::vector<std::string> keyword_groups;
  std::vector<std::string> keywords;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("order_no", &RoutedFacts::order_no);
    visit("round", &RoutedFacts::round);
    visit("order_type", &RoutedFacts::order_type);
    visit("category", &RoutedFacts::category);
    visit("community", &RoutedFacts::community);
    visit("urgency", &RoutedFacts::urgency);
    visit("dispatched_at", &RoutedFacts::dispatched_at);
    visit("due_at", &RoutedFacts::due_at);
    visit("keyword_groups", &RoutedFacts::keyword_groups);
    visit("keywords", &RoutedFacts::keywords);
  }
};

struct RoutedIntake {
  RoutedFacts facts;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("facts", &RoutedIntake::facts);
  }
};

struct ClassDecision {
  std::string order_class;
  std::string rule;  // "imported", "class_rules[3]", "default"
};

const RouterPolicy& policy_of(const RouterRules& rules);
// DOMAIN §4.3, T_RETURN; the policy's own figure first.
Duration return_window(const RouterPolicy& policy, const std::string& order_class);
// DOMAIN §4.3 rule 6: one more period of the class.
Duration extension_length(const RouterPolicy& policy, const std::string& order_class);

ClassDecision classify(const RouterRules& rules, const RoutedFacts& facts);

// The rule that routes the order, or null: it then waits in the default queue.
const RoutingRule* route(const RouterRules& rules, const std::string& category,
                         const std::string& community, const std::vector<std::string>& keywords);

// "城市管理>违法建设" is a prefix of "城市管理>违法建设>新建", and of itself, not of
// "城市管理>违法建设物".
bool is_category_prefix(std::string_view prefix, std::string_view path);

}  // namespace jieban
