// Goal: the acceptance scenarios of DOMAIN §19 that are arithmetic, under their numbers: the rates
// as `jieban assess` prints them of an export, the windows of the reports.
#include <algorithm>

#include "daemons/archiver/answers.h"
#include "daemons/archiver/record_query.h"
#include "daemons/archiver/report.h"
#include "tests/scenarios/desk.h"
#include "tests/support/calendars.h"
#include "tests/unit/tools/exports.h"
#include "tools/jieban/archive_appeals.h"
#include "tools/jieban/archive_notes.h"
#include "tools/jieban/archive_orders.h"
#include "tools/jieban/assess.h"
#include "tools/jieban/ledger.h"
#include "tools/site/client.h"

namespace jieban {
namespace {

constexpr std::string_view kHeader =
    "工单编号,承办单位,创建时间,是否有效回访,是否联系,是否解决,是否满意\n";

AssessQuestion question(const std::string& cycle) {
  AssessQuestion asked;
  asked.rules = *load_assess_rules(JIEBAN_SOURCE_DIR "/config/assessment.yaml");
  asked.by = find_group("unit");
  asked.period = *assess_period(cycle, "", asked.rules.cycle);
  return asked;
}

Assessment assessed(const std::string& rows, const AssessQuestion& asked) {
  auto made = assess(orders_of(std::string(kHeader) + rows), asked);
  CHECK(made.ok());
  return std::move(*made);
}

std::string rows(const std::string& unit, int count, const std::string& answers) {
  static int number = 0;
  std::string text;
  for (int i = 0; i < count; ++i) {
    text += std::to_string(++number) + "," + unit + ",2026-06-20," + answers + "\n";
  }
  return text;
}

TEST(Scenario09, TheThreeRatesAreThoseOfTheWorkedExamplesAndNoVisitsAreADash) {
  const Assessment made =
      assessed(rows("甲", 100, "是,是,解决,满意") + rows("甲", 9, "是,是,解决,基本满意") +
                   rows("甲", 1, "是,是,未解决,基本满意") + rows("甲", 8, "是,是,未解决,不满意") +
                   rows("甲", 2, "是,否,未解决,不满意") + rows("乙", 36, "是,是,解决,满意") +
                   rows("乙", 4, "是,是,解决,基本满意") + rows("丙", 1, "否,,,"),
               question("2026-07"));
  const std::string text = assess_text(made);
  for (const char* part : {"98.33%  90.83%  90.83%      91.6", " 100%    100%  99.00%      99.6",
                           "98.75%  93.13%  92.88%      93.6", "99.17%  95.42%  94.92%      95.6",
                           "   —       —       —         —"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
}

std::string told(const Span& span) {
  return format_local(span.from).substr(0, 16) + " - " + format_local(span.to).substr(0, 16);
}

TEST(Scenario10, TheWindowsOfADailyReport) {
  struct Row {
    const char* date;
    bool rollover;
    const char* daily;
    const char* cumulative;
    const char* label;
    const char* previous;
  };
  const std::vector<Row> expected = {
      {"2026-07-18", true, "2026-07-17 12:00 - 2026-07-18 12:00",
       "2026-06-19 00:00 - 2026-07-18 12:00", "2026年7月", "2026-05-19 00:00 - 2026-06-18 12:00"},
      {"2026-07-19", true, "2026-07-18 12:00 - 2026-07-19 12:00",
       "2026-07-19 00:00 - 2026-07-19 12:00", "2026年8月", "2026-06-19 00:00 - 2026-06-19 12:00"},
      {"2026-03-31", true, "2026-03-30 12:00 - 2026-03-31 12:00",
       "2026-03-19 00:00 - 2026-03-31 12:00", "2026年4月", "2026-02-19 00:00 - 2026-02-28 12:00"},
      {"2026-03-31", false, "2026-03-30 12:00 - 2026-03-31 12:00",
       "2026-02-19 00:00 - 2026-03-31 12:00", "2026年3月", "2026-01-19 00:00 - 2026-02-28 12:00"},
  };
  for (const Row& row : expected) {
    CycleRules rules;
    rules.rollover = row.rollover;
    const CycleSpans spans = cycle_spans(day(row.date), rules);
    EXPECT_EQ(told(spans.daily), row.daily);
    EXPECT_EQ(told(spans.cumulative), row.cumulative);
    EXPECT_EQ(spans.label, row.label);
    EXPECT_EQ(told(spans.previous), row.previous);
    // The archive's own daily report has the same window.
    auto period = daily_period(row.date, *parse_local("2026-12-01 00:00:00"));
    ASSERT_TRUE(period.ok());
    EXPECT_EQ(told(Span{period->from, period->to}), row.daily);
  }
}

Value::Array records_of(Desk& desk, const std::string& kind) {
  RecordFilter filter;
  filter.kind = kind;
  const Value page = records_value(*list_records(desk.archive(), filter));
  Value::Array oldest_first = array_at(page, "records");
  std::ranges::reverse(oldest_first);
  return oldest_first;
}

// The appeal goes through the daemons; the export of the cycle is the city's.
TEST(Scenario11, AnOrderWhoseAppealTheCityPassedCountsInTheFullBasisOnly) {
  Desk desk(shipped_five_rules(), "2026-06-20 08:00:00");
  std::string exported;
  for (const char* order_no : {"260620000001", "260620000002", "260620000003"}) {
    desk.submit(Desk::leak(order_no));
    desk.bring(order_no, "accept_completion");
    desk.take(order_no, Desk::visit("UNSOLVED", "UNSATISFIED"));
    exported += std::string(order_no) + ",甲,2026-06-20,是,是,未解决,不满意\n";
  }
  exported += "4,甲,2026-06-20,是,是,解决,满意\n";
  const auto appeal = [&](const std::string& order_no, const std::string& result) {
    desk.take(order_no, {"appeal_submit",
                         "team_leader",
                         {{"route", "assessment"}, {"target", "solved"}, {"point_code", "SC3"}}});
    desk.take(order_no, {"appeal_decided", "city", {{"result", result}}});
  };
  appeal("260620000001", "CITY_PASS");
  appeal("260620000002", "CITY_DENY");
  AssessQuestion asked = question("2026-07");
  const auto appeals = appeals_of_records(records_of(desk, "appeal"), asked.rules.cycle);
  EXPECT_EQ(appeals.size(), 2U);
  for (const Appeal& each : appeals) {
    if (each.excludes()) asked.excluded.insert(each.order_no);
  }
  const Assessment made = assessed(exported, asked);
  EXPECT_EQ(made.full.total.valid, 4U);
  EXPECT_EQ(format_rate(made.full.pooled.solved), "25.0%");
  EXPECT_EQ(made.net.total.valid, 3U);
  EXPECT_EQ(format_rate(made.net.pooled.solved), "33.3%");
  // The archive alone tells the same of its three.
  ExportOrders archived;
  archived.fields = {"order_no", "lead_unit"};
  append_assessed_orders(page_value(*list_orders(desk.archive(), {})), archived);
  add_visits(records_of(desk, "city_visit"), archived);
  asked.appeals = appeals;
  asked.excluded = excluded_by(appeals, archived);
  auto own = assess(archived, asked);
  ASSERT_TRUE(own.ok());
  EXPECT_EQ(own->full.total.valid, 3U);
  EXPECT_EQ(own->net.total.valid, 2U);
  EXPECT_EQ(own->appeals->excluded, std::vector<std::string>{"260620000001"});
  EXPECT_EQ(own->appeals->denied, 1U);
}

// Not of §19: causes of misses and rectifications are records from the door to the ledger.
TEST(Ledger, CausesAndRectificationsComeFromTheRecordsOfTheDaemons) {
  Desk desk(shipped_five_rules(), "2026-06-20 08:00:00");
  const std::string order_no = "260620000001";
  desk.submit(Desk::leak(order_no));
  desk.bring(order_no, "submit");
  desk.take(order_no, {"note_miss",
                       "audit",
                       {{"figure", "feedback"}, {"cause", "upstream"}, {"evidence", "notice-3"}}});
  desk.take(
      order_no,
      {"demand_rectification",
       "audit",
       {{"rectification", "R1"}, {"evidence", "letter-1"}, {"rectify_by", "2026-06-21 18:00"}},
       {{"matter", "三天内补齐反馈"}}});
  EXPECT_NE(desk.refusal(order_no, {"note_miss", "seat", {}}), "");
  desk.advance_to("2026-06-30 08:00:00");
  desk.take(order_no, {"note_miss",
                       "team_leader",
                       {{"figure", "feedback"},
                        {"cause", "upstream"},
                        {"evidence", "notice-3"},
                        {"agreed", "yes"},
                        {"rectification", "R1"}}});
  const Value::Array demanded = records_of(desk, "rectification");
  ASSERT_EQ(demanded.size(), 1U);
  EXPECT_TRUE(boolean_at(demanded[0], "has_sealed_text"));
  EXPECT_EQ(text_at(demanded[0], "actor"), "audit-1");
  const ArchiveNotes noted =
      notes_of_records(records_of(desk, "miss"), demanded, day("2026-06-30"));
  const MissNote& miss = noted.notes.misses.at({order_no, "feedback"});
  EXPECT_TRUE(miss.excused());
  EXPECT_EQ(miss.rectification, "R1");
  LedgerQuestion asked;
  asked.contract = *load_contract(JIEBAN_SOURCE_DIR "/config/contracts/desheng.yaml");
  asked.contract.term.first = day("2026-06-01");
  asked.notes = noted.notes;
  asked.as_of = day("2026-06-30");
  asked.add_workdays = [](Date from, int64_t) -> Result<Date> { return from; };
  LedgerSource source;
  source.facts = archive_facts();
  append_archive_orders(page_value(*list_orders(desk.archive(), {})), source);
  const Ledger ledger = make_ledger(source, asked);
  EXPECT_EQ(ledger.rectifications.count, 1U);
  EXPECT_EQ(ledger.rectifications.failing, 1U) << "due on the 21st and not done";
  EXPECT_NE(ledger_text(ledger).find("notice-3"), std::string::npos) << ledger_text(ledger);
  EXPECT_EQ(desk.set_aside(), std::vector<std::string>());
}

// Not of §19: what the ledger of the contract asks of the archive, it gets.
TEST(Ledger, TheArchiveKnowsTheFeedbackOfEachRound) {
  Desk desk(shipped_five_rules(), "2026-06-20 08:00:00");
  const std::string order_no = "260620000001";
  const Said feedback{
      "feedback",
      "unit",
      {{"caller_told_at", "2026-06-20 08:00"}, {"hotline_told_at", "2026-06-20 08:00"}}};
  desk.submit(Desk::leak(order_no));
  desk.bring(order_no, "accept");
  desk.take(order_no, feedback);
  desk.take(order_no, {"hand_in", "unit"});
  desk.take(order_no, {"submit", "audit"});
  desk.take(order_no, {"accept_completion", "city"});
  desk.take(order_no, Desk::visit("SOLVED", "SATISFIED"));
  desk.submit(Desk::leak("260620000002"));
  desk.advance(std::chrono::hours(24));
  desk.take(order_no, {"again", "city", {{"due_at", "2026-06-25 08:00"}}});
  desk.bring(order_no, "submit");
  desk.advance(std::chrono::hours(24 * 8));
  LedgerSource source;
  source.facts = archive_facts();
  auto page = list_orders(desk.archive(), {});
  ASSERT_TRUE(page.ok());
  append_archive_orders(page_value(*page), source);
  LedgerQuestion asked;
  asked.contract = *load_contract(JIEBAN_SOURCE_DIR "/config/contracts/yuetan.yaml");
  asked.as_of = day("2026-07-18");
  asked.add_workdays = [](Date from, int64_t) { return from; };
  const Ledger ledger = make_ledger(source, asked);
  const auto rate = [&](std::string_view code) {
    for (const LedgerFigure& figure : ledger.periods[0].answer.figures) {
      if (figure.code == code) return figure.rate;
    }
    return Rate{};
  };
  EXPECT_EQ(rate("feedback"), (Rate{1, 3})) << "the second round was not fed back";
  EXPECT_EQ(rate("on_time"), (Rate{2, 3}));
  EXPECT_EQ(rate("sign"), (Rate{2, 3}));
}

}  // namespace
}  // namespace jieban
