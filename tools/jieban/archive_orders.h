// The orders of the archive as the assessment counts them: each with the city's latest call-back,
// and which of them an appeal has taken out (DOMAIN §8, §9, §10).
//
// A call-back is valid as its record says; one that does not say so is valid when the caller was
// reached and said whether it is solved. An order that was dispatched again counts by its latest
// call-back; an appeal takes out the call-back that it was against, not one of a later day.
// Pure, but for for_each_archived_page(), which fails with what the client fails with.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "common/assessment/appeal.h"
#include "common/base/value.h"
#include "tools/jieban/export_order.h"
#include "tools/jieban/session.h"

namespace jieban {

// Adds the orders of a page of the archive's list.
void append_assessed_orders(const Value& page, ExportOrders& orders);
// `visits`: the records of the kind "city_visit", the oldest first.
void add_visits(const Value::Array& visits, ExportOrders& orders);

// The order numbers that appeals have taken out of the net basis.
std::set<std::string> excluded_by(const std::vector<Appeal>& appeals, const ExportOrders& orders);

// Pages of the list of all orders, until the last one.
using VisitPage = std::function<void(const Value& page)>;
Result<void> for_each_archived_page(const Session& session, const VisitPage& visit);

Result<ExportOrders> archived_orders(const Session& session);

}  // namespace jieban
