// Goal: every parameter is understood as it is documented, and nothing is guessed.
#include "daemons/archiver/questions.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

Timestamp now() { return *parse_local("2026-08-01 00:00:00"); }

TEST(Questions, AnOrderListTakesAllItsFilters) {
  auto filter = read_order_filter({{"state", "SIGNED"},
                                   {"class", "general"},
                                   {"community", "月坛社区"},
                                   {"category", "城市管理"},
                                   {"order_no", "YT-"},
                                   {"received_from", "2026-07-18T00:00:00"},
                                   {"received_to", "2026-07-19 00:00:00"},
                                   {"tag", "住有所居"},
                                   {"below", "42"},
                                   {"page_size", "10"}});
  ASSERT_TRUE(filter.ok()) << filter.error().message;
  EXPECT_EQ(filter->state, OrderState::signed_in);
  EXPECT_EQ(filter->order_class, "general");
  EXPECT_EQ(filter->community, "月坛社区");
  EXPECT_EQ(filter->category, "城市管理");
  EXPECT_EQ(filter->order_no, "YT-");
  EXPECT_EQ(filter->received_from, parse_local("2026-07-18 00:00:00"));
  EXPECT_EQ(filter->received_to, parse_local("2026-07-19 00:00:00"));
  EXPECT_EQ(filter->tag, "housing");
  EXPECT_EQ(filter->below, 42U);
  EXPECT_EQ(filter->page_size, 10U);
}

TEST(Questions, WithoutParametersNothingIsFiltered) {
  auto filter = read_order_filter({});
  ASSERT_TRUE(filter.ok());
  EXPECT_FALSE(filter->state.has_value());
  EXPECT_FALSE(filter->below.has_value());
  EXPECT_EQ(filter->page_size, 50U);
}

TEST(Questions, AWrongValueIsNamedWithItsParameter) {
  const std::vector<std::pair<std::string, std::string>> wrong = {
      {"state", "signed"},
      {"state", ""},
      {"received_from", "2026-07-18"},
      {"received_to", "noon"},
      {"below", "0"},
      {"below", "-1"},
      {"tag", "luck"},
      {"below", "1e3"},
      {"page_size", "many"},
      {"page_size", "99999999999999999999"}};
  for (const auto& [name, value] : wrong) {
    auto filter = read_order_filter({{name, value}});
    ASSERT_FALSE(filter.ok()) << name << "=" << value;
    EXPECT_EQ(filter.error().code, ErrorCode::invalid);
    EXPECT_NE(filter.error().message.find(name), std::string::npos);
  }
}

TEST(Questions, AParameterThatIsNotKnownIsRefused) {
  auto filter = read_order_filter({{"comunity", "月坛社区"}});
  ASSERT_FALSE(filter.ok());
  EXPECT_NE(filter.error().message.find("comunity"), std::string::npos);
  EXPECT_FALSE(read_round({{"rounds", "1"}}).ok());
  EXPECT_FALSE(refuse_parameters({{"x", ""}}).ok());
  EXPECT_TRUE(refuse_parameters({}).ok());
}

TEST(Questions, ARecordListIsOfAKind) {
  auto filter = read_record_filter({{"kind", "return"},
                                    {"order_no", "YT-1"},
                                    {"from", "2026-07-18T12:00:00"},
                                    {"below", "00ff"},
                                    {"page_size", "7"}});
  ASSERT_TRUE(filter.ok());
  EXPECT_EQ(filter->kind, "return");
  EXPECT_EQ(filter->order_no, "YT-1");
  EXPECT_EQ(filter->page_size, 7U);
  EXPECT_FALSE(filter->to.has_value());
  EXPECT_FALSE(read_record_filter({{"kinds", "return"}}).ok());
  EXPECT_FALSE(read_record_filter({{"to", "noon"}}).ok());
}

TEST(Questions, ARoundIsANumberFromOne) {
  EXPECT_EQ(*read_round({{"round", "2"}}), 2U);
  EXPECT_EQ(*read_round({}), std::nullopt);
  EXPECT_FALSE(read_round({{"round", "0"}}).ok());
}

TEST(Questions, AReportIsOfADayOrOfAPeriod) {
  auto daily = read_report_question({{"date", "2026-07-18"}, {"format", "markdown"}}, now());
  ASSERT_TRUE(daily.ok());
  EXPECT_EQ(daily->format, ReportFormat::markdown);
  EXPECT_EQ(daily->period.day, "2026-07-18");
  HttpHeaders both_ends = {{"from", "2026-07-01 00:00:00"}, {"to", "2026-07-08 00:00:00"}};
  auto week = read_report_question(both_ends, now());
  ASSERT_TRUE(week.ok());
  EXPECT_EQ(week->format, ReportFormat::json);
  EXPECT_EQ(week->period.from, parse_local("2026-07-01 00:00:00"));
  EXPECT_FALSE(week->period.day.has_value());
}

TEST(Questions, AReportOfBothOrNeitherIsRefused) {
  const std::vector<HttpHeaders> wrong = {
      {},
      {{"from", "2026-07-01 00:00:00"}},
      {{"to", "2026-07-01 00:00:00"}},
      {{"date", "2026-07-18"}, {"from", "2026-07-01 00:00:00"}, {"to", "2026-07-08 00:00:00"}},
      {{"date", "18.7.2026"}},
      {{"date", "2026-07-18"}, {"format", "pdf"}},
      {{"from", "2026-07-08 00:00:00"}, {"to", "2026-07-01 00:00:00"}}};
  for (const HttpHeaders& query : wrong) {
    EXPECT_EQ(read_report_question(query, now()).error().code, ErrorCode::invalid);
  }
}

}  // namespace
}  // namespace jieban
