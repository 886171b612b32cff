// Zammad's service levels: deadlines, pauses, what was used and what was left, next escalation.
#include <array>

#include "common/calendar/pauses.h"
#include "tests/oracles/table.h"
#include "tests/unit/daemons/sla-watcher/sla_fixture.h"

namespace jieban::oracles {
namespace {

using std::chrono::minutes;

constexpr std::string_view kEpoch = "2026-03-02";  // a day for the rows that have offsets only

// One of Zammad's three clocks, by the keys of the table.
struct LevelClock {
  const char* sla;
  const char* due;
  const char* used;
  const char* margin;
  const char* stop;  // the event that ends it
};

constexpr std::array<LevelClock, 3> kClocks = {{
    {"first_response", "first_response_by", "first_response_min", "first_response_margin_min",
     "first_response_at"},
    {"update", "update_by", "update_min", "update_margin_min", nullptr},
    {"solution", "solution_by", "close_min", "close_margin_min", "close_at"},
}};

class Ticket {
 public:
  explicit Ticket(const Value& row)
      : row_(row),
        expected_(*row.find("expected")),
        date_(text_at(row, "created").substr(0, 10)),
        created_(utc(text_at(row, "created"))),
        calendar_(
            shared_calendar({text_at(row, "tz"), "every-day", windows_yaml(*row.find("hours")),
                             list_yaml(*row.find("holidays"))})) {
    for (const Value& pause : *row.find("pauses")->array()) {
      pauses_.push_back(
          {utc(*(*pause.array())[0].string(), date_), utc(*(*pause.array())[1].string(), date_)});
    }
  }

  void check() const {
    for (const LevelClock& clock : kClocks) check_clock(clock);
    if (!is_given(expected_, "next_escalation")) return;
    std::optional<Timestamp> next;
    for (const LevelClock& clock : kClocks) {
      const bool stopped = clock.stop != nullptr && event(clock.stop).has_value();
      if (!stopped && (!next || due(clock) < *next)) next = due(clock);
    }
    EXPECT_EQ(utc_text(next.value_or(Timestamp())),
              utc_text(utc(text_at(expected_, "next_escalation"), date_)));
  }

 private:
  std::optional<Timestamp> event(std::string_view name) const {
    const Value* events = row_.find("events");
    if (events == nullptr || !is_given(*events, name)) return std::nullopt;
    return utc(text_at(*events, name), date_);
  }

  // The clock of updates starts again with each contact.
  std::optional<Timestamp> contact() const {
    const auto agent = event("agent_contact_at");
    return agent ? agent : event("customer_contact_at");
  }

  minutes budget(const LevelClock& clock) const {
    return minutes(integer_at(*row_.find("sla_min"), clock.sla));
  }

  Timestamp due(const LevelClock& clock) const {
    const bool restarts = clock.stop == nullptr && contact();
    const auto end = due_after(calendar_, restarts ? *contact() : created_, budget(clock), pauses_);
    EXPECT_TRUE(end.ok());
    return end.ok() ? *end : Timestamp();
  }

  void check_clock(const LevelClock& clock) const {
    if (is_given(expected_, clock.due)) {
      EXPECT_EQ(utc_text(due(clock)), utc_text(utc(text_at(expected_, clock.due), date_)))
          << clock.due;
    }
    if (!is_given(expected_, clock.used)) return;
    const auto stop = clock.stop == nullptr ? contact() : event(clock.stop);
    const auto used = used_between(calendar_, created_, *stop, pauses_);
    EXPECT_EQ(*used, minutes(integer_at(expected_, clock.used))) << clock.used;
    EXPECT_EQ(budget(clock) - *used, minutes(integer_at(expected_, clock.margin))) << clock.margin;
  }

  const Value& row_;
  const Value& expected_;
  std::string date_;
  Timestamp created_;
  const Calendar& calendar_;
  Pauses pauses_;
};

Timestamp offset(int64_t count) { return utc("00:00", kEpoch) + minutes(count); }

// "T+90".
Timestamp offset(const std::string& text) { return offset(std::stoll(text.substr(1))); }

// A ticket that lives from T to T+120; after that it is closed.
void check_offsets(const Value& row) {
  const Calendar& calendar = shared_calendar(from_phrase("24x7"));
  const Value& pause = row.find("pauses")->array()->front();
  const Pauses pauses = {
      {offset(*(*pause.array())[0].string()), offset(*(*pause.array())[1].string())}};
  const Value& expected = *row.find("expected");
  if (is_given(expected, "due_offset_min")) {
    const auto due = due_after(calendar, offset(integer_at(expected, "start_offset_min")),
                               minutes(integer_at(expected, "add_min")), pauses);
    EXPECT_EQ(utc_text(*due), utc_text(offset(integer_at(expected, "due_offset_min"))));
    return;
  }
  const Timestamp from = std::max(offset(0), offset(integer_at(expected, "from_offset_min")));
  const Timestamp to = std::min(offset(120), offset(integer_at(expected, "to_offset_min")));
  EXPECT_EQ(*used_between(calendar, from, to, pauses),
            minutes(integer_at(expected, "working_min")));
}

std::string reason_not_to_apply(const Value& row) {
  if (!is_given(row, "created")) return "how Zammad cuts a pause into days; ours has no such step";
  const bool by_message = text_at(row, "created") == "n/a" && text_at(row, "id") != "zm-29";
  if (by_message) return "an update clock by messages, told in words only";
  return "";
}

// An order that is closed has no clock, and so no next escalation.
void check_closed() {
  SlaFixture sla;
  sla.open_order(1);
  EXPECT_NE(sla.next_due(), kTimestampMax);
  sla.move(1, "order.closed");
  EXPECT_EQ(sla.next_due(), kTimestampMax);
}

// "first_response at T+75 with SLA 60".
void check_response(const Value& row) {
  const Value& expected = *row.find("expected");
  const auto used = used_between(shared_calendar(from_phrase("24x7")), offset(0), offset(75), {});
  EXPECT_EQ(*used, minutes(integer_at(expected, "first_response_min")));
  EXPECT_EQ(minutes(60) - *used, minutes(integer_at(expected, "margin_min")));
}

TEST(Zammad, RowsOfCalendarArithmeticAgree) {
  TABLE_OR_SKIP(rows) = rows_of("zammad_sla.json");
  Unapplied unapplied;
  size_t passed = 0;
  for (const Value& row : rows) {
    const std::string id = text_at(row, "id");
    SCOPED_TRACE(id);
    const std::string reason = reason_not_to_apply(row);
    if (!reason.empty()) {
      unapplied.add(id, reason);
      continue;
    }
    const Value* events = row.find("events");
    if (id == "zm-29") {
      check_response(row);
    } else if (events != nullptr && is_given(*events, "state")) {
      check_closed();
    } else {
      text_at(row, "created").starts_with("T+") ? check_offsets(row) : Ticket(row).check();
    }
    ++passed;
  }
  EXPECT_EQ(passed, 29U);
  EXPECT_EQ(unapplied.size(), 11U);
}

}  // namespace
}  // namespace jieban::oracles
