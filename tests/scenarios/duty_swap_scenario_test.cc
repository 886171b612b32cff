// DOMAIN §13.2, from the request to the phones: a swap that is asked for at night, accepted and
// approved decides whose phone rings; a leave without a stand-in rings the team leader's at once.
// By the shipped ladders and the shipped rota.
#include <set>

#include "common/duty/roster.h"
#include "daemons/notifier/notifier.h"
#include "tests/scenarios/desk.h"
#include "tests/support/core_harness.h"

namespace jieban {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

class NightDesk : public Desk {
 public:
  explicit NightDesk(const FiveRules& rules = with_spare())
      : Desk(rules, "2026-03-10 23:00:00"), rules_(rules) {}

  // The shipped rota has one seat fewer than a swap of a night needs.
  static FiveRules with_spare() {
    FiveRules rules = shipped_five_rules();
    rules.rota.persons.push_back({"seat_e", "坐席戊", {"seat"}});
    return rules;
  }
  std::string asleep_or_on(const std::string& rota) const {
    return on_duty(*rules_.rota.find_rota(rota), rules_.rota.changes, now()).at(0);
  }
  template <class Payload>
  std::string ask(std::string_view topic, const Payload& payload) {
    Input made;
    made.topic = topic;
    made.actor = "desk";
    made.payload = encode_payload(payload);
    auto answer = input("notifier", made);
    return answer.ok() ? *answer : answer.error().message;
  }
  DutyRequest request(DutyKind kind, const std::string& id, const PersonId& by,
                      const std::string& until) const {
    DutyRequest made;
    made.id = id;
    made.kind = kind;
    made.by = by;
    made.reason = "身体不适";
    if (kind != DutyKind::leave) made.rota = "seat";
    made.until = local_time(until);
    return made;
  }
  // Who was called by an alert of this topic since an instant.
  std::set<std::string> called_for(const std::string& topic, Timestamp since) const {
    std::set<std::string> alerts;
    for (const Event& event : told("notifier", topics::kAlertOpened)) {
      const auto step = payload_of<AlertStep>(event);
      if (step.topic == topic) alerts.insert(step.alert);
    }
    std::set<std::string> persons;
    for (const Event& event : told("notifier", topics::kNoticeQueued)) {
      const auto step = payload_of<NoticeStep>(event);
      const bool ours = step.person && alerts.contains(*step.alert);
      if (ours && event.occurred_at >= since) persons.insert(*step.person);
    }
    return persons;
  }

 private:
  FiveRules rules_;
};

TEST(DutySwapScenario, AtNightTheTakersPhoneRingsAndNotTheAskers) {
  NightDesk desk;
  const std::string asker = desk.asleep_or_on("seat");
  auto swap = desk.request(DutyKind::swap, "night-1", asker, "2026-03-11 08:30:00");
  swap.taker = "seat_e";
  ASSERT_EQ(desk.ask(topics::kDutyRequest, swap), "taken");
  desk.advance(minutes(2));
  ASSERT_EQ(desk.ask(topics::kDutyDecision,
                     DutyDecision{"night-1", DutyVerb::accept, "seat_e", "", false}),
            "taken");
  desk.advance(minutes(2));
  ASSERT_EQ(desk.ask(topics::kDutyDecision,
                     DutyDecision{"night-1", DutyVerb::approve, "leader_b", "", false}),
            "taken");
  desk.restart("notifier");
  desk.advance(hours(2));
  const Timestamp alarm = desk.now();
  Submission order = Desk::leak("260310000001");
  order.urgency = "emergency";
  desk.submit(order);
  desk.advance(minutes(1));
  const auto called = desk.called_for("emergency.unsigned", alarm);
  EXPECT_TRUE(called.contains("seat_e")) << "who took it";
  EXPECT_FALSE(called.contains(asker)) << "who sleeps";
  EXPECT_EQ(desk.set_aside(), std::vector<std::string>());
}

TEST(DutySwapScenario, WithoutTheLeaderTheAskersPhoneRings) {
  NightDesk desk;
  const std::string asker = desk.asleep_or_on("seat");
  auto swap = desk.request(DutyKind::swap, "night-1", asker, "2026-03-11 08:30:00");
  swap.taker = "seat_e";
  ASSERT_EQ(desk.ask(topics::kDutyRequest, swap), "taken");
  ASSERT_EQ(desk.ask(topics::kDutyDecision,
                     DutyDecision{"night-1", DutyVerb::accept, "seat_e", "", false}),
            "taken");
  const Timestamp alarm = desk.now();
  Submission order = Desk::leak("260310000001");
  order.urgency = "emergency";
  desk.submit(order);
  desk.advance(minutes(1));
  const auto called = desk.called_for("emergency.unsigned", alarm);
  EXPECT_TRUE(called.contains(asker)) << "no private swaps";
  EXPECT_FALSE(called.contains("seat_e"));
}

TEST(DutySwapScenario, ALeaveWithoutAStandInRingsTheLeaderAtOnce) {
  NightDesk desk;
  const std::string seat = desk.asleep_or_on("seat");
  desk.advance(minutes(20));
  const Timestamp asked = desk.now();
  EXPECT_EQ(desk.called_for("rota.gap", asked), std::set<std::string>());
  auto leave = desk.request(DutyKind::leave, "leave-1", seat, "2026-03-11 08:30:00");
  leave.person = seat;
  ASSERT_EQ(desk.ask(topics::kDutyRequest, leave), "taken");
  desk.advance(minutes(1));
  EXPECT_EQ(desk.called_for("rota.gap", asked),
            std::set<std::string>{desk.asleep_or_on("team_leader")});
  DutyRequest stand_in =
      desk.request(DutyKind::override_of_rule, "stand-in-1", "leader_a", "2026-03-11 08:30:00");
  stand_in.add = "seat_e";
  stand_in.remove = seat;
  ASSERT_EQ(desk.ask(topics::kDutyRequest, stand_in), "taken");
  const size_t before = desk.told("notifier", topics::kAlertResolved).size();
  desk.advance(minutes(1));
  EXPECT_EQ(desk.told("notifier", topics::kAlertResolved).size(), before + 1);
}

}  // namespace
}  // namespace jieban
