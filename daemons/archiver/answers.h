// What the query edge answers with: orders, timelines and counts as Values (JSON).
//
// Times are local text. Thread rule: pure functions; nothing fails.
#pragma once

#include "common/base/value.h"
#include "daemons/archiver/query.h"
#include "daemons/archiver/verify.h"

namespace jieban {

Value order_value(const OrderRow& order);
Value page_value(const OrderPage& page);
Value view_value(const OrderView& view);
Value counts_value(const OrderCounts& counts);
Value chain_value(const ChainReport& report);

}  // namespace jieban
