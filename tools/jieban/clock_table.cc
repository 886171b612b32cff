#include "tools/jieban/clock_table.h"

#include <algorithm>
#include <array>

#include "common/config/scalar.h"
#include "common/json/json.h"

namespace jieban {
namespace {

using std::chrono::seconds;

constexpr size_t kWriteBytes = 256 * 1024;
// A budget of 3,000 years is a slip of the pen, and its microseconds still fit.
constexpr int64_t kSecondsMax = 100'000'000'000;

Result<Timestamp> instant(const Calendar& calendar, std::string_view column,
                          std::string_view text) {
  const auto wall = parse_wall(text);
  if (wall) return calendar.zone().instant(*wall);
  return invalid(std::string(column) + " is no time such as 2026-02-13 17:00:00");
}

Result<int64_t> number(std::string_view column, std::string_view text) {
  auto value = parse_integer(text);
  if (value.ok()) return value;
  return invalid(std::string(column) + " is no whole number");
}

Result<std::string> ask_add(const Calendar& calendar, std::string_view start,
                            std::string_view work) {
  auto from = instant(calendar, "start_local", start);
  if (!from.ok()) return from.error();
  auto amount = number("add_working_seconds", work);
  if (!amount.ok()) return amount.error();
  if (*amount > kSecondsMax || *amount < -kSecondsMax) {
    return Error{ErrorCode::limit, "add_working_seconds is longer than any calendar"};
  }
  auto end = calendar.add(*from, seconds(*amount));
  if (!end.ok()) return end.error();
  return to_text(calendar.zone().wall(*end));
}

Result<std::string> ask_between(const Calendar& calendar, std::string_view start,
                                std::string_view end) {
  auto from = instant(calendar, "start_local", start);
  if (!from.ok()) return from.error();
  auto to = instant(calendar, "end_local", end);
  if (!to.ok()) return to.error();
  auto work = calendar.between(*from, *to);
  if (!work.ok()) return work.error();
  return std::to_string(std::chrono::floor<seconds>(*work).count());
}

// A date, or the date of a time.
Result<std::string> ask_workday(const Calendar& calendar, std::string_view start,
                                std::string_view delta) {
  const auto wall = parse_wall(start);
  const auto date = wall ? date_of(*wall) : parse_date(start);
  if (!date) return invalid("start is no date such as 2026-02-13");
  auto count = number("delta_workdays", delta);
  if (!count.ok()) return count.error();
  auto end = calendar.add_workdays(*date, *count);
  if (!end.ok()) return end.error();
  return to_text(*end);
}

constexpr std::array<ClockQuestion, 3> kQuestions = {{
    {"add", "start_local", "add_working_seconds", "end_local",
     "When will so much working time have passed?", ask_add},
    {"between", "start_local", "end_local", "working_seconds",
     "How much working time lies between?", ask_between},
    {"workday", "start", "delta_workdays", "date", "Which day is so many working days later?",
     ask_workday},
}};

class TableWalk {
 public:
  TableWalk(const ClockQuestion& question, const Calendar& calendar, const ClockTable& table)
      : question_(question),
        calendar_(calendar),
        table_(table),
        stream_([this](char* buffer, size_t size) { return read(buffer, size); }) {}

  Result<size_t> run() {
    RETURN_IF_ERROR(read_header());
    CsvRecord record;
    while (true) {
      auto found = stream_.next(record);
      if (!found.ok()) return stop(found.error());
      if (!*found) break;
      const auto answer = ask(record);
      if (!answer.ok()) complain(record, answer.error());
      table_.json ? put_json(record, answer) : put_csv(record, answer);
      if (out_.size() >= kWriteBytes) RETURN_IF_ERROR(flush());
    }
    RETURN_IF_ERROR(flush());
    return unanswered_;
  }

 private:
  // What is answered goes out before more is waited for, so that a pipe can be held open.
  Result<size_t> read(char* buffer, size_t size) {
    RETURN_IF_ERROR(flush());
    return table_.read(buffer, size);
  }

  Result<void> flush() {
    if (out_.empty()) return {};
    auto written = table_.write(out_);
    out_.clear();
    return written;
  }

  Error stop(const Error& error) {
    auto flushed = flush();
    return flushed.ok() ? error : flushed.error();
  }

  Result<size_t> column(std::string_view name) const {
    const auto found = std::find(header_.begin(), header_.end(), name);
    if (found != header_.end()) return size_t(found - header_.begin());
    return invalid("the header lacks the column " + std::string(name) + "; the first line names " +
                   std::string(question_.first) + " and " + std::string(question_.second));
  }

  Result<void> read_header() {
    CsvRecord record;
    auto found = stream_.next(record);
    if (!found.ok()) return found.error();
    header_ = *found ? record.cells : std::vector<std::string>();
    auto first = column(question_.first);
    if (!first.ok()) return first.error();
    auto second = column(question_.second);
    if (!second.ok()) return second.error();
    if (column(question_.answer).ok()) {
      return invalid("the table has a column " + std::string(question_.answer) + " already");
    }
    first_ = *first;
    second_ = *second;
    if (table_.json) return {};
    out_.append(record.raw).append(",").append(question_.answer).append("\n");
    return {};
  }

  Result<std::string> ask(const CsvRecord& record) const {
    if (!record.fault.empty()) return invalid(record.fault);
    if (record.cells.size() != header_.size()) {
      return invalid(std::to_string(record.cells.size()) + " cells where the header has " +
                     std::to_string(header_.size()));
    }
    return question_.ask(calendar_, record.cells[first_], record.cells[second_]);
  }

  void complain(const CsvRecord& record, const Error& error) {
    ++unanswered_;
    table_.complain(error.context("line " + std::to_string(record.line)).message);
  }

  void put_csv(const CsvRecord& record, const Result<std::string>& answer) {
    out_ += record.raw;
    // A short row is filled up, so that the empty answer stands in its own column.
    for (size_t i = record.cells.size(); i < header_.size(); ++i) out_ += ',';
    out_ += ',';
    if (answer.ok()) out_ += *answer;
    out_ += '\n';
  }

  void put_json(const CsvRecord& record, const Result<std::string>& answer) {
    Value row = Value::Object{};
    const size_t count = std::min(record.cells.size(), header_.size());
    for (size_t i = 0; i < count; ++i) row.set(header_[i], record.cells[i]);
    if (answer.ok()) {
      row.set(std::string(question_.answer), *answer);
    } else {
      row.set("error", answer.error().message);
    }
    out_ += to_json(row);
    out_ += '\n';
  }

  const ClockQuestion& question_;
  const Calendar& calendar_;
  const ClockTable& table_;
  CsvStream stream_;
  std::vector<std::string> header_;
  size_t first_ = 0;
  size_t second_ = 0;
  size_t unanswered_ = 0;
  std::string out_;
};

}  // namespace

std::span<const ClockQuestion> clock_questions() { return kQuestions; }

Result<size_t> answer_table(const ClockQuestion& question, const Calendar& calendar,
                            const ClockTable& table) {
  return TableWalk(question, calendar, table).run();
}

}  // namespace jieban
