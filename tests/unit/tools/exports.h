// Exports for tests: read with the column names that the project ships.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "tools/jieban/export_order.h"

namespace jieban {

inline const ColumnNames& shipped_columns() {
  static const ColumnNames names = [] {
    ColumnNames made;
    for (const char* file : {"/config/aliases.yaml", "/config/columns.yaml"}) {
      auto added = made.add_file(std::string(JIEBAN_SOURCE_DIR) + file);
      EXPECT_TRUE(added.ok()) << (added.ok() ? "" : added.error().message);
    }
    return made;
  }();
  return names;
}

inline ExportTable table_of(std::string_view csv) {
  auto table = read_export(csv, shipped_columns());
  EXPECT_TRUE(table.ok()) << (table.ok() ? "" : table.error().message);
  return table.ok() ? std::move(*table) : ExportTable();
}

inline ExportOrders orders_of(std::string_view csv) {
  auto orders = read_orders(table_of(csv), {});
  EXPECT_TRUE(orders.ok()) << (orders.ok() ? "" : orders.error().message);
  return orders.ok() ? std::move(*orders) : ExportOrders();
}

inline std::string told(const std::vector<RowFault>& faults) {
  std::string text;
  for (const RowFault& fault : faults) {
    text += std::to_string(fault.line) + " " + fault.reason + "\n";
  }
  return text;
}

}  // namespace jieban
