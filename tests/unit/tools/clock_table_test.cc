// Tables of questions: each row has its answer or its complaint, and comes out as it was.
#include "tools/jieban/clock_table.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/calendars.h"

namespace jieban {
namespace {

struct Answered {
  std::string out;
  std::vector<std::string> complaints;
  Result<size_t> unanswered = size_t{0};
};

Answered answer(std::string_view name, std::string_view text, bool json = false) {
  Answered answered;
  const auto questions = clock_questions();
  const auto question = std::find_if(questions.begin(), questions.end(),
                                     [&](const ClockQuestion& q) { return q.name == name; });
  const ClockTable table{[&](char* buffer, size_t size) -> Result<size_t> {
                           const size_t count = std::min(size, text.size());
                           std::copy_n(text.begin(), count, buffer);
                           text.remove_prefix(count);
                           return count;
                         },
                         [&](std::string_view part) -> Result<void> {
                           answered.out += part;
                           return {};
                         },
                         [&](std::string_view line) { answered.complaints.emplace_back(line); },
                         json};
  answered.unanswered = answer_table(*question, office(), table);
  return answered;
}

TEST(ClockTable, AddGivesTheEnd) {
  const Answered all = answer("add",
                              "start_local,add_working_seconds\n"
                              "2026-02-14 17:00:00,7200\n"
                              "2026-02-24T10:00:00,-7200\n"
                              "2026-03-09 09:00:00,10800\n");
  EXPECT_EQ(all.out,
            "start_local,add_working_seconds,end_local\n"
            "2026-02-14 17:00:00,7200,2026-02-24 10:00:00\n"
            "2026-02-24T10:00:00,-7200,2026-02-14 17:00:00\n"
            "2026-03-09 09:00:00,10800,2026-03-09 12:00:00\n");
  EXPECT_EQ(*all.unanswered, 0U);
}

TEST(ClockTable, BetweenGivesSeconds) {
  EXPECT_EQ(answer("between",
                   "start_local,end_local\n2026-02-14 17:00:00,2026-02-24 10:00:00\n"
                   "2026-02-24 10:00:00,2026-02-14 17:00:00\n")
                .out,
            "start_local,end_local,working_seconds\n"
            "2026-02-14 17:00:00,2026-02-24 10:00:00,7200\n"
            "2026-02-24 10:00:00,2026-02-14 17:00:00,0\n");
}

TEST(ClockTable, WorkdayGivesADate) {
  EXPECT_EQ(answer("workday",
                   "start,delta_workdays\n2026-02-13,5\n2026-02-13 17:00:00,5\n2026-02-27,-5\n"
                   "2026-02-16,0\n")
                .out,
            "start,delta_workdays,date\n2026-02-13,5,2026-02-27\n"
            "2026-02-13 17:00:00,5,2026-02-27\n2026-02-27,-5,2026-02-13\n"
            "2026-02-16,0,2026-02-16\n");
}

TEST(ClockTable, FurtherColumnsPassThroughInAnyOrder) {
  EXPECT_EQ(answer("workday", "no,delta_workdays,note,start\r\n7,1,\"a,\nb\",2026-02-13\r\n").out,
            "no,delta_workdays,note,start,date\n7,1,\"a,\nb\",2026-02-13,2026-02-14\n");
}

TEST(ClockTable, ABadRowHasAComplaintWithItsLineAndNoAnswer) {
  const Answered all = answer("add",
                              "start_local,add_working_seconds\n"
                              "2026-02-30 17:00:00,7200\n"
                              "2026-03-09 09:00:00,1h\n"
                              "\n"
                              "2026-03-09 09:00:00\n"
                              "2026-12-31 17:00:00,7200\n"
                              "2026-03-09 09:00:00,999999999999999\n"
                              "2026-03-09 09:00:00,60\n");
  EXPECT_EQ(*all.unanswered, 5U);
  EXPECT_EQ(all.out,
            "start_local,add_working_seconds,end_local\n"
            "2026-02-30 17:00:00,7200,\n"
            "2026-03-09 09:00:00,1h,\n"
            "2026-03-09 09:00:00,,\n"
            "2026-12-31 17:00:00,7200,\n"
            "2026-03-09 09:00:00,999999999999999,\n"
            "2026-03-09 09:00:00,60,2026-03-09 09:01:00\n");
  ASSERT_EQ(all.complaints.size(), 5U);
  EXPECT_EQ(all.complaints[0], "line 2: start_local is no time such as 2026-02-13 17:00:00");
  EXPECT_EQ(all.complaints[1], "line 3: add_working_seconds is no whole number");
  EXPECT_EQ(all.complaints[2], "line 5: 1 cells where the header has 2");
  EXPECT_EQ(all.complaints[3].find("line 6: CALENDAR_MISSING_2027: "), 0U);
  EXPECT_EQ(all.complaints[4], "line 7: add_working_seconds is longer than any calendar");
}

TEST(ClockTable, JsonHasAnObjectALine) {
  EXPECT_EQ(answer("workday", "start,delta_workdays\n2026-02-13,5\nx,5\n", true).out,
            "{\"start\":\"2026-02-13\",\"delta_workdays\":\"5\",\"date\":\"2026-02-27\"}\n"
            "{\"start\":\"x\",\"delta_workdays\":\"5\","
            "\"error\":\"start is no date such as 2026-02-13\"}\n");
}

TEST(ClockTable, AHeaderWithoutTheColumnsIsRefused) {
  for (const char* header : {"", "start_local\n", "start,add_working_seconds\n",
                             "start_local,add_working_seconds,end_local\n"}) {
    EXPECT_EQ(answer("add", header).unanswered.error().code, ErrorCode::invalid) << header;
  }
}

TEST(ClockTable, AnOutputThatFailsEndsIt) {
  std::string_view text = "start,delta_workdays\n2026-02-13,5\n";
  const ClockTable table{[&](char* buffer, size_t) -> Result<size_t> {
                           std::copy(text.begin(), text.end(), buffer);
                           return std::exchange(text, "").size();
                         },
                         [](std::string_view) -> Result<void> {
                           return Error{ErrorCode::io, "no reader"};
                         },
                         [](std::string_view) {}, false};
  EXPECT_EQ(answer_table(clock_questions()[2], office(), table).error().message, "no reader");
}

}  // namespace
}  // namespace jieban
