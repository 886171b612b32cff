// The parts of payloads (common/domain/events.h) that an order's summary is made of. This is the
// hottest path of the house, and what is not named here is not copied. For order_summary.cc.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "common/domain/events.h"

namespace jieban::summary_parts {

struct OthersPart {
  std::optional<std::string> created_at_city;
  std::optional<std::string> completed_at;
  template <class Visit>
  static void fields(Visit& visit) {
    visit("created_at_city", &OthersPart::created_at_city);
    visit("completed_at", &OthersPart::completed_at);
  }
};

struct FactsPart {
  std::string order_no;
  uint64_t round = 1;
  std::string order_type;
  std::string category;
  std::string community;
  std::optional<Timestamp> called_at;
  std::optional<Timestamp> dispatched_at;
  std::optional<Timestamp> due_at;
  std::optional<OthersPart> others;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("order_no", &FactsPart::order_no);
    visit("round", &FactsPart::round);
    visit("order_type", &FactsPart::order_type);
    visit("category", &FactsPart::category);
    visit("community", &FactsPart::community);
    visit("called_at", &FactsPart::called_at);
    visit("dispatched_at", &FactsPart::dispatched_at);
    visit("due_at", &FactsPart::due_at);
    visit("others", &FactsPart::others);
  }
};

struct IntakePart {
  FactsPart facts;
  template <class Visit>
  static void fields(Visit& visit) {
    visit("facts", &IntakePart::facts);
  }
};

struct RoutePart {
  std::optional<std::string> suggestion;
  std::optional<std::string> repeat_of;
  std::optional<std::string> cluster_of;
  std::optional<std::vector<std::string>> tags;
  template <class Visit>
  static void fields(Visit& visit) {
    visit("suggestion", &RoutePart::suggestion);
    visit("repeat_of", &RoutePart::repeat_of);
    visit("cluster_of", &RoutePart::cluster_of);
    visit("tags", &RoutePart::tags);
  }
};

struct OpeningPart {
  std::string order_class;
  std::string category;
  std::string community;
  std::optional<Timestamp> due_at;
  std::optional<RoutePart> route;
  template <class Visit>
  static void fields(Visit& visit) {
    visit("order_class", &OpeningPart::order_class);
    visit("category", &OpeningPart::category);
    visit("community", &OpeningPart::community);
    visit("due_at", &OpeningPart::due_at);
    visit("route", &OpeningPart::route);
  }
};

struct MovePart {
  OrderState to = OrderState::new_order;
  std::optional<std::string> lead_unit;
  template <class Visit>
  static void fields(Visit& visit) {
    visit("to", &MovePart::to);
    visit("lead_unit", &MovePart::lead_unit);
  }
};

// order.fed_back: the two proofs.
struct ToldPart {
  std::optional<std::string> caller_told_at;
  std::optional<std::string> hotline_told_at;
  template <class Visit>
  static void fields(Visit& visit) {
    visit("caller_told_at", &ToldPart::caller_told_at);
    visit("hotline_told_at", &ToldPart::hotline_told_at);
  }
};

struct TurnPart {
  OrderState from = OrderState::new_order;
  OrderState to = OrderState::new_order;
  std::optional<std::string> lead_unit;
  std::optional<std::string> order_class;
  std::optional<uint64_t> round;
  std::optional<ToldPart> arguments;
  template <class Visit>
  static void fields(Visit& visit) {
    visit("arguments", &TurnPart::arguments);
    visit("from", &TurnPart::from);
    visit("to", &TurnPart::to);
    visit("lead_unit", &TurnPart::lead_unit);
    visit("order_class", &TurnPart::order_class);
    visit("round", &TurnPart::round);
  }
};

struct ClockPart {
  std::string clock;
  std::string change;
  Timestamp deadline;
  template <class Visit>
  static void fields(Visit& visit) {
    visit("clock", &ClockPart::clock);
    visit("change", &ClockPart::change);
    visit("deadline", &ClockPart::deadline);
  }
};

struct ClocksPart {
  std::vector<ClockPart> changes;
  template <class Visit>
  static void fields(Visit& visit) {
    visit("changes", &ClocksPart::changes);
  }
};

}  // namespace jieban::summary_parts
