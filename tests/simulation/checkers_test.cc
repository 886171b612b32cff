// Goal: a checker that cannot fail proves nothing. Method: take the history of a good run, damage
// it in one way, and see the checker of that promise, and no finding before, complain.
#include "tests/simulation/checkers.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "common/base/log.h"
#include "common/domain/topics.h"
#include "common/wire/payload.h"
#include "tests/simulation/sim_world.h"

namespace jieban {
namespace {

constexpr uint64_t kSeed = 3;
constexpr int kSteps = 1500;

const History& good_history() {
  static const History history = [] {
    set_log_sink([](LogLevel, const std::string&) {});
    SimWorld world(kSeed);
    CHECK(world.live(kSteps).ok());
    CHECK(world.settle().ok());
    auto read = read_history(world);
    CHECK(read.ok());
    return std::move(*read);
  }();
  return history;
}

std::vector<Event>& events(History& history, const std::string& daemon) {
  return history.daemons.at(daemon).events;
}

Event& first_of(std::vector<Event>& list, std::string_view topic) {
  auto found = std::ranges::find_if(list, [&](const Event& e) { return e.topic == topic; });
  CHECK(found != list.end());
  return *found;
}

TEST(Checkers, FindNothingInAGoodRun) {
  Findings found = check_all(good_history());
  EXPECT_TRUE(found.empty()) << found.front();
}

TEST(Checkers, SeeAGapAndADoubleInAStream) {
  History gap = good_history();
  events(gap, "router").erase(events(gap, "router").begin() + 3);
  EXPECT_FALSE(check_sequences(gap).empty());
  History twice = good_history();
  events(twice, "router").insert(events(twice, "router").begin() + 3, events(twice, "router")[3]);
  EXPECT_FALSE(check_sequences(twice).empty());
}

TEST(Checkers, SeeACursorAheadAndBehind) {
  for (int64_t by : {-1, 1}) {
    History history = good_history();
    auto& cursor = history.daemons.at("archiver").cursors.begin()->second;
    cursor.sequence = uint64_t(int64_t(cursor.sequence) + by);
    EXPECT_EQ(check_cursors(history).size(), 1U);
  }
}

TEST(Checkers, SeeWhatTheArchiveLacksOrHoldsTwice) {
  History lacking = good_history();
  lacking.archive.pop_back();
  EXPECT_EQ(check_archive(lacking).size(), 1U);
  History twice = good_history();
  twice.archive.push_back(twice.archive.front());
  EXPECT_EQ(check_archive(twice).size(), 1U);
  History altered = good_history();
  altered.archive.front().record += "x";
  EXPECT_EQ(check_archive(altered).size(), 2U);
}

TEST(Checkers, SeeAnAcknowledgedOrderThatIsLost) {
  History history = good_history();
  auto lost = std::ranges::find_if(history.rows,
                                   [](const AcknowledgedRow& row) { return row.outcome == "new"; });
  ASSERT_NE(lost, history.rows.end());
  std::erase_if(events(history, "receiver"), [&](const Event& event) {
    if (event.topic != topics::kOrderReceived) return false;
    return decode_payload<OrderIntake>(event.payload)->facts.order_no == lost->order_no;
  });
  EXPECT_FALSE(check_acknowledged_rows(history).empty());
}

TEST(Checkers, SeeACommandThatRanTwiceOrNever) {
  History twice = good_history();
  ASSERT_FALSE(twice.commands.empty());
  std::vector<Event>& asked = events(twice, "receiver");
  auto command = std::ranges::find_if(
      asked, [](const Event& e) { return e.topic.starts_with(topics::kCommandPrefix); });
  ASSERT_NE(command, asked.end());
  asked.push_back(*command);
  EXPECT_FALSE(check_commands(twice).empty());
  History never = good_history();
  events(never, "router").clear();
  EXPECT_FALSE(check_commands(never).empty());
}

TEST(Checkers, SeeAnOrderThatSkipsAState) {
  History history = good_history();
  Event& move = first_of(events(history, "router"), "order.signed");
  move.topic = "order.submitted";
  EXPECT_FALSE(check_life_cycles(history).empty());
}

TEST(Checkers, SeeAnAlertThatIsMissingDoubledOrEarly) {
  History twice = good_history();
  std::vector<Event>& list = events(twice, "sla-watcher");
  Event alert = first_of(list, topics::kDeadlineWarned);
  auto where = std::ranges::find(list, alert);
  list.insert(where, alert);
  EXPECT_FALSE(check_alerts(twice).empty());
  History early = good_history();
  first_of(events(early, "sla-watcher"), topics::kDeadlineWarned).occurred_at = from_micros(0);
  EXPECT_FALSE(check_alerts(early).empty());
  History missing = good_history();
  missing.ended_at += std::chrono::hours(24);
  EXPECT_FALSE(check_alerts(missing).empty());
}

TEST(Checkers, SeeASecondNoticeIdAndAMessageWithoutAnAttempt) {
  History two = good_history();
  Event& sent = first_of(events(two, "notifier"), topics::kNoticeSent);
  auto step = decode_payload<NoticeStep>(sent.payload);
  ASSERT_TRUE(step.ok());
  step->notice_id = "another";
  sent.payload = encode_payload(*step);
  EXPECT_FALSE(check_notices(two).empty());
  History unannounced = good_history();
  unannounced.went_out.push_back({step->notice_id, 1});
  EXPECT_FALSE(check_notices(unannounced).empty());
}

TEST(Checkers, SeeWhatShouldNotHaveBeenRefused) {
  History history = good_history();
  QuarantineRow row;
  row.stream = history.daemons.at("router").stream;
  row.sequence = 1;
  history.daemons.at("archiver").quarantine.push_back(row);
  EXPECT_FALSE(check_quarantine(history).empty());
}

bool is_call(const Event& event, std::string_view topic) {
  if (event.topic != topic) return false;
  auto step = decode_payload<NoticeStep>(event.payload);
  return step.ok() && step->person.has_value();
}

bool stops_a_ladder(const Event& event) {
  if (event.topic != topics::kAlertAcknowledged) return false;
  auto step = decode_payload<AlertStep>(event.payload);
  return step.ok() && step->reason == "stopped";
}

TEST(Checkers, SeeAStepThatIsMissingOrToldTwiceOrAfterAnAnswer) {
  History missing = good_history();
  std::erase_if(events(missing, "notifier"),
                [](const Event& event) { return is_call(event, topics::kNoticeQueued); });
  EXPECT_FALSE(check_ladders(missing).empty());
  History twice = good_history();
  auto& told = events(twice, "notifier");
  const auto call = std::ranges::find_if(
      told, [](const Event& event) { return is_call(event, topics::kNoticeQueued); });
  ASSERT_NE(call, told.end());
  told.push_back(*call);
  EXPECT_FALSE(check_ladders(twice).empty());
  History late = good_history();
  auto& answered = events(late, "notifier");
  const auto answer = std::ranges::find_if(answered, stops_a_ladder);
  ASSERT_NE(answer, answered.end());
  // As if somebody had answered before the first call of that alert.
  const std::string alert = decode_payload<AlertStep>(answer->payload)->alert;
  const auto first = std::ranges::find_if(answered, [&](const Event& event) {
    return is_call(event, topics::kNoticeQueued) &&
           decode_payload<NoticeStep>(event.payload)->alert == alert;
  });
  ASSERT_NE(first, answered.end());
  answered.insert(first, Event(*answer));
  EXPECT_FALSE(check_ladders(late).empty());
}

TEST(Checkers, SeeARepeatThatDoesNotSaySoAndABreachForWhichNobodyWasCalled) {
  History repeated = good_history();
  auto& out = repeated.went_out;
  ASSERT_FALSE(out.empty());
  out.push_back(out.front());
  out.back().marked = false;
  EXPECT_FALSE(check_ladders(repeated).empty());
  History silent = good_history();
  std::erase_if(events(silent, "notifier"),
                [](const Event& event) { return event.topic.starts_with("alert."); });
  EXPECT_FALSE(check_ladders(silent).empty());
}

}  // namespace
}  // namespace jieban
