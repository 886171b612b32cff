// Znuny's escalations over closing time and its holidays: the rows that are calendar arithmetic.
#include "tests/oracles/table.h"
#include "tests/unit/daemons/sla-watcher/sla_fixture.h"

namespace jieban::oracles {
namespace {

void check_escalation(const Value& row) {
  const Calendar& calendar = shared_calendar(from_phrase("mon-fri 09:00-18:00"));
  const Timestamp created = at(calendar, text_at(row, "created"));
  const auto due = [&](std::string_view key) {
    return told(calendar, calendar.add(created, std::chrono::minutes(integer_at(row, key))));
  };
  EXPECT_EQ(due("first_response_min"), text_at(row, "expected_escalation"));
  EXPECT_EQ(due("solution_min"), text_at(row, "expected_solution"));
}

// Its default calendar has these days off; calendar 2 lacks the first of January, and a day of
// 2004 that it had once.
void check_holiday(const Value& row) {
  const bool removed = text_at(row, "calendar").starts_with("2");
  const std::string days_off = removed
                                   ? R"(["05-01", "12-24", "12-25", "12-26", "12-31"])"
                                   : R"(["01-01", "05-01", "12-24", "12-25", "12-26", "12-31"])";
  const Calendar& calendar = shared_calendar({"UTC", "every-day", R"(["00:00-24:00"])", days_off});
  const auto working = calendar.is_working_day(day(text_at(row, "date")));
  ASSERT_TRUE(working.ok());
  EXPECT_EQ(!*working, is_given(row, "expected_holiday")) << text_at(row, "id");
}

// Its response is our signature, its solution our due time; its decay time is our repeat.
class Escalations {
 public:
  Escalations() : sla_(rules()) { sla_.open_order(1); }

  // What row `id` does, and how often each was told by then.
  void expect(const std::string& id, const Value& counts) {
    if (id == "zn-ev-02") check_run(std::chrono::minutes(61));
    if (id == "zn-ev-03") check_run(std::chrono::minutes(1));
    if (id == "zn-ev-04") check_run(std::chrono::minutes(100));
    EXPECT_EQ(told_["sign"], integer_at(counts, "response_start")) << id;
    EXPECT_EQ(told_["due"], integer_at(counts, "solution_start")) << id;
  }

 private:
  static ClockRules rules() {
    ClockRules rules = clock_rules();
    rules.ladder.rungs.clear();
    rules.ladder.repeat = micros(std::chrono::minutes(100));
    rules.ladder.repeats_max = 5;
    rules.classes["general"].sign = limit_of(std::chrono::minutes(30));
    rules.classes["general"].due = limit_of(std::chrono::minutes(60));
    return rules;
  }
  void check_run(Duration later) {
    for (const DeadlineAlert& alert : sla_.alerts_until(sla_.now + later)) ++told_[alert.clock];
  }

  SlaFixture sla_;
  std::map<std::string, int64_t> told_;
};

bool is_of_a_sweep(const std::string& id) {
  return id == "zn-ev-01" || id == "zn-ev-02" || id == "zn-ev-03" || id == "zn-ev-04";
}

TEST(ZnunyEvents, DueTimesAndHolidays) {
  TABLE_OR_SKIP(rows) = rows_of("znuny_escalation_events.json");
  Unapplied unapplied;
  Escalations escalations;
  size_t passed = 0;
  for (const Value& row : rows) {
    const std::string id = text_at(row, "id");
    if (is_of_a_sweep(id)) {
      escalations.expect(id, *row.find("expected_event_counts"));
      ++passed;
      continue;
    }
    if (is_given(row, "expected_event_counts")) {
      unapplied.add(id, "it has an update clock, or a calendar without hours; ours have neither");
      continue;
    }
    is_given(row, "date") ? check_holiday(row) : check_escalation(row);
    ++passed;
  }
  EXPECT_EQ(passed, 11U);
  EXPECT_EQ(unapplied.size(), 3U);
}

}  // namespace
}  // namespace jieban::oracles
