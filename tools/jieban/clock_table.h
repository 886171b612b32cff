// Questions about working time for whole tables: a CSV text in, the same with one column more out.
//
// Promises: a row that has an answer gets it whatever its neighbours are like; all rows come out,
// in their order, as they were written. The header names the columns; further columns pass through.
// A million rows need no more memory than one.
// What fails and how: a row without an answer gets an empty cell (in JSON an `error` member) and a
// complaint with its line; the count of them is the result. `invalid` when the header lacks a
// column or has the answer's already; what the input or the output give when they fail.
// Thread rule: one thread.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "common/calendar/calendar.h"
#include "tools/jieban/csv_stream.h"

namespace jieban {

struct ClockQuestion {
  std::string_view name;    // of the subcommand
  std::string_view first;   // column
  std::string_view second;  // column
  std::string_view answer;  // column that is added
  std::string_view summary;
  Result<std::string> (*ask)(const Calendar& calendar, std::string_view first,
                             std::string_view second);
};

// add, between, workday.
std::span<const ClockQuestion> clock_questions();

struct ClockTable {
  CsvStream::Source read;
  std::function<Result<void>(std::string_view)> write;
  std::function<void(std::string_view)> complain;  // one line, without its end
  bool json = false;                               // one JSON object a line instead of CSV
};

// The number of rows without an answer.
Result<size_t> answer_table(const ClockQuestion& question, const Calendar& calendar,
                            const ClockTable& table);

}  // namespace jieban
