// Goal: a deadline that moves supersedes the clock that had it, which keeps its record, and no
// bound of an extension is passed.
#include "tests/unit/daemons/sla-watcher/sla_fixture.h"

namespace jieban {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

using LaterMove = SlaFixture::LaterMove;

LaterMove until(Timestamp due_at) {
  LaterMove told;
  told.due_at = due_at;
  return told;
}

struct Extended : SlaFixture {
  Extended() : SlaFixture(whole_catalogue()) {
    start = now;
    open_order(1);
    move(1, "order.signed");
    move(1, "order.dispatched");
  }
  std::string reason(Timestamp due_at) {
    const auto changes = changes_of(move(1, "order.extension_approved", until(due_at)));
    return changes.size() == 1 ? changes[0].change + " " + changes[0].reason.value_or("") : "";
  }
  Timestamp start;
};

TEST(OrderClocksAnew, AnExtensionSupersedesTheDueClockAndWhatCountsBackFromIt) {
  Extended sla;
  sla.now += days(1);
  const StepOutcome outcome = sla.move(1, "order.extension_approved", until(sla.start + days(10)));
  EXPECT_EQ(summary_of(outcome),
            "due superseded, due started, internal superseded, internal started");
  const auto changes = changes_of(outcome);
  EXPECT_EQ(changes.at(0).deadline, sla.start + days(7));
  EXPECT_EQ(changes.at(0).reason, "extension");
  EXPECT_EQ(changes.at(1).deadline, sla.start + days(10));
  EXPECT_EQ(changes.at(1).source, "extension");
  EXPECT_EQ(changes.at(1).started_at, sla.start);
  EXPECT_EQ(changes.at(3).deadline, sla.start + days(9));
  EXPECT_TRUE(percents_of(sla.alerts_until(sla.start + days(4)), "due").empty());
}

TEST(OrderClocksAnew, NoBoundOfAnExtensionIsPassed) {
  Extended sla;
  EXPECT_EQ(sla.reason(sla.start + days(15)), "refused extension_length");
  EXPECT_EQ(sla.reason(sla.start + days(6)), "refused extension_earlier");
  EXPECT_EQ(sla.clock_of(1, ClockKind::due)->deadline, sla.start + days(7));
  sla.move(1, "order.extension_approved", until(sla.start + days(14)));
  EXPECT_EQ(sla.reason(sla.start + days(16)), "refused extension_count");
  EXPECT_EQ(sla.clock_of(1, ClockKind::due)->deadline, sla.start + days(14));
}

TEST(OrderClocksAnew, AfterTheBreachNothingIsExtended) {
  Extended sla;
  EXPECT_EQ(percents_of(sla.alerts_until(sla.start + days(7) + minutes(1)), "due").back(), 100U);
  EXPECT_EQ(sla.reason(sla.start + days(9)), "refused extension_expired");
  EXPECT_EQ(summary_of(sla.move(1, "order.submitted")).substr(0, 16), "due stopped_late");
}

TEST(OrderClocksAnew, RungsThatWereToldAreToldAgainOnlyIfTheyLieAheadAgain) {
  SlaFixture sla(whole_catalogue());
  const Timestamp start = sla.now;
  OrderOpening told = sla.opening();
  told.due_at = start + hours(40);
  sla.open_order(1, told);
  EXPECT_EQ(percents_of(sla.alerts_until(start + hours(31)), "due"),
            (std::vector<uint64_t>{50, 75}));
  told.due_at = start + hours(44);  // half of it is past, three quarters are not
  sla.amend(1, told);
  EXPECT_EQ(percents_of(sla.alerts_until(start + hours(45)), "due"),
            (std::vector<uint64_t>{75, 90, 100}));
  told.due_at = start + hours(43);  // past already, and told
  sla.amend(1, told);
  EXPECT_TRUE(percents_of(sla.alerts_until(start + hours(45)), "due").empty());
}

TEST(OrderClocksAnew, AnotherClassSupersedesTheClocksThatRun) {
  SlaFixture sla(whole_catalogue());
  const Timestamp start = sla.now;
  sla.open_order(1);
  sla.now += minutes(2);
  LaterMove told;
  told.order_class = "emergency";
  EXPECT_EQ(summary_of(sla.move(1, "order.reclassified", told)),
            "due superseded, due started, sign superseded, sign started");
  EXPECT_EQ(sla.clock_of(1, ClockKind::sign)->deadline, start + minutes(10));
  EXPECT_EQ(sla.clock_of(1, ClockKind::due)->deadline, start + hours(2));
  EXPECT_EQ(summary_of(sla.move(1, "order.reclassified", told)), "");
  told.order_class = "unheard_of";
  EXPECT_EQ(sla.move(1, "order.reclassified", told).quarantined, 1U);
}

TEST(OrderClocksAnew, APrintedDueTimeStaysWhateverTheClass) {
  SlaFixture sla(whole_catalogue());
  OrderOpening told = sla.opening();
  told.due_at = sla.now + hours(50);
  sla.open_order(1, told);
  LaterMove move;
  move.order_class = "emergency";
  EXPECT_EQ(summary_of(sla.move(1, "order.reclassified", move)), "sign superseded, sign started");
  EXPECT_EQ(sla.clock_of(1, ClockKind::due)->deadline, *told.due_at);
}

Input reanchor(const std::string& role, const std::string& reason) {
  Input input;
  input.topic = kReanchorTopic;
  input.actor = "leader-1";
  input.payload = encode_payload(ReanchorRequest{role, reason});
  return input;
}

TEST(OrderClocksAnew, NewRulesCountForClocksThatRunOnlyWhenATeamLeaderAsks) {
  SlaFixture sla(whole_catalogue());
  const Timestamp start = sla.now;
  sla.open_order(1);
  ClockRules later = whole_catalogue();
  later.version = "9";
  later.classes["general"].due = limit_of(days(5));
  sla.load(later);
  EXPECT_EQ(sla.clock_of(1, ClockKind::due)->deadline, start + days(7));
  EXPECT_FALSE(sla.input(reanchor("operator", "new manual")).answers.front().ok());
  EXPECT_FALSE(sla.input(reanchor("team_leader", "")).answers.front().ok());
  const StepOutcome outcome = sla.input(reanchor("team_leader", "new manual"));
  EXPECT_TRUE(outcome.answers.front().ok());
  EXPECT_EQ(summary_of(outcome), "due superseded, due started");
  EXPECT_EQ(changes_of(outcome).back().reason, "re_anchor: new manual");
  EXPECT_EQ(events_of(outcome).front().actor, "leader-1");
  EXPECT_EQ(payload_of<ClockChanges>(events_of(outcome).front()).rules_version, "9");
  EXPECT_EQ(sla.clock_of(1, ClockKind::due)->deadline, start + days(5));
  EXPECT_EQ(sla.clock_of(1, ClockKind::due)->rules_version, "9");
  EXPECT_EQ(summary_of(sla.input(reanchor("team_leader", "again"))), "");
  sla.expect_one_timer_a_clock();
}

}  // namespace
}  // namespace jieban
