// Timeline: which records of the chain tell of one order, in the order of their time.
//
// The latest entries stand in the order's own row, which is written for nearly every event anyway:
// a row of their own for each was a seventh of the archive. When there are kTimelineInRow of them
// they move into a row of the table `timelines`, all at once. What concerns no order (order id 0)
// has such a row for each event, since there is no order's row to grow.
// Fails: `corrupt` for what cannot be a timeline, and what the transaction fails with.
// Thread rule: pure functions over a transaction.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "common/domain/event.h"
#include "daemons/archiver/archive.h"

namespace jieban {

constexpr size_t kTimelineInRow = 32;

// An entry as it is stored: where it sorts, and the number of the record. Entries of one order sort
// by time, and effects behind their causes when the times are equal: a stream stands behind those
// that it follows.
std::string timeline_entry(const Event& event, uint64_t number);

// Puts the entry into its place among those of an order's row; false when this event is there.
bool insert_entry(std::string& entries, std::string_view entry);

// Notes the event in the timeline of its order, of which `in_row` is what its row holds.
// `conflict` when it stands there already. Entries that have moved are not looked through: it is
// the cursors that keep an event from coming twice, and this is a second look only.
Result<void> add_to_timeline(Transaction& txn, const ArchiveTables& tables, const Event& event,
                             uint64_t number, std::string& in_row);

// The numbers of the records of one order, at most `count_max` of them, the first ones in time.
Result<std::vector<uint64_t>> timeline_of(const Transaction& txn, const ArchiveTables& tables,
                                          uint64_t order_id, size_t count_max = SIZE_MAX);

// Calls `visit` with the number of each record that a timeline names. Runs beside a working
// archiver: what moves meanwhile may be told twice, and nothing that was there at the beginning is
// left out.
Result<void> visit_timelines(const Archive& archive, const std::function<void(uint64_t)>& visit);

}  // namespace jieban
