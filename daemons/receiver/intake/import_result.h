// What became of an imported file, and how it is told: result.json and rejects.csv. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "common/base/clock.h"
#include "common/base/result.h"

namespace jieban {

enum class OrderOutcome { added, updated, unchanged };

std::string_view to_string(OrderOutcome outcome);  // "new", "updated", "unchanged"

struct TakenOrder {
  std::string order_no;
  OrderOutcome outcome = OrderOutcome::added;
};

// A row that did not become an order: why, without what it says.
struct RejectedRow {
  size_t row_no = 0;
  std::string order_no;  // when it is a valid one
  std::string column;
  std::string reason;
};

// What the core answers for one group.
struct ImportOutcome {
  std::vector<TakenOrder> taken;
  std::vector<RejectedRow> rejected;
};

struct ImportSummary {
  std::string file;
  std::string batch;  // its groups are <batch>-1, <batch>-2, ...
  size_t header_row = 0;
  size_t rows = 0;  // below the header, blank ones not counted
  size_t groups = 0;
  Timestamp imported_at;
  std::vector<TakenOrder> taken;
  std::vector<RejectedRow> rejected;
};

std::string result_json(const ImportSummary& summary);
// UTF-8 with a byte order mark and CRLF, as Excel wants it.
std::string rejects_csv(const ImportSummary& summary);

}  // namespace jieban
