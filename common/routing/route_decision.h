// How an order is routed (DOMAIN §5.2): a table of stages over rules, facts and what is known of
// earlier orders.
//
// Pure: the same in gives the same out, today and in a replay. Rules hold or not at `facts.at`: the
// city's dispatch, else the order's arrival. A sink that is on gets a row for everything that was
// tried, from this code and no other.
// Fails: never; an order that nothing matches waits for a person. Thread rule: pure functions.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "common/routing/route_trace.h"
#include "common/routing/routing_rules.h"

namespace jieban {

// Views into the order; they last as long as it does.
struct RouteFacts {
  std::string_view order_type;
  std::string_view category;
  std::string_view community;
  std::string_view street;
  std::string_view urgency;
  std::span<const std::string> keyword_groups;
  std::span<const std::string> keywords;
  Timestamp at;
};

// To which earlier orders it is linked; never merged into them (DOMAIN §5.4).
struct RouteLinks {
  std::optional<std::string> repeat_of;
  std::optional<std::string> cluster_of;
};

struct ClassDecision {
  std::string order_class;
  std::string rule;  // "imported", "class_rules[3]", "default"
};

// That the order should go back, and why; a person decides.
struct ReturnSuggestion {
  std::string_view reason;  // a return reason, DOMAIN §5.3
  std::string_view rule;    // "street", "community", "duties", or that of the directory
  std::string_view unit;    // whose it may be; may be empty
};

struct RouteDecision {
  ClassDecision order_class;
  std::optional<ReturnSuggestion> suggestion;
  bool says_repeat = false;
  const RoutingRule* rule = nullptr;             // null: it waits in the default queue
  RouteStage settled_by = RouteStage::fallback;  // with `why`
  RouteVerdict why = RouteVerdict::no_rule;
};

// The first three stages: what is known of an order as it comes in.
template <class Sink>
RouteDecision screen(const RouterRules& rules, const RouteFacts& facts, const RouteLinks& links,
                     Sink& sink);
// The others: who leads. `known`: what screening said, whatever came after.
template <class Sink>
RouteDecision choose(const RouterRules& rules, const RouteFacts& facts, const RouteDecision& known,
                     Sink& sink);

// Whether the unit may lead such an order (Art. 17): `matched`, or why not.
RouteVerdict may_lead(const RouterRules& rules, std::string_view unit, std::string_view category,
                      std::string_view community, Timestamp at);

// 七有五性; null when its category has none.
const std::vector<std::string>* tags_of(const RouterRules& rules, const RouteFacts& facts);

inline constexpr std::string_view kEmergencyClass = "emergency";
// The group of the lexicon whose words say that it is not the first time.
inline constexpr std::string_view kRepeatGroup = "repeat";

}  // namespace jieban
