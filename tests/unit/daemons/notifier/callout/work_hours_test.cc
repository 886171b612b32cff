// Goal: a wait in working time counts the office's hours, over weekends, holidays and make-up days;
// without a calendar it is natural time; and a replay calls the same people at the same instants.
#include "daemons/notifier/callout/work_hours.h"

#include "tests/support/clock_limits.h"
#include "tests/unit/daemons/notifier/callout_fixture.h"

namespace jieban {
namespace {

using std::chrono::hours;
using Calls = std::vector<std::string>;

const std::string kOfficeFile = std::string(JIEBAN_SOURCE_DIR) + "/config/calendar/office.yaml";

const std::string kRejectedLadder = R"(
version: "2"
routes:
  {receiver: rejected, group_by: ["..."], group_wait: 0s, group_interval: 12h, repeat_interval: 30d}
policies:
  rejected:
    steps:
      - {tell: [{role: hard_case}], work_wait: 1h}
      - {tell: [{role: team_leader}], work_wait: 2h}
everybody:
  default: [{sms: 0s}]
times: {}
inhibitions: []
silences: {length_max: 24h, reason_characters_min: 4, never: []}
destinations: {}
)";

WorkCalendar office_hours() { return {"office", office_calendar()}; }

// An order is rejected at that time, on a desk with a calendar or without.
class RejectedOrder : public CalloutFixture {
 public:
  RejectedOrder(const std::string& at, const std::optional<WorkCalendar>& calendar) {
    now = *parse_local(at);
    auto ladder = parse_alerting_rules(kRejectedLadder, "ladder");
    EXPECT_TRUE(ladder.ok()) << ladder.error().message;
    input(rules_input(Callouts::kRulesName, *ladder));
    RotaBook book = two_seats();
    book.version = "2";
    book.persons.push_back({"sun", "孙", {"hard_case"}});
    input(rules_input(Callouts::kRotaName, book));
    if (calendar) input(rules_input(WorkHours::kName, *calendar));
    EXPECT_EQ(calls_in(moved(1, "order.rejected", OrderState::submitted, OrderState::rejected)),
              Calls{"sun/sms"});
  }

  // When the team leader is called, as the wall clock shows it.
  std::string leader_called() {
    for (int i = 0; i < 1000; ++i) {  // the rota is looked at each hour
      const Timestamp due = next_due();
      if (due == kTimestampMax) return "never";
      for (const std::string& call : calls_in(advance(due - now))) {
        if (call == "zhou/sms") return format_local(now);
      }
    }
    return "not in a thousand turns";
  }
};

TEST(WorkHours, AnOrderRejectedOnFridayEveningReachesTheLeaderOnMonday) {
  RejectedOrder desk("2026-03-13 17:50:00", office_hours());
  EXPECT_EQ(desk.leader_called(), "2026-03-16 09:50:00")
      << "ten minutes on Friday, fifty on Monday";
}

TEST(WorkHours, AMakeUpWorkingDayCountsAndAHolidayDoesNot) {
  RejectedOrder friday("2026-02-13 17:50:00", office_hours());
  EXPECT_EQ(friday.leader_called(), "2026-02-14 09:50:00") << "a Saturday on which people work";
  RejectedOrder eve("2026-02-14 17:50:00", office_hours());
  EXPECT_EQ(eve.leader_called(), "2026-02-24 09:50:00") << "after the Spring Festival";
}

TEST(WorkHours, WithoutACalendarNaturalTimeCounts) {
  RejectedOrder none("2026-03-13 17:50:00", std::nullopt);
  EXPECT_EQ(none.leader_called(), "2026-03-13 18:50:00");
  RejectedOrder empty("2026-03-13 17:50:00", WorkCalendar());
  EXPECT_EQ(empty.leader_called(), "2026-03-13 18:50:00") << "the setting was taken away";
}

TEST(WorkHours, InAYearWithoutAnOfficialCalendarNaturalTimeCounts) {
  RejectedOrder desk("2031-03-14 17:50:00", office_hours());
  EXPECT_EQ(desk.leader_called(), "2031-03-14 18:50:00");
}

TEST(WorkHours, AWaitOfTheClockIsNotTouched) {
  CalloutFixture desk;
  desk.input(rules_input(WorkHours::kName, office_hours()));
  desk.now = *parse_local("2026-03-14 10:00:00");  // Saturday
  desk.emergency(1, "A-1");
  EXPECT_EQ(calls_in(desk.advance(std::chrono::minutes(5))), (Calls{"li/robot", "zhou/sms"}));
}

TEST(WorkHours, AReplayCallsTheSamePeopleAtTheSameInstants) {
  RejectedOrder day("2026-02-14 17:50:00", office_hours());
  const std::string called = day.leader_called();
  NotifierFixture again;
  std::string replayed;
  for (const Batch& batch : day.fed()) {
    for (const std::string& call : calls_in(events_of(again.run(batch)))) {
      if (call == "zhou/sms") replayed = format_local(batch.now);
    }
  }
  EXPECT_EQ(replayed, called);
  EXPECT_EQ(again.fold().head(), day.fold().head());
}

TEST(WorkHours, ACalendarThatCannotBeReadIsRefusedAndTheOldOneStays) {
  RejectedOrder desk("2026-03-13 17:50:00", office_hours());
  auto refused = desk.input(
      rules_input(WorkHours::kName, WorkCalendar{"broken", CalendarTexts{"name: nothing\n", {}}}));
  EXPECT_FALSE(refused.answers.at(0).ok());
  EXPECT_EQ(desk.leader_called(), "2026-03-16 09:50:00");
}

TEST(WorkHours, TheFilesAreThoseOfTheWatcher) {
  auto rules = load_work_calendar(kOfficeFile);
  ASSERT_TRUE(rules.ok()) << rules.error().message;
  EXPECT_EQ(rules->texts, office_calendar());
  EXPECT_EQ(rules->version, "街道办公时间");
  auto none = load_work_calendar("");
  ASSERT_TRUE(none.ok());
  EXPECT_FALSE(none->texts.has_value());
  auto missing = load_work_calendar("/nowhere/office.yaml");
  ASSERT_FALSE(missing.ok());
  EXPECT_NE(missing.error().message.find("rules.calendar"), std::string::npos)
      << missing.error().message;
}

}  // namespace
}  // namespace jieban
