// The tables of the archive, and how they are read: in short transactions.
//
// A read transaction that stays open keeps every page that is replaced meanwhile from being used
// again, so long walks run in chunks, each in a transaction of its own. Rows that are written
// behind the position of a walk are not seen by it, rows before it are.
// Fails: `corrupt` and `io` of the store, and whatever a visitor returns.
// Thread rule: any thread may read.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "common/daemon/table.h"
#include "common/domain/events.h"
#include "daemons/archiver/chain.h"
#include "daemons/archiver/order_summary.h"

namespace jieban {

struct ArchiveTables {
  TableId records;             // number -> chain entry
  TableId timelines;           // order id, number -> entries of its timeline (timeline.h)
  Table<OrderSummary> orders;  // order id
  TableId order_numbers;       // order number, round -> order id
  TableId moments;             // time, number -> topic, of the events that reports count
  TableId records_by_kind;     // kind, time, number -> order id, of the desk's records
  Table<ArchiveSealed> seals;  // day

  Result<void> open(TableOpener& opener);
};

// The archive as readers hold it; both parts outlive them.
struct Archive {
  const Environment& environment;
  const ArchiveTables& tables;
};

// An order number comes from outside, also in a question: it must not break a key.
bool is_key_text(std::string_view text);

std::string encode_number(uint64_t number);
Result<uint64_t> decode_number(std::string_view stored);

// Returns whether to go on.
using VisitRow = std::function<Result<bool>(const Transaction& txn, std::string_view key,
                                            std::string_view value)>;

// From the first key at or after `from`, upwards.
Result<void> walk(const Environment& environment, TableId table, std::string from,
                  const VisitRow& visit);
// From the last key below `below` (empty: the last of all), downwards.
Result<void> walk_back(const Environment& environment, TableId table, std::string below,
                       const VisitRow& visit);

}  // namespace jieban
