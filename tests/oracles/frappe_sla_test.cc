// Frappe's helpdesk: due times over closing time and weekends, and holds counted in working time.
#include "common/calendar/pauses.h"
#include "tests/oracles/table.h"

namespace jieban::oracles {
namespace {

using std::chrono::days;
using std::chrono::seconds;

// All rows lie in the week that begins on Monday, 2 March 2026.
constexpr std::string_view kMonday = "2026-03-02";

Date first_at_or_after(Date from, std::string_view weekday) {
  const size_t index = std::string_view("MonTueWedThuFriSatSun").find(weekday) / 3;
  while (weekday_of(from) != index) from += days(1);
  return from;
}

// "Mon 11:00", "Wed(next) 18:00", "Thu(+12d) 18:00" and "Fri 10:00:01", not before `from`.
WallTime wall_of(std::string_view text, Date from) {
  const size_t space = text.find(' ');
  Date date = first_at_or_after(from, text.substr(0, 3));
  const size_t plus = text.find("(+");
  if (plus != std::string_view::npos)
    date = from + days(std::stoi(std::string(text.substr(plus + 2))));
  std::string time(text.substr(space + 1));
  if (time.size() == 5) time += ":00";
  return parse_wall(to_text(date) + " " + time).value();
}

int64_t resolution_seconds(const Value& row) {
  if (is_given(row, "resolution_s")) return integer_at(row, "resolution_s");
  return text_at(row, "priority") == "urgent" ? 7200 : 14400;  // as in the rows fh-01 and fh-03
}

class Ticket {
 public:
  explicit Ticket(const Value& row) : row_(row), calendar_(calendar_of_row(row)) {
    created_ = wall_of(text_at(row, "created"), day(kMonday));
    if (is_given(row, "hold_s")) {
      pauses_ = {{start(), start() + seconds(integer_at(row, "hold_s"))}};
    }
    if (!is_given(row, "paused")) return;
    const std::string paused = *row.find("paused")->array()->front().string();
    const size_t dash = paused.find('-');
    std::string to = paused.substr(dash + 1);
    if (to.size() == 5) to = paused.substr(0, 4) + to;
    pauses_ = {{instant(paused.substr(0, dash)), instant(to)}};
  }

  void check() const {
    expect_due("expected_response_by",
               is_given(row_, "response_s") ? integer_at(row_, "response_s") : 0);
    expect_due("expected_resolution_by", resolution_seconds(row_));
    if (is_given(row_, "expected_hold_s")) {
      EXPECT_EQ(*calendar_.between(pauses_[0].from, pauses_[0].to),
                seconds(integer_at(row_, "expected_hold_s")));
    }
    if (is_given(row_, "expected_resolution_time_s")) {
      const auto used =
          used_between(calendar_, start(), instant(text_at(row_, "resolved")), pauses_);
      EXPECT_EQ(*used, seconds(integer_at(row_, "expected_resolution_time_s")));
    }
  }

 private:
  static const Calendar& calendar_of_row(const Value& row) {
    CalendarText text = from_phrase(text_at(row, "hours"));
    if (!is_given(row, "holidays")) return shared_calendar(text);
    for (const Value& weekday : *row.find("holidays")->array()) {
      text.holidays += (text.holidays.empty() ? "[" : ", ") +
                       to_text(first_at_or_after(day(kMonday), *weekday.string()));
    }
    text.holidays += "]";
    return shared_calendar(text);
  }

  Timestamp start() const { return calendar_.zone().instant(created_); }
  Timestamp instant(std::string_view text) const {
    return calendar_.zone().instant(wall_of(text, date_of(created_)));
  }

  void expect_due(std::string_view key, int64_t budget) const {
    if (!is_given(row_, key)) return;
    const auto due = due_after(calendar_, start(), seconds(budget), pauses_);
    EXPECT_EQ(told(calendar_, due), to_text(wall_of(text_at(row_, key), date_of(created_)))) << key;
  }

  const Value& row_;
  const Calendar& calendar_;
  WallTime created_;
  Pauses pauses_;
};

TEST(Frappe, DueTimesAndHoldsAgree) {
  TABLE_OR_SKIP(rows) = rows_of("frappe_sla.json");
  Unapplied unapplied;
  size_t passed = 0;
  for (const Value& row : rows) {
    SCOPED_TRACE(text_at(row, "id"));
    if (is_given(row, "case")) {
      unapplied.add(text_at(row, "id"), "names of another system's states, no arithmetic");
      continue;
    }
    Ticket(row).check();
    ++passed;
  }
  EXPECT_EQ(passed, 12U);
  EXPECT_EQ(unapplied.size(), 1U);
}

}  // namespace
}  // namespace jieban::oracles
