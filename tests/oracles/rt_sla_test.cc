// RT's service levels and Business::Hours: the rows that are calendar arithmetic.
//
// Business::Hours rolls a due that lands on closing time over to the next opening; ours stays. No
// row of this table lands there. The rows of status changes are asked of the watcher's core.
#include "tests/oracles/table.h"
#include "tests/unit/daemons/sla-watcher/sla_fixture.h"

namespace jieban::oracles {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

CalendarText hours_of(const Value& row) {
  const Value& hours = *row.find("hours");
  CalendarText text;
  if (hours.object() != nullptr) {
    text.windows = windows_yaml(hours);
  } else {
    std::string phrase = *hours.string();
    if (phrase.starts_with("default ")) phrase.erase(0, 8);
    const bool lunch = phrase.ends_with(" less 13:00-14:00");
    text = from_phrase(lunch ? "mon-fri 09:00-18:00" : phrase);
    if (lunch) text.windows = R"(["09:00-13:00", "14:00-18:00"])";
  }
  if (is_given(row, "tz")) text.zone = text_at(row, "tz");
  if (is_given(row, "holidays")) text.holidays = list_yaml(*row.find("holidays"));
  return text;
}

void check_level(const Value& row) {
  const bool real_time = is_given(row, "resolve_real_min");
  const Calendar& calendar = shared_calendar(real_time ? from_phrase("24x7") : hours_of(row));
  const Timestamp created = utc(text_at(row, "created"));
  if (is_given(row, "expected_starts")) {
    EXPECT_EQ(utc_text(*calendar.opening(created)), utc_text(utc(text_at(row, "expected_starts"))));
  }
  if (!is_given(row, "expected_due")) return;
  const auto budget =
      minutes(integer_at(row, real_time ? "resolve_real_min" : "resolve_business_min"));
  EXPECT_EQ(utc_text(*calendar.add(created, budget)), utc_text(utc(text_at(row, "expected_due"))));
}

// "2008-12-31T23:59:59 local".
Timestamp local(const Calendar& calendar, const std::string& text) {
  return at(calendar, text.substr(0, 19));
}

void check_function(const Value& row) {
  const Calendar& calendar = shared_calendar(hours_of(row));
  const std::string fn = text_at(row, "fn");
  if (fn == "between") {
    const auto work = calendar.between(from_micros(integer_at(row, "from_epoch") * 1'000'000),
                                       from_micros(integer_at(row, "to_epoch") * 1'000'000));
    EXPECT_EQ(*work, seconds(integer_at(row, "expected_seconds")));
  } else if (is_given(row, "expected")) {
    EXPECT_EQ(told(calendar, calendar.opening(at(calendar, "2026-03-08 00:00:00"))),
              "2026-03-09 09:00:00");
  } else {
    const Timestamp start = local(calendar, text_at(row, "at"));
    const auto end = fn == "add_seconds"
                         ? calendar.add(start, seconds(integer_at(row, "add_seconds")))
                         : calendar.opening(start);
    EXPECT_EQ(told(calendar, end).substr(0, 10), text_at(row, "expected_date"));
  }
}

// Two classes for its two levels; a stalled ticket is a clock that is paused.
ClockRules levels() {
  using std::chrono::hours;
  ClockRules rules = clock_rules();
  rules.classes["general"].due = limit_of(hours(2));
  rules.classes["general"].sign = limit_of(minutes(60));
  rules.classes["general"].contact = limit_of(hours(2));
  rules.classes["general"].pauses = {PauseReason::awaiting_caller};
  rules.classes["slower"] = rules.classes["general"];
  rules.classes["slower"].due = limit_of(hours(4));
  rules.classes["slower"].sign = limit_of(minutes(120));
  return rules;
}

struct Watched : SlaFixture {
  Watched() : SlaFixture(levels()) { open_order(1); }
  Timestamp deadline(ClockKind kind) { return clock_of(1, kind)->deadline; }
  void to_level(const std::string& order_class) {
    LaterMove told;
    told.order_class = order_class;
    move(1, "order.reclassified", told);
  }
  void stall(const char* reason = "awaiting_caller") {
    move(1, "order.clock_paused", Arguments{{"clock", "due"}, {"reason", reason}});
  }
  void reopen_ticket() { move(1, "order.clock_resumed", Arguments{{"clock", "due"}}); }
};

void a_level_moves_its_clock(ClockKind clock, Duration by) {
  Watched desk;
  const Timestamp before = desk.deadline(clock);
  desk.to_level("slower");
  EXPECT_EQ(desk.deadline(clock), before + by);
  desk.to_level("general");
  EXPECT_EQ(desk.deadline(clock), before);
}
void a_level_moves_the_due_time() { a_level_moves_its_clock(ClockKind::due, minutes(120)); }
void a_level_moves_the_start() { a_level_moves_its_clock(ClockKind::sign, seconds(3600)); }

void a_reply_clears_the_response() {
  Watched desk;
  desk.move(1, "order.signed");
  ASSERT_TRUE(desk.clock_of(1, ClockKind::contact).has_value());
  desk.move(1, "order.contacted");
  EXPECT_FALSE(desk.clock_of(1, ClockKind::contact).has_value());
}

void a_reply_leaves_the_due_time() {
  Watched desk;
  const Timestamp before = desk.deadline(ClockKind::due);
  desk.now += minutes(1);
  desk.move(1, "order.contacted");
  EXPECT_EQ(desk.deadline(ClockKind::due), before);
}

void a_stalled_clock_is_not_due_until_it_goes_on() {
  Watched desk;
  const Timestamp before = desk.deadline(ClockKind::due);
  desk.stall();
  EXPECT_FALSE(desk.clock_of(1, ClockKind::due)->armed());
  desk.now += seconds(3);
  desk.reopen_ticket();
  EXPECT_TRUE(desk.clock_of(1, ClockKind::due)->armed());
  EXPECT_EQ(desk.deadline(ClockKind::due), before + seconds(3));
}

void a_status_that_is_not_ignored_stalls_nothing() {
  Watched desk;
  const Timestamp before = desk.deadline(ClockKind::due);
  desk.stall("court");  // which is off
  desk.now += seconds(3);
  EXPECT_TRUE(desk.clock_of(1, ClockKind::due)->armed());
  EXPECT_EQ(desk.deadline(ClockKind::due), before);
}

const std::map<std::string, void (*)(), std::less<>> kStatusRows = {
    {"rt-09", a_level_moves_the_due_time},
    {"rt-11", a_reply_clears_the_response},
    {"rt-16", a_reply_leaves_the_due_time},
    {"rt-19", a_stalled_clock_is_not_due_until_it_goes_on},
    {"rt-20", a_status_that_is_not_ignored_stalls_nothing},
    {"rt-22", a_stalled_clock_is_not_due_until_it_goes_on},
    {"rt-23", a_level_moves_the_start},
};

TEST(Rt, RowsOfStatusChangesAgree) {
  TABLE_OR_SKIP(rows) = rows_of("rt_sla.json");
  size_t passed = 0;
  for (const Value& row : rows) {
    const auto found = kStatusRows.find(text_at(row, "id"));
    if (found == kStatusRows.end()) continue;
    SCOPED_TRACE(found->first);
    found->second();
    ++passed;
  }
  EXPECT_EQ(passed, kStatusRows.size());
}

std::string reason_not_to_apply(const std::string& id, const std::string& said) {
  if (id == "rt-21") return "a pause is never counted as used here: " + said;
  if (id == "rt-24") return "weekdays have names here, no numbers: " + said;
  return "no clock starts with a message here, they start with a move: " + said;
}

TEST(Rt, RowsOfCalendarArithmeticAgree) {
  TABLE_OR_SKIP(rows) = rows_of("rt_sla.json");
  Unapplied unapplied;
  size_t passed = 0;
  for (const Value& row : rows) {
    const std::string id = text_at(row, "id");
    SCOPED_TRACE(id);
    if (is_given(row, "case")) {
      if (kStatusRows.contains(id)) continue;
      unapplied.add(id, reason_not_to_apply(id, text_at(row, "case")));
      continue;
    }
    is_given(row, "fn") ? check_function(row) : check_level(row);
    ++passed;
  }
  EXPECT_EQ(passed, 13U);
  EXPECT_EQ(unapplied.size(), 9U);
}

}  // namespace
}  // namespace jieban::oracles
