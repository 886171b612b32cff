// Goal: the record and the rota are shown as they are, and only what was asked for.
#include "common/json/json.h"
#include "daemons/notifier/duty/duty_query.h"
#include "tests/unit/daemons/notifier/duty_fixture.h"

namespace jieban {
namespace {

using duty_test::local;
using std::chrono::hours;

TEST(DutyView, TheRecordOfASwapNamesAllThree) {
  DutyChange change = make_change(night_swap("s1", std::nullopt), noon());
  change.state = DutyChangeState::in_force;
  change.accepted = DutySignature{"e", noon() + hours(1), std::nullopt};
  change.decided = DutySignature{"x", noon() + hours(2), "急事"};
  change.overruled = true;
  change.warnings = {"坐席d连续夜班"};
  const std::string json = to_json(duty_change_value(change, desk_book(), noon()));
  for (const char* part :
       {R"("asked_by":"a","asked_by_name":"坐席a","asked_at":"2026-02-03 12:00:00")",
        R"("accepted_by":"e","accepted_by_name":"机动","accepted_at":"2026-02-03 13:00:00")",
        R"("decided_by":"x","decided_by_name":"班长一","decided_at":"2026-02-03 14:00:00")",
        R"("decided_reason":"急事")", R"("overruled":true)", R"("warnings":["坐席d连续夜班"])",
        R"("state":"in_force")"}) {
    EXPECT_NE(json.find(part), std::string::npos) << part << " in " << json;
  }
}

TEST(DutyView, ASwapThatNobodyDecidedOnInTimeHasLapsed) {
  const DutyChange change = make_change(night_swap("s1", std::nullopt), noon());
  EXPECT_EQ(duty_state_at(change, local("2026-02-04 08:29")), "asked");
  EXPECT_EQ(duty_state_at(change, local("2026-02-04 08:30")), "lapsed");
  const DutyChange leave = make_change(leave_request("l1", "b", "", "2026-02-03 16:00"), noon());
  EXPECT_EQ(duty_state_at(leave, local("2026-03-01 00:00")), "in_force");
}

std::string found_by(const HttpHeaders& query, Timestamp now = noon()) {
  std::vector<DutyChange> all = {
      make_change(night_swap("s1", std::nullopt), noon()),
      make_change(night_swap("s2", std::nullopt), noon()),
      make_change(leave_request("l1", "b", "2026-02-10 00:00", "2026-02-12 00:00"), noon())};
  all[1].state = DutyChangeState::refused;
  auto filter = read_duty_filter(query);
  if (!filter.ok()) return filter.error().message;
  std::string ids;
  for (const DutyChange& each : all) {
    if (matches(*filter, each, now)) ids += each.request.id + " ";
  }
  return ids;
}

TEST(DutyView, ChangesAreFoundByStateKindAndSpan) {
  EXPECT_EQ(found_by({}), "s1 s2 l1 ");
  EXPECT_EQ(found_by({{"state", "open"}}), "s1 ");
  EXPECT_EQ(found_by({{"state", "open"}}, local("2026-02-05 00:00")), "") << "lapsed";
  EXPECT_EQ(found_by({{"state", "refused"}}), "s2 ");
  EXPECT_EQ(found_by({{"kind", "leave"}}), "l1 ");
  EXPECT_EQ(found_by({{"from", "2026-02-11 00:00:00"}, {"to", "2026-02-11 01:00:00"}}), "l1 ");
  EXPECT_EQ(found_by({{"to", "2026-02-10 00:00:00"}}), "s1 s2 ");
  EXPECT_TRUE(no_because(found_by({{"state", "gone"}}), "state: 可用"));
  EXPECT_TRUE(no_because(found_by({{"kind", "gone"}}), "kind: 可用"));
  EXPECT_TRUE(no_because(found_by({{"from", "soon"}}), "from: 写法如"));
  EXPECT_TRUE(no_because(found_by({{"person", "a"}}), "不认识的参数"));
}

TEST(DutyView, AQuestionHasASpanWithinReason) {
  auto question = read_duty_question({}, false, noon());
  ASSERT_TRUE(question.ok());
  EXPECT_EQ(question->span, (TimeSpan{noon(), noon() + hours(24 * 7)}));
  question = read_duty_question({{"at", "2026-02-04 01:00:00"}}, true, noon());
  ASSERT_TRUE(question.ok());
  EXPECT_EQ(question->span.from, local("2026-02-04 01:00"));
  const std::pair<const char*, HttpHeaders> rows[] = {
      {"to: 须晚于 from", {{"to", "2026-02-03 12:00:00"}}},
      {"时间过长", {{"to", "2028-02-03 12:00:00"}}},
      {"不认识", {{"at", "2026-02-03 12:00:00"}}}};
  for (const auto& [reason, query] : rows) {
    const auto answer = read_duty_question(query, false, noon());
    ASSERT_FALSE(answer.ok()) << reason;
    EXPECT_TRUE(no_because(answer.error().message, reason));
  }
}

TEST(DutyView, WhoIsOnDutyIsToldInEachFormat) {
  RotaBook book = desk_book();
  book.changes.swaps = {duty_test::swap_of("2026-02-03 20:30", "2026-02-04 08:30", "a", "e")};
  DutyQuestion question{
      {local("2026-02-04 01:00"), local("2026-02-04 01:00") + Duration(1)}, "seat", "text"};
  EXPECT_EQ(answer_on_duty(book, question)->body,
            "坐席值班：夜班 机动（换班，原为坐席a），至2026-02-04 08:30\n");
  question.format = "json";
  EXPECT_NE(answer_on_duty(book, question)->body.find(R"("person":"e")"), std::string::npos);
  question.format = "ics";
  EXPECT_FALSE(answer_on_duty(book, question).ok());
  EXPECT_NE(answer_shifts(book, question, "110102007", noon())->body.find("BEGIN:VEVENT"),
            std::string::npos);
  question.format = "text";
  EXPECT_NE(answer_shifts(book, question, "110102007", noon())->body.find("机动"),
            std::string::npos);
  question.rota = "nowhere";
  EXPECT_EQ(answer_shifts(book, question, "110102007", noon()).error().code, ErrorCode::not_found);
}

TEST(DutyView, ACheckTellsWhatTheChangesBreak) {
  RotaBook book = desk_book();
  DutyQuestion question{{noon(), noon() + hours(24 * 7)}, "", "text"};
  EXPECT_EQ(answer_duty_check(book, question)->body, "未发现问题。\n");
  book.changes.leaves = {duty_test::leave_of("2026-02-03 20:30", "2026-02-04 08:30", "a")};
  EXPECT_NE(answer_duty_check(book, question)->body.find("坐席值班无人值班"), std::string::npos);
  question.format = "json";
  EXPECT_NE(answer_duty_check(book, question)->body.find(R"("fault":"gap")"), std::string::npos);
  question.format = "ics";
  EXPECT_FALSE(answer_duty_check(book, question).ok());
}

}  // namespace
}  // namespace jieban
