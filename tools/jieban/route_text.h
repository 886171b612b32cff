// Why an order is routed as it is, for people and for machines. Pure.
#pragma once

#include <string>

#include "tools/jieban/route_order.h"

namespace jieban {

struct RouteExplanation {
  RouteOrder order;
  Timestamp at;            // when the rules were judged
  RouteDecision decision;  // its suggestion without a unit, which would point into `order`
  std::string suggested_unit;
  RouteTrace trace;
};

// By the code that the router decides by. `now` stands in where the order has no time of its own.
// The explanation points into `rules`.
RouteExplanation explain(const RouterRules& rules, RouteOrder order, Timestamp now);

// `all`: also what did not match; else the rules of the directory that did not are counted only.
std::string explanation_text(const RouterRules& rules, const RouteExplanation& told, bool all);
Value explanation_value(const RouterRules& rules, const RouteExplanation& told);

}  // namespace jieban
