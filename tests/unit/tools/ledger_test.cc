// The ledger of a contract: three periods, misses with their notes, duties, penalties; nothing that
// the source cannot tell is shown as kept.
#include "tools/jieban/ledger.h"

#include "tests/support/calendars.h"
#include "tests/unit/tools/exports.h"
#include "tools/site/client.h"

namespace jieban {
namespace {

constexpr std::string_view kOrders =
    "工单编号,派单时间,签收时间,转办时间,办理时限,提交时间,反馈诉求人时间,反馈热线时间,是否撤单\n"
    "1,2026-02-10 08:00,2026-02-10 08:05,2026-02-10 09:00,2026-02-17 08:00,2026-02-12 08:00,"
    "2026-02-12 09:00,2026-02-12 09:00,否\n"
    "2,2026-07-01 08:00,2026-07-01 08:05,2026-07-01 09:00,2026-07-08 08:00,2026-07-08 08:00:01,"
    "2026-07-08 09:00,,否\n"
    "3,2026-06-20 08:00,,,,,,,否\n"
    "4,2026-07-02 08:00,,,,,,,是\n";

LedgerQuestion question(const std::string& file = "yuetan.yaml") {
  LedgerQuestion asked;
  asked.contract = *load_contract(JIEBAN_SOURCE_DIR "/config/contracts/" + file);
  asked.as_of = day("2026-07-18");
  asked.add_workdays = [](Date from, int64_t count) { return office().add_workdays(from, count); };
  return asked;
}

Ledger ledger_of(std::string_view csv, const LedgerQuestion& asked) {
  LedgerSource source = ledger_source(orders_of(csv));
  source.name = "x.csv";
  return make_ledger(source, asked);
}

std::string told(const Ledger& ledger, std::string_view code) {
  std::string text;
  for (const LedgerPeriod& period : ledger.periods) {
    for (const LedgerFigure& figure : period.answer.figures) {
      if (figure.code != code) continue;
      text += std::to_string(figure.rate.met) + "/" + std::to_string(figure.rate.of) + " ";
    }
  }
  return text;
}

TEST(LedgerReport, CountsTheContractTheCycleAndTheMonth) {
  const Ledger ledger = ledger_of(kOrders, question());
  EXPECT_EQ(told(ledger, "sign"), "2/3 1/2 1/1 ");
  EXPECT_EQ(told(ledger, "forward"), "2/2 1/1 1/1 ");
  EXPECT_EQ(told(ledger, "on_time"), "1/2 0/1 0/1 ");
  EXPECT_EQ(told(ledger, "feedback"), "1/2 0/1 0/1 ");
}

TEST(LedgerReport, NamesEachMissWithWhatWasNotedOfIt) {
  LedgerQuestion asked = question();
  asked.notes.misses[{"3", "sign"}] = {"upstream", "市平台停机公告", true, ""};
  const std::string text = ledger_text(ledger_of(kOrders, asked));
  for (const char* part : {"未达标工单 3 件次", "市平台停机公告", "上级平台", "未登记",
                           "66.6% (2/3)", "¥185,076.10", "件次（不含", "非官方", "不是法律意见"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
  EXPECT_NE(text.find("未达 100% 的工单 2 件次"), std::string::npos) << text;
}

TEST(LedgerReport, WhatTheArchiveAndTheNotesSayDifferentlyStandsInIt) {
  LedgerQuestion asked = question();
  EXPECT_EQ(ledger_text(ledger_of(kOrders, asked)).find("登记不一致"), std::string::npos);
  asked.contradictions = {"整改 R1：完成日期，档案为“无”，文件为“2026-04-10”"};
  const Ledger ledger = ledger_of(kOrders, asked);
  const std::string text = ledger_text(ledger);
  EXPECT_NE(text.find("登记不一致：整改 R1：完成日期"), std::string::npos) << text;
  EXPECT_NE(text.find("以档案为准"), std::string::npos);
  const Value answer = ledger_value(ledger);
  EXPECT_EQ(answer.find("contradictions")->array()->at(0), Value(asked.contradictions[0]));
}

// DOMAIN §19, scenario 17.
TEST(LedgerReport, NeverShowsAllForLessThanAll) {
  std::string csv = "工单编号,派单时间,签收时间,标题\n";
  for (int i = 0; i < 10'000; ++i) {
    csv += std::to_string(i) + ",2026-03-01 08:00," + (i < 4 ? "" : "2026-03-01 08:01") + ",x\n";
  }
  const std::string text = ledger_text(ledger_of(csv, question()));
  EXPECT_NE(text.find("99.9% (9996/10000)"), std::string::npos) << text;
  EXPECT_EQ(text.find("100.0%"), std::string::npos);
}

TEST(LedgerReport, WhatTheExportCannotTellIsSaidToBeMissing) {
  const Ledger ledger = ledger_of(
      "工单编号,派单时间,签收时间,标题\n1,2026-03-01 08:00,2026-03-01 08:01,x\n", question());
  const std::string text = ledger_text(ledger);
  EXPECT_NE(text.find("无数据"), std::string::npos);
  EXPECT_TRUE(ledger.penalties.empty());
  const Value answer = ledger_value(ledger);
  const Value& feedback = answer.find("periods")->array()->at(0).find("figures")->array()->at(5);
  EXPECT_EQ(text_at(feedback, "code"), "feedback");
  EXPECT_FALSE(boolean_at(feedback, "known"));
  EXPECT_EQ(text_at(feedback, "rate"), "—");
}

TEST(LedgerReport, DutiesAndPostsStandInIt) {
  LedgerQuestion asked = question();
  asked.notes.filled["坐席人员岗"] = 4;
  asked.notes.done["payment_1"] = {day("2026-02-20"), "回单"};
  const std::string text = ledger_text(ledger_of(kOrders, asked));
  for (const char* part : {"已完成", "2026-02-27", "¥925,380.50", "逾期", "坐席人员岗 4/4",
                           "班组长岗 未登记/1", "累计整改 0 次"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
}

TEST(LedgerReport, BeforeAndAfterTheTermNothingCounts) {
  LedgerQuestion asked = question("desheng.yaml");
  asked.as_of = day("2026-06-20");
  EXPECT_EQ(told(ledger_of(kOrders, asked), "sign"), "0/0 0/0 0/0 ");
  LedgerQuestion after = question();
  after.as_of = day("2027-03-01");
  EXPECT_EQ(told(ledger_of(kOrders, after), "sign"), "2/3 0/0 0/0 ");
}

TEST(LedgerSource, TheArchiveTellsItsTimesAndWhoWasTold) {
  Value order;
  order.set("order_no", "1").set("created_at", "2026-03-01 08:00:00");
  order.set("received_at", "2026-03-01 08:01:00").set("signed_at", "2026-03-01 08:05:00");
  order.set("dispatched_at", Value()).set("submitted_at", Value());
  order.set("due_at", "2026-03-08 08:00:00").set("state", "SIGNED");
  Value page;
  page.set("orders", Value(Value::Array{order}));
  LedgerSource source;
  source.facts = archive_facts();
  append_archive_orders(page, source);
  ASSERT_EQ(source.orders.size(), 1u);
  EXPECT_EQ(format_local(*source.orders[0].dispatched_at), "2026-03-01 08:00:00");
  EXPECT_FALSE(source.orders[0].forwarded_at || source.orders[0].cancelled);
  const Ledger ledger = make_ledger(source, question());
  EXPECT_EQ(told(ledger, "sign").substr(0, 4), "1/1 ");
  EXPECT_EQ(told(ledger, "forward").substr(0, 4), "0/1 ");
  EXPECT_EQ(told(ledger, "feedback").substr(0, 4), "0/1 ");
  // The city's dispatch, where it is known; both proofs make a feedback.
  Value known;
  known.set("order_no", "1").set("created_at", "2026-03-01 08:00:00").set("state", "SUBMITTED");
  known.set("city_dispatched_at", "2026-03-01 07:50:00").set("due_at", "2026-03-08 08:00:00");
  known.set("submitted_at", "2026-03-05 08:00:00").set("rejections", 1);
  known.set("caller_told_at", "2026-03-05 09:00:00").set("hotline_told_at", "2026-03-05 09:10:00");
  Value later;
  later.set("orders", Value(Value::Array{known}));
  source.orders.clear();
  append_archive_orders(later, source);
  EXPECT_EQ(format_local(*source.orders[0].dispatched_at), "2026-03-01 07:50:00");
  EXPECT_EQ(told(make_ledger(source, question()), "feedback").substr(0, 4), "1/1 ");
  EXPECT_EQ(told(make_ledger(source, question()), "rejected").substr(0, 4), "1/1 ");
}

TEST(LedgerSource, EachRoundOfTheArchiveCountsByItself) {
  const auto round_of = [](const std::string& day, const char* submitted) {
    Value round;
    round.set("began_at", day + " 08:00:00").set("signed_at", day + " 08:05:00");
    round.set("due_at", day + " 20:00:00").set("submitted_at", day + submitted);
    return round;
  };
  Value order;
  order.set("order_no", "1").set("city_dispatched_at", "2026-03-01 07:00:00");
  order.set("state", "SUBMITTED").set("signed_at", "2026-03-20 08:05:00");
  order.set("rounds", Value(Value::Array{round_of("2026-03-01", " 19:00:00"),
                                         round_of("2026-03-20", " 21:00:00")}));
  Value page;
  page.set("orders", Value(Value::Array{order}));
  LedgerSource source;
  source.facts = archive_facts();
  append_archive_orders(page, source);
  ASSERT_EQ(source.orders.size(), 2U);
  EXPECT_EQ(format_local(*source.orders[0].dispatched_at), "2026-03-01 07:00:00");
  EXPECT_EQ(format_local(*source.orders[1].dispatched_at), "2026-03-20 08:00:00");
  EXPECT_EQ(told(make_ledger(source, question()), "on_time").substr(0, 4), "1/2 ");
}

}  // namespace
}  // namespace jieban
