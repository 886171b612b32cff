// What the router reads of an order that came in; the rest of OrderIntake is passed over.
// Plain values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "common/domain/events.h"
#include "common/routing/route_decision.h"

namespace jieban {

struct RoutedOthers {
  std::optional<std::string> street;
  std::optional<std::string> point;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("street", &RoutedOthers::street);
    visit("point", &RoutedOthers::point);
  }
};

struct RoutedFacts {
  std::string order_no;
  uint64_t round = 1;
  std::string order_type;
  std::string category;
  std::string community;
  std::string urgency;
  std::optional<Timestamp> dispatched_at;
  std::optional<Timestamp> due_at;
  std::optional<RoutedOthers> others;
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
    visit("others", &RoutedFacts::others);
    visit("keyword_groups", &RoutedFacts::keyword_groups);
    visit("keywords", &RoutedFacts::keywords);
  }
};

// Of the keyed hashes those that find repeats.
struct RoutedHashes {
  std::optional<Bytes> address;
  std::optional<Bytes> caller_phone;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("address", &RoutedHashes::address);
    visit("caller_phone", &RoutedHashes::caller_phone);
  }
};

struct RoutedIntake {
  RoutedFacts facts;
  std::optional<RoutedHashes> hashes;
  std::optional<Bytes> caller;
  std::optional<Bytes> place;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("facts", &RoutedIntake::facts);
    visit("hashes", &RoutedIntake::hashes);
    visit("caller", &RoutedIntake::caller);
    visit("place", &RoutedIntake::place);
  }
};

// Views into `facts`. Rules hold or not at the city's dispatch, else at `arrived_at`.
inline RouteFacts facts_of(const RoutedFacts& facts, Timestamp arrived_at) {
  RouteFacts views;
  views.order_type = facts.order_type;
  views.category = facts.category;
  views.community = facts.community;
  if (facts.others && facts.others->street) views.street = *facts.others->street;
  views.urgency = facts.urgency;
  views.keyword_groups = facts.keyword_groups;
  views.keywords = facts.keywords;
  views.at = facts.dispatched_at.value_or(arrived_at);
  return views;
}

}  // namespace jieban
