// What became of an imported file, and how it is told: result.json, rejects.csv and warnings.csv.
// Pure.
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

// What is to be said of a row: why it did not become an order, or what of it was not taken; without
// what it says.
struct RowNote {
  size_t row_no = 0;
  std::string order_no;  // when it is a valid one
  std::string column;
  std::string reason;
};

// What the core answers for one group.
struct ImportOutcome {
  std::vector<TakenOrder> taken;
  std::vector<RowNote> rejected;
};

struct ImportSummary {
  std::string file;
  std::string batch;  // its groups are <batch>-1, <batch>-2, ...
  size_t header_row = 0;
  size_t rows = 0;  // below the header, blank ones not counted
  size_t groups = 0;
  Timestamp imported_at;
  std::vector<TakenOrder> taken;
  std::vector<RowNote> rejected;
  std::vector<RowNote> warnings;  // of rows that were taken
};

std::string result_json(const ImportSummary& summary);
// UTF-8 with a byte order mark and CRLF, as Excel wants it. For rejects.csv and warnings.csv.
std::string notes_csv(const std::vector<RowNote>& notes);

}  // namespace jieban
