// The lists of the desk's records: returns, rejections, extensions, contacts, call-backs, ...
// (common/domain/record_kind.h). Read by an index of kind and time, newest first; of one order,
// from its timeline.
// Free text of a record is sealed at the door and does not stand here; its names do.
// Fails: `not_found`, `invalid`, `corrupt` and `io` of the store. Thread rule: any thread.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/value.h"
#include "daemons/archiver/archive.h"

namespace jieban {

struct RecordFilter {
  std::string kind;
  std::string order_no;  // empty: of all orders
  std::optional<Timestamp> from;
  std::optional<Timestamp> to;  // not included
  std::string below;            // the `next` of the page before
  size_t page_size = 50;
};

struct RecordRow {
  uint64_t number = 0;  // in the hash chain
  Event event;
};

struct RecordPage {
  std::vector<RecordRow> records;   // newest first
  std::optional<std::string> next;  // where the next page begins
};

Result<RecordPage> list_records(const Archive& archive, const RecordFilter& filter);

// Upwards in time, `to` not included.
using VisitRecord = std::function<Result<void>(const Event& event)>;
Result<void> for_each_record(const Archive& archive, std::string_view kind, Timestamp from,
                             Timestamp to, const VisitRecord& visit);

// {records: [{order_no, at, actor, role, topic, label, fields, ...}], next}
Value records_value(const RecordPage& page);

}  // namespace jieban
