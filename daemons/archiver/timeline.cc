#include "daemons/archiver/timeline.h"

#include <algorithm>

#include "common/base/bytes.h"
#include "common/domain/topology.h"

namespace jieban {
namespace {

// Time, rank of the stream and sequence: where an entry sorts, and which event it is.
constexpr size_t kPlaceSize = 2 * sizeof(uint64_t) + 1;
constexpr size_t kEntrySize = kPlaceSize + sizeof(uint64_t);

char rank_of(std::string_view stream) {
  std::string_view daemon = stream.substr(stream.rfind('.') + 1);
  const auto& known = topology::kArchiverReads;
  return char(std::ranges::find(known, daemon) - known.begin());
}

Result<void> check(std::string_view entries) {
  if (entries.size() % kEntrySize == 0) return {};
  return Error{ErrorCode::corrupt, "a timeline of the archive is cut off"};
}

uint64_t number_at(std::string_view entries, size_t at) {
  return read_u64(entries.substr(at + kPlaceSize));
}

// The rows into which the entries of one order have moved.
Result<void> read_moved(const Transaction& txn, const ArchiveTables& tables, uint64_t order_id,
                        const std::function<void(std::string_view)>& visit) {
  const std::string prefix = make_key(order_id);
  Range range(txn, tables.timelines);
  auto found = range.seek(prefix);
  for (; found.ok() && *found && range.key().starts_with(prefix); found = range.next()) {
    RETURN_IF_ERROR(check(range.value()));
    visit(range.value());
  }
  if (!found.ok()) return found.error();
  return {};
}

Error archived_before(const Event& event) {
  return {ErrorCode::conflict,
          "archived before: " + event.stream + " " + std::to_string(event.sequence)};
}

}  // namespace

std::string timeline_entry(const Event& event, uint64_t number) {
  std::string entry;
  entry.reserve(kEntrySize);
  append_key(entry, event.occurred_at);
  entry.push_back(rank_of(event.stream));
  append_key(entry, event.sequence);
  append_key(entry, number);
  return entry;
}

bool insert_entry(std::string& entries, std::string_view entry) {
  const std::string_view place = entry.substr(0, kPlaceSize);
  size_t at = entries.size();
  // Most entries are the latest of their order.
  while (at >= kEntrySize) {
    const int order = place.compare(std::string_view(entries).substr(at - kEntrySize, kPlaceSize));
    if (order == 0) return false;
    if (order > 0) break;
    at -= kEntrySize;
  }
  entries.insert(at, entry);
  return true;
}

Result<void> add_to_timeline(Transaction& txn, const ArchiveTables& tables, const Event& event,
                             uint64_t number, std::string& in_row) {
  RETURN_IF_ERROR(check(in_row));
  const std::string entry = timeline_entry(event, number);
  if (event.order_id == 0) {
    return txn.put(tables.timelines, make_key(event.order_id, number), entry);
  }
  if (in_row.size() >= kTimelineInRow * kEntrySize) {
    RETURN_IF_ERROR(txn.put(tables.timelines, make_key(event.order_id, number), in_row));
    in_row.clear();
  }
  return insert_entry(in_row, entry) ? Result<void>() : archived_before(event);
}

Result<std::vector<uint64_t>> timeline_of(const Transaction& txn, const ArchiveTables& tables,
                                          uint64_t order_id, size_t count_max) {
  std::string entries;
  auto row = tables.orders.get(txn, make_key(order_id));
  if (!row.ok()) return row.error();
  if (*row && (*row)->timeline) entries = (*row)->timeline->data;
  RETURN_IF_ERROR(check(entries));
  auto moved = read_moved(txn, tables, order_id, [&](std::string_view more) { entries += more; });
  if (!moved.ok()) return moved.error();
  std::vector<std::string_view> sorted;
  sorted.reserve(entries.size() / kEntrySize);
  for (size_t at = 0; at < entries.size(); at += kEntrySize) {
    sorted.push_back(std::string_view(entries).substr(at, kEntrySize));
  }
  std::ranges::sort(sorted);
  std::vector<uint64_t> numbers;
  for (std::string_view entry : sorted) {
    if (numbers.size() == count_max) break;
    numbers.push_back(number_at(entry, 0));
  }
  return numbers;
}

// The orders' rows first: entries move from there, and never back.
Result<void> visit_timelines(const Archive& archive, const std::function<void(uint64_t)>& visit) {
  auto visit_all = [&](std::string_view entries) -> Result<bool> {
    RETURN_IF_ERROR(check(entries));
    for (size_t at = 0; at < entries.size(); at += kEntrySize) visit(number_at(entries, at));
    return true;
  };
  RETURN_IF_ERROR(walk(archive.environment, archive.tables.orders.id(), {},
                       [&](const Transaction&, std::string_view, std::string_view value) {
                         auto row = decode_row<OrderSummary>(value);
                         if (!row.ok()) return Result<bool>(row.error());
                         return row->timeline ? visit_all(row->timeline->data) : Result<bool>(true);
                       }));
  return walk(archive.environment, archive.tables.timelines, {},
              [&](const Transaction&, std::string_view, std::string_view entries) {
                return visit_all(entries);
              });
}

}  // namespace jieban
