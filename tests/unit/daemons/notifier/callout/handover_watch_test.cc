// Goal: a shift that ends without a signature is told, once, to those who can still get it.
// Method: a stepped clock; li has the day from 8 to 20, zhao the night, and it is noon.
#include "daemons/notifier/callout/handover_watch.h"

#include "common/domain/handover.h"
#include "tests/unit/daemons/notifier/callout_fixture.h"

namespace jieban {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using Calls = std::vector<std::string>;

RotaBook day_and_night() {
  RotaBook book = two_seats();
  book.version = "2";
  DutyRule night;
  night.id = "night";
  night.persons = {"zhao"};
  night.window.begin = 20 * 3600;
  night.window.end = 32 * 3600;
  book.rotas[0].rules.push_back(night);
  return book;
}

class WatchedDesk : public CalloutFixture {
 public:
  WatchedDesk() {
    std::string text = kLadders;
    text.replace(text.find("    - {matchers: [topic=emergency.unsigned]"), 0,
                 "    - {matchers: [topic=handover.missing], receiver: missing, "
                 "group_by: [rota], group_wait: 0s}\n");
    text.replace(text.find("  red:\n"), 0,
                 "  missing:\n    steps:\n      - {tell: [{rota: seat}], wait: 15m}\n"
                 "      - {tell: [{role: team_leader}], wait: 30m}\n");
    text += "handover: {rota: seat, after: 15m, ahead: 60m}\n";
    auto ladders = parse_alerting_rules(text, "ladders");
    EXPECT_TRUE(ladders.ok()) << ladders.error().message;
    input(rules_input(Callouts::kRulesName, *ladders));
    input(rules_input(Callouts::kRotaName, day_and_night()));
  }
  std::vector<Event> handover(const std::string& topic) {
    HandoverMove move;
    move.handover = ++number_;
    move.command = topic;
    return events_of(event(kRouterStream, topic, move, 0));
  }
  // Signed out and taken over.
  void hand_over() {
    handover("handover.signed_out");
    handover("handover.signed_in");
  }
  // As if the loop had run all the while.
  Calls wait_until(Timestamp until) {
    Calls calls;
    while (now < until) {
      for (const std::string& call : calls_in(advance(std::min<Duration>(minutes(5), until - now))))
        calls.push_back(call);
    }
    return calls;
  }

 private:
  uint64_t number_ = 0;
};

TEST(HandoverWatch, AShiftThatEndsWithoutASignatureIsToldToWhoHasComeThenToTheLeader) {
  WatchedDesk desk;
  desk.hand_over();
  EXPECT_EQ(desk.wait_until(noon() + hours(8) + minutes(15) - seconds(1)), Calls{});
  const auto told = desk.advance(seconds(1));
  EXPECT_EQ(calls_in(told), Calls{"zhao/sms"});
  EXPECT_EQ(alert_in(told, topics::kAlertOpened).topic, "handover.missing");
  EXPECT_EQ(desk.wait_until(noon() + hours(9)), Calls{"zhou/sms"});
  EXPECT_EQ(count_of(desk.handover("handover.signed_out"), topics::kAlertResolved), 1U);
  desk.handover("handover.signed_in");
  EXPECT_EQ(desk.wait_until(noon() + hours(20)), Calls{}) << "the night's end is at 8";
}

TEST(HandoverWatch, ASignatureFromAnHourBeforeTheEndOnIsForThatEnd) {
  for (const auto& [signed_at, called] : std::map<Duration, bool>{
           {hours(7) - seconds(1), true}, {hours(7), false}, {hours(8) + minutes(14), false}}) {
    WatchedDesk desk;
    desk.hand_over();
    desk.wait_until(noon() + signed_at);
    desk.hand_over();
    EXPECT_EQ(!desk.wait_until(noon() + hours(9)).empty(), called) << signed_at.count();
  }
}

TEST(HandoverWatch, NobodyIsWatchedBeforeTheFirstSignature) {
  WatchedDesk desk;
  EXPECT_EQ(desk.wait_until(noon() + hours(30)), Calls{});
}

TEST(HandoverWatch, ASignatureThatIsTakenBackStandsForNothing) {
  WatchedDesk desk;
  desk.hand_over();
  desk.wait_until(noon() + hours(7) + minutes(50));
  desk.handover("handover.signed_out");
  desk.wait_until(noon() + hours(8) + minutes(30));
  desk.handover("handover.withdrawn");
  EXPECT_EQ(calls_in(desk.advance(Duration(0))), Calls{"zhao/sms"});
}

TEST(HandoverWatch, OfEndsThatPassedInADowntimeTheLastIsTold) {
  WatchedDesk desk;
  desk.hand_over();
  desk.now += hours(21) + minutes(30);  // both ends have passed
  const auto told = desk.advance(Duration(0));
  EXPECT_EQ(calls_in(told), Calls{"li/sms"});
  EXPECT_EQ(count_of(told, topics::kAlertOpened), 1U);
}

TEST(HandoverWatch, AChangeOfTheRotaMovesTheEnd) {
  WatchedDesk desk;
  desk.hand_over();
  RotaBook book = day_and_night();
  book.version = "3";
  book.rotas[0].rules[0].window.end = 18 * 3600;
  book.rotas[0].rules[1].window.begin = 18 * 3600;
  desk.input(rules_input(Callouts::kRotaName, book));
  EXPECT_EQ(desk.wait_until(noon() + hours(6) + minutes(20)), Calls{"zhao/sms"});
}

}  // namespace
}  // namespace jieban
