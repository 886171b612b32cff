// Goal: changed rules count for new clocks only, until a team leader has the running ones counted
// anew; the watcher says from which deadline to which, by which rules, and the archive shows it.
#include "common/domain/topics.h"
#include "tests/scenarios/desk.h"

namespace jieban {
namespace {

using std::chrono::hours;

FiveRules three_days() {
  FiveRules rules = shipped_five_rules();
  rules.clocks.version = "three days";
  rules.clocks.classes["general"].due->span = Duration(hours(72)).count();
  return rules;
}

TEST(Reanchor, NewRulesCountForRunningClocksOnlyWhenATeamLeaderSaysSo) {
  Desk desk;
  const std::string old_no = "260310000001";
  const std::string new_no = "260310000002";
  const Timestamp start = desk.now();
  desk.submit(Desk::leak(old_no));
  desk.bring(old_no, "accept");
  desk.load(three_days());
  desk.submit(Desk::leak(new_no));
  EXPECT_EQ(desk.summary(old_no).due(), start + hours(7 * 24)) << "a reload moves nothing";
  EXPECT_EQ(desk.summary(new_no).due(), start + hours(72));

  const Said asked{"reanchor", "seat", {{"clock", "due"}, {"reason_code", "RULES"}}};
  const std::string reason = desk.refusal(old_no, asked);
  EXPECT_TRUE(reason.starts_with("role ")) << reason;
  EXPECT_NE(reason.find("可由：班组长"), std::string::npos) << reason;
  EXPECT_EQ(desk.summary(old_no).due(), start + hours(7 * 24));

  Said leader = asked;
  leader.role = "team_leader";
  desk.take(old_no, leader);
  EXPECT_EQ(desk.running(old_no, ClockKind::due)->deadline, start + hours(72));
  EXPECT_EQ(desk.summary(old_no).due(), start + hours(72));
  const Event told = desk.told("sla-watcher", topics::kClockChanged).back();
  const auto changes = *decode_payload<ClockChanges>(told.payload);
  EXPECT_EQ(changes.rules_version, "three days");
  ASSERT_GE(changes.changes.size(), 2U);
  EXPECT_EQ(changes.changes[0].change, "superseded");
  EXPECT_EQ(changes.changes[0].deadline, start + hours(7 * 24));
  EXPECT_EQ(changes.changes[1].deadline, start + hours(72));
  EXPECT_EQ(changes.changes[1].reason, "re_anchor: RULES");
  // Who had it done, and what came of it, stand in the timeline.
  bool asked_for = false;
  for (const TimelineEntry& entry : desk.view(old_no).timeline) {
    if (entry.event.topic != "order.reanchored") continue;
    asked_for = true;
    EXPECT_EQ(entry.event.actor, "team_leader-1");
    EXPECT_EQ(entry.label, "按新规则重计时限");
  }
  EXPECT_TRUE(asked_for);
  EXPECT_EQ(desk.set_aside(), std::vector<std::string>());
}

TEST(Reanchor, APrintedDueTimeIsTheCitysAndStays) {
  Desk desk;
  Submission order = Desk::leak("260310000001");
  order.due_at = desk.now() + hours(50);
  desk.submit(order);
  desk.load(three_days());
  desk.take(order.order_no, {"reanchor", "team_leader", {{"reason_code", "RULES"}}});
  EXPECT_EQ(desk.running(order.order_no, ClockKind::due)->deadline, *order.due_at);
}

}  // namespace
}  // namespace jieban
