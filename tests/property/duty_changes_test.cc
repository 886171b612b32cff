// Goal: a change that came by command does what the same change does that stands in rota.yaml, at
// any instant; and the journal of the commands makes the same state. Method: random requests and
// decisions before the real core, beside a file that is written by hand of what was taken.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <random>

#include "common/duty/roster.h"
#include "daemons/notifier/duty/duty_guards.h"
#include "daemons/notifier/notifier.h"
#include "tests/support/core_harness.h"
#include "tests/unit/daemons/notifier/duty_requests.h"

namespace jieban {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

const Timestamp kDutyStart = duty_test::local("2026-02-03 12:00");
const std::vector<PersonId> kEverybody = {"a", "b", "c", "d", "e", "x", "y"};

PersonId some_person() { return *rc::gen::elementOf(kEverybody); }

std::optional<PersonId> maybe_person() {
  return *rc::gen::arbitrary<bool>() ? std::optional(some_person()) : std::nullopt;
}

// The file as it would be if every change that was taken had been written into it.
class HandWritten {
 public:
  void take(const DutyRequest& request, Timestamp now) {
    const Timestamp from = request.from.value_or(now);
    switch (request.kind) {
      case DutyKind::override_of_rule:
        changes_.overrides.push_back({request.id, request.rota, from, request.until,
                                      request.priority, request.add, request.remove, request.alone,
                                      request.reason});
        break;
      case DutyKind::leave:
        changes_.leaves.push_back(
            {request.id, *request.person, from, request.until, request.reason});
        break;
      case DutyKind::swap:
        asked_.push_back({request.id, request.rota, request.by, now, from, request.until,
                          request.taker, std::nullopt, request.back_from, request.back_until});
        break;
      case DutyKind::temporary:
        changes_.temporary.push_back(
            {request.id, request.rota, from, request.until, request.shifts});
        break;
    }
  }
  void take(const DutyDecision& decision, Timestamp now) {
    if (decision.verb == DutyVerb::accept) swap(decision.id).taker = decision.by;
    if (decision.verb == DutyVerb::approve) {
      ShiftSwap agreed = swap(decision.id);
      agreed.accepted_at = now;
      agreed.from = std::max(agreed.from, now);
      if (agreed.back_from) agreed.back_from = std::max(*agreed.back_from, now);
      changes_.swaps.push_back(agreed);
    }
    if (decision.verb != DutyVerb::withdraw) return;
    cut(changes_.overrides, decision.id, now);
    cut(changes_.leaves, decision.id, now);
    cut(changes_.temporary, decision.id, now);
    for (ShiftSwap& each : changes_.swaps) {
      if (each.id != decision.id) continue;
      each.until = std::clamp(now, each.from, each.until);
      if (each.back_from) {
        each.back_until = std::clamp(now, *each.back_from, *each.back_until);
      }
    }
  }
  const RotaChanges& changes() const { return changes_; }

 private:
  ShiftSwap& swap(const std::string& id) { return *std::ranges::find(asked_, id, &ShiftSwap::id); }
  template <class Change>
  static void cut(std::vector<Change>& rows, const std::string& id, Timestamp now) {
    for (Change& each : rows) {
      if (each.id == id) each.until = std::clamp(now, each.from, each.until);
    }
  }
  RotaChanges changes_;
  std::vector<ShiftSwap> asked_;
};

class DutyWalk {
 public:
  DutyWalk() {
    day.now = kDutyStart;
    day.input(rules_input(LiveRota::kRotaName, desk_book()));
  }

  void step() {
    day.now += minutes(*rc::gen::inRange(0, 8 * 60));
    *rc::gen::inRange(0, 5) < 2 ? request() : decide();
  }
  // Who is on duty by the commands, and by the file.
  void compare(std::mt19937_64& random) {
    const Transaction txn = day.read();
    const RotaBook* live = *day.core().callouts().rota().current(txn);
    RotaBook file = desk_book();
    file.changes = by_hand.changes();
    for (int i = 0; i < 1000; ++i) {
      const Timestamp at = kDutyStart - hours(24) + Duration(int64_t(random() % 2'592'000'000'000));
      const auto told = on_duty(live->rotas.front(), live->changes, at);
      RC_ASSERT(told == on_duty(file.rotas.front(), file.changes, at));
      moved += told == on_duty(file.rotas.front(), at) ? 0 : 1;
    }
  }
  void replay() const {
    CoreHarness<Notifier> twin("notifier");
    twin.replay(day);
    RC_ASSERT(twin.contents() == day.contents());
  }

  CoreHarness<Notifier> day{"notifier"};
  HandWritten by_hand;
  std::vector<DutyRequest> taken;
  size_t moved = 0;  // instants at which the rules alone say something else

