// A notifier with the four seats of DOMAIN §13.2, a spare one and two team leaders, who ask for
// changes of their rota. It is noon of 2026-02-03: `b` has the day, `a` the night, `c` and `d`
// rest.
#pragma once

#include "common/duty/roster.h"
#include "tests/unit/daemons/notifier/callout_fixture.h"
#include "tests/unit/daemons/notifier/duty_requests.h"

namespace jieban {

class DutyDesk : public CalloutFixture {
 public:
  explicit DutyDesk(const RotaBook& book = desk_book()) {
    input(rules_input(LiveRota::kRotaName, book));
  }

  // "taken", "repeated", or "refused: the reason".
  std::string ask(const DutyRequest& request) { return said(topics::kDutyRequest, request); }
  std::string decide(const std::string& id, DutyVerb verb, const PersonId& by,
                     const std::string& reason = "", bool overrule = false) {
    return said(topics::kDutyDecision, DutyDecision{id, verb, by, reason, overrule});
  }
  // Asked, accepted and approved.
  std::string swap_through(const DutyRequest& request, const PersonId& taker) {
    for (const std::string& answer : {ask(request), decide(request.id, DutyVerb::accept, taker),
                                      decide(request.id, DutyVerb::approve, "x", "急事", true)}) {
      if (answer != "taken") return answer;
    }
    return "taken";
  }
  // Who is on duty, as those who are called are found.
  std::vector<PersonId> on(std::string_view at) { return on(duty_test::local(at)); }
  std::vector<PersonId> on(Timestamp at) {
    auto txn = fold().environment().read();
    const RotaBook* book = *core().callouts().rota().current(*txn);
    return on_duty(*book->find_rota("seat"), book->changes, at);
  }
  std::vector<DutyChange> changes() {
    auto txn = fold().environment().read();
    return *core().callouts().rota().changes(*txn);
  }
  DutyChange change(const std::string& id) {
    for (DutyChange& each : changes()) {
      if (each.request.id == id) return each;
    }
    ADD_FAILURE() << "there is no change " << id;
    return {};
  }
  // What the last request or decision told.
  const std::vector<Event>& told() const { return told_; }

 private:
  template <class Payload>
  std::string said(std::string_view topic, const Payload& payload) {
    StepOutcome outcome = input(topic, payload);
    told_ = events_of(outcome);
    const auto& answer = outcome.answers.at(0);
    if (answer.ok()) return *answer;
    return std::string(to_string(answer.error().code)) + ": " + answer.error().message;
  }

  std::vector<Event> told_;
};

// That it was refused for this reason.
inline testing::AssertionResult no_because(const std::string& answer, const std::string& reason) {
  if (answer != "taken" && answer.find(reason) != std::string::npos) {
    return testing::AssertionSuccess();
  }
  return testing::AssertionFailure() << "said \"" << answer << "\", not \"" << reason << "\"";
}

}  // namespace jieban
