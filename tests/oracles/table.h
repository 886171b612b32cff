// Tables of facts about other systems, where the collection lies beside the source.
//
// A test starts with TABLE_OR_SKIP: it is skipped, saying so, where there is no collection; a table
// that is there and cannot be read fails it.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "common/base/value.h"
#include "tests/support/calendars.h"

namespace jieban::oracles {

// The rows of a JSON table; empty when the collection is not here.
Value::Array rows_of(const std::string& table);
// All of it, where facts stand beside the rows.
Value whole_table(const std::string& table);
bool collection_is_here();
// Below ../shared, or below JIEBAN_SHARED where that is set.
std::string table_path(const std::string& table);

// REQUIRES: that they are there, of that kind.
std::string text_at(const Value& row, std::string_view key);
int64_t integer_at(const Value& row, std::string_view key);
bool is_given(const Value& row, std::string_view key);

// One calendar file, put together the way its author would write it.
struct CalendarText {
  std::string zone = "UTC";
  std::string days = "every-day";
  std::string windows;   // YAML
  std::string holidays;  // YAML list, or empty
  std::string yaml() const;
};

// {"Mon": ["08:00-13:00"]} as a YAML map with our names of the days.
std::string windows_yaml(const Value& by_weekday);
// ["01-01", "2015-09-22"] as a YAML list.
std::string list_yaml(const Value& texts);
// "mon-fri 09:00-18:00", as several tables write it; also "24x7".
CalendarText from_phrase(std::string_view phrase);
// The same text gives the same calendar; laying one out takes some milliseconds.
const Calendar& shared_calendar(const CalendarText& text);

// "2013-03-21T09:30:00Z" of a table; 2013-03-21 09:30 when only "09:30" is written.
Timestamp utc(std::string_view text, std::string_view date = "");
std::string utc_text(Timestamp instant);

// Rows that a test could not apply, each with its reason: they are printed, and their number must
// be the one that the test expects.
class Unapplied {
 public:
  void add(const std::string& row, const std::string& reason);
  size_t size() const { return rows_.size(); }

 private:
  std::map<std::string, std::string> rows_;
};

}  // namespace jieban::oracles

#define TABLE_OR_SKIP(name)                           \
  if (!::jieban::oracles::collection_is_here()) {     \
    GTEST_SKIP() << "the oracle tables are not here"; \
  }                                                   \
  const Value::Array name
