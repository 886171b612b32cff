// OfficialYears: the days off and the make-up working days that the State Council announces.
//
// A folder of files, one a year, named YEAR.yaml (config/README.md shows one); other files in it
// are somebody else's. Each says which notice it came from, or that there is none yet.
// Promises: nothing is known of a year that is not announced, and nothing is guessed. The announced
// years follow each other without a hole. A notice may also speak of the December before its year,
// as those of 2019 and 2023 did; two notices that contradict each other are refused.
// What fails and how: load() gives `invalid` with file:line:column, `not_found` for a folder
// without years, `io` for what cannot be read. missing_year() is the one error for asking too much:
// code `not_found`, its message begins with CALENDAR_MISSING_<year>. Thread rule: immutable once
// loaded; any number of threads.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.h"
#include "common/calendar/civil.h"

namespace jieban {

struct Notice {
  std::string title;
  std::string url;
};

struct OfficialDay {
  bool working = false;  // a make-up working day, else a day off
  std::string name;      // of the holiday it belongs to
};

struct OfficialYear {
  bool announced = false;
  std::vector<Notice> notices;
};

class OfficialYears {
 public:
  static Result<OfficialYears> load(const std::string& directory);
  // Adds one file; `name` stands for it in messages. For load() and tests.
  Result<void> add(std::string_view text, const std::string& name);
  // Refuses a hole between announced years. REQUIRED after the last add().
  Result<void> check() const;

  // The announced years; empty when there is none.
  std::optional<int> first() const;
  std::optional<int> last() const;
  bool announced(int year) const;
  // nullptr when the notices do not speak of it.
  const OfficialDay* find(Date date) const;
  // Monday to Friday but for the notices. REQUIRES: announced(year of `date`).
  bool is_working_day(Date date) const;
  const std::map<int, OfficialYear>& years() const { return years_; }
  Error missing_year(int year) const;

 private:
  std::map<int, OfficialYear> years_;
  std::map<Date, OfficialDay> days_;
};

}  // namespace jieban