 private:
  std::vector<PersonId> on_duty_at(Timestamp at) {
    const Transaction txn = day.read();
    const RotaBook* live = *day.core().callouts().rota().current(txn);
    return on_duty(live->rotas.front(), live->changes, at);
  }
  Timestamp later() const { return day.now + minutes(15 * *rc::gen::inRange(0, 4 * 24 * 4)); }

  DutyRequest wanted() {
    DutyRequest request;
    request.id = "c" + std::to_string(++count_);
    request.kind = DutyKind(*rc::gen::inRange(0, 4));
    request.by = request.kind == DutyKind::swap ? some_person() : "x";
    request.reason = "有事";
    if (request.kind != DutyKind::leave) request.rota = "seat";
    if (*rc::gen::inRange(0, 4) > 0) request.from = later();
    request.until = request.from.value_or(day.now) + minutes(30 * *rc::gen::inRange(1, 48));
    fill(request);
    return request;
  }
  void fill(DutyRequest& request) {
    if (request.kind == DutyKind::leave) request.person = some_person();
    if (request.kind == DutyKind::override_of_rule) {
      request.add = maybe_person();
      request.remove = maybe_person();
      request.priority = *rc::gen::inRange<uint64_t>(0, 2);
      request.alone = request.add && !request.remove && *rc::gen::arbitrary<bool>();
    }
    if (request.kind == DutyKind::temporary) {
      const Timestamp from = request.from.value_or(day.now);
      request.shifts = {{some_person(), from, request.until - minutes(15), 0}};
    }
    if (request.kind != DutyKind::swap) return;
    // Of somebody who has a shift to give, mostly; to somebody who is free, often.
    const auto on = on_duty_at(request.from.value_or(day.now));
    if (!on.empty() && *rc::gen::inRange(0, 8) > 0) request.by = on.front();
    request.taker = *rc::gen::arbitrary<bool>() ? std::optional<PersonId>("e") : maybe_person();
    if (*rc::gen::inRange(0, 5) > 0) return;
    request.back_from = later();
    request.back_until = *request.back_from + hours(6);
  }
  void request() {
    const DutyRequest made = wanted();
    if (!answered(topics::kDutyRequest, made)) return;
    by_hand.take(made, day.now);
    taken.push_back(made);
    // Often straight through; else by chance, later, or never.
    if (made.kind != DutyKind::swap || *rc::gen::inRange(0, 3) == 0) return;
    const PersonId taker = made.taker.value_or("c");
    say({made.id, DutyVerb::accept, taker, "有事", true});
    say({made.id, DutyVerb::approve, "x", "有事", true});
  }
  void say(const DutyDecision& decision) {
    if (answered(topics::kDutyDecision, decision)) by_hand.take(decision, day.now);
  }
  void decide() {
    if (taken.empty()) return request();
    const DutyRequest& of = *rc::gen::elementOf(taken);
    // Oftener than it is taken back a change is brought forward.
    constexpr std::array<DutyVerb, 7> kVerbs = {
        DutyVerb::accept,  DutyVerb::accept, DutyVerb::accept,  DutyVerb::approve,
        DutyVerb::approve, DutyVerb::refuse, DutyVerb::withdraw};
    DutyDecision decision{of.id, *rc::gen::elementOf(kVerbs), "x", "有事", true};
    if (decision.verb == DutyVerb::accept) decision.by = of.taker ? *of.taker : some_person();
    say(decision);
  }
  template <class Payload>
  bool answered(std::string_view topic, const Payload& payload) {
    Input input;
    input.topic = topic;
    input.actor = "desk";
    input.payload = encode_payload(payload);
    const auto answer = day.input(input).answers.at(0);
    return answer.ok() && *answer == "taken";
  }
  int count_ = 0;
};

TEST(DutyChanges, ACommandDoesWhatTheSameChangeInTheFileDoesAndTheJournalMakesItAgain) {
  size_t moved = 0;
  size_t swapped = 0;
  EXPECT_TRUE(rc::check("commands and file agree", [&] {
    DutyWalk walk;
    const int steps = *rc::gen::inRange(1, 40);
    for (int i = 0; i < steps; ++i) walk.step();
    std::mt19937_64 random(*rc::gen::arbitrary<uint32_t>());
    walk.compare(random);
    walk.replay();
    moved += walk.moved;
    swapped += walk.by_hand.changes().swaps.size();
  }));
  EXPECT_GT(moved, 1000U) << "what changes nothing shows nothing";
  EXPECT_GT(swapped, 10U);
}

}  // namespace
}  // namespace jieban
