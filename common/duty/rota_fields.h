// The words of a rota file that its readers share: instants, hours, weekdays, persons.
//
// Instants are readings of the rota's wall clock, "2026-02-16 08:30" or with seconds.
// What fails and how: `invalid` with file, line and column, and how to write it.
// Thread rule: pure; any thread.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "common/calendar/time_zone.h"
#include "common/config/document.h"
#include "common/duty/weekly_window.h"

namespace jieban {

// Ids are parts of file names and of calendar entries: a to z, 0 to 9, '_' and '-', 40 at most.
Result<std::string> read_id(const Node& map, std::string_view key);

using IdSet = std::set<std::string, std::less<>>;
// The member `id`, which is added to those that there are; no id comes twice.
Result<std::string> read_new_id(const Node& map, IdSet& ids);

// The members `from` and `until` of a map.
Result<void> read_span(const Node& map, const TimeZone& zone, Timestamp& from, Timestamp& until);
Result<Timestamp> read_instant(const Node& node, const TimeZone& zone);

Result<DayHours> read_hours(const Node& node);
// "mon-fri", "weekend", "every-day", or a list such as [mon, tue].
Result<uint64_t> read_weekdays(const Node& node);
// Its members `days` and `window`; each day, whole, where they are missing.
Result<WeeklyWindow> read_weekly_window(const Node& map);

Result<TimeZone> read_zone(const Node& map);  // the member `timezone`, else Asia/Shanghai
Result<uint64_t> read_count(const Node& map, std::string_view key, uint64_t otherwise,
                            int64_t count_max);
Result<bool> read_flag(const Node& map, std::string_view key);
// Empty where the key is missing.
Result<std::vector<Node>> read_list(const Node& map, std::string_view key, size_t count_max);

// Persons by id: no file names one that it does not have.
class KnownPersons {
 public:
  explicit KnownPersons(const std::vector<Person>& persons) : persons_(persons) {}
  Result<PersonId> one(const Node& map, std::string_view key) const;
  Result<std::optional<PersonId>> maybe(const Node& map, std::string_view key) const;
  // At least one.
  Result<std::vector<PersonId>> list(const Node& map, std::string_view key) const;

 private:
  Result<PersonId> check(const Node& node) const;
  const std::vector<Person>& persons_;
};

}  // namespace jieban
