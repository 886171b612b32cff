// The material that units handed in, unit by unit, in one week (DOMAIN §7.6): from the records
// `hand_in` and `audit` of the archive.
//
// A hand-in belongs to the week in which it came, an audit to the week in which it was made, both
// to the unit that led then. Completeness (完整性) and timeliness (时效性) are those of the audits:
// exact parts, in the weights of the checklist. First pass is of the audits of first hand-ins.
// Items are named, persons never. Hand-ins that were archived before there was a list of them are
// not seen.
// Fails: `invalid` for a day that is none or a week that has not begun; `corrupt` and `io` of the
// store. Thread rule: any thread; reads in short transactions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "common/assessment/rate.h"
#include "common/base/value.h"
#include "daemons/archiver/report.h"

namespace jieban {

constexpr size_t kFailedItemsMax = 5;

struct Week {
  Timestamp from;     // Monday
  Timestamp to;       // not included
  std::string label;  // "2026年第29周", by ISO 8601
};
// The week of that day.
Result<Week> week_of(const std::string& day, Timestamp now);

struct UnitMaterial {
  std::string unit;  // "" where nobody led
  uint64_t handed_in = 0;
  uint64_t late = 0;  // of these: after the due time of the order
  uint64_t audited = 0;
  uint64_t failed = 0;
  Rate first_pass;             // 一次通过率
  Rate completeness;           // 完整性
  Rate timeliness;             // 时效性
  uint64_t audit_seconds = 0;  // from the hand-in to the audit, natural time, of `timed` audits
  uint64_t timed = 0;
  std::vector<NamedCount> failed_items;  // titles, the most frequent first; at most five
};

struct MaterialWeek {
  Week week;
  std::vector<UnitMaterial> units;  // by name
  UnitMaterial total;
  bool official = true;  // no audit went by a list that is not
};

Result<MaterialWeek> make_material_week(const Archive& archive, const Week& week);

std::string material_week_markdown(const MaterialWeek& all, const std::string& street);
Value material_week_value(const MaterialWeek& all);

}  // namespace jieban
