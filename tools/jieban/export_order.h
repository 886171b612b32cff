// ExportOrder: a row of an export as an order with typed fields, for the assessment, the appeals
// and the ledger.
//
// Only the fields that are asked for are read; a blank or "-" is no value, and no fault. A value
// that cannot be understood (an unknown word, no such date) makes the row a fault: it is counted
// nowhere, and told with its line. So is a second row of the same order number, because it would
// be counted twice.
// What fails and how: `invalid` when a field that has to be there has no column.
// Thread rule: pure functions and plain values.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/assessment/three_rates.h"
#include "common/base/clock.h"
#include "tools/jieban/export_table.h"

namespace jieban {

struct ExportOrder {
  size_t line = 0;
  std::string order_no;
  std::string order_type;
  std::string title;
  std::string content;
  std::string category;
  std::string street;
  std::string community;
  std::string lead_unit;
  std::string special_case;
  std::string objective_basis;
  std::optional<Timestamp> created_at;  // the city's time, else the call's
  std::optional<Timestamp> dispatched_at;
  std::optional<Timestamp> due_at;
  std::optional<Timestamp> extended_due_at;
  std::optional<Timestamp> signed_at;
  std::optional<Timestamp> forwarded_at;
  std::optional<Timestamp> submitted_at;
  std::optional<Timestamp> completed_at;
  std::optional<Timestamp> caller_told_at;
  std::optional<Timestamp> hotline_told_at;
  std::optional<Timestamp> visit_at;
  std::optional<Timestamp> evidence_at;
  std::optional<bool> in_assessment;
  std::optional<bool> returned;
  std::optional<bool> cancelled;
  std::optional<bool> self_answered;
  std::optional<bool> needs_forward;
  std::optional<bool> rejected;
  std::optional<bool> repeat_without_new_facts;
  std::optional<bool> unreachable_proved;
  Visit visit;
};

struct ExportOrders {
  std::vector<ExportOrder> orders;
  std::vector<RowFault> faults;  // by line, those of the table too
  // The fields that the header has, of those that can be read.
  std::vector<std::string> fields;
  bool has(std::string_view field) const;
};

// `wanted` empty: all fields.
Result<ExportOrders> read_orders(ExportTable table, const std::vector<std::string_view>& required,
                                 const std::vector<std::string_view>& wanted = {});

}  // namespace jieban
