// An order as routing sees it, from the archive's answer or from a file, for `jieban route
// explain`.
//
// Promises: from the archive it is what the router was told last, with the links and the reason
// that were kept; from a file it is what the door would have derived, with the lexicon's hits.
// Earlier orders are not known to a file, so that nothing of it is linked. What fails and how:
// `invalid` for a file or an answer that holds no order. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/value.h"
#include "common/routing/lexicon.h"
#include "common/routing/route_decision.h"
#include "tools/jieban/export_table.h"

namespace jieban {

struct RouteOrder {
  std::string order_no;
  std::string order_type;
  std::string category;
  std::string community;
  std::string street;
  std::string urgency;
  std::vector<std::string> keyword_groups;
  std::vector<std::string> keywords;
  std::optional<Timestamp> at;  // when the rules are judged; empty: the source does not say
  std::string raised_class;     // as it is now; empty: what the rules say
  RouteLinks links;
  Value kept;  // what the archive kept of the decision; null: nothing

  RouteFacts facts(Timestamp otherwise) const;
};

// GET /api/v1/orders/{order_no}.
Result<RouteOrder> read_archived_order(const Value& view);
// One order, a list of them, or a push {orders: [...]}; keys as in a push.
Result<std::vector<RouteOrder>> read_json_orders(std::string_view text, const Lexicon& lexicon);
std::vector<RouteOrder> read_table_orders(const ExportTable& table, const Lexicon& lexicon);

}  // namespace jieban
