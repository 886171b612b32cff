// Goal: what must hold of clocks whatever happens to an order. Method: pauses by chance against the
// calendar's own account of them; and a random walk of router events, legal and illegal, over
// orders of all classes, looked over after each step.
#include <array>
#include <set>

#include "common/base/random.h"
#include "common/calendar/pauses.h"
#include "common/clocks/clock_table.h"
#include "tests/support/calendars.h"
#include "tests/unit/daemons/sla-watcher/sla_fixture.h"

namespace jieban {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const Calendar& all_day() {
  static const Calendar calendar =
      calendar_of(calendar_text("Asia/Shanghai", "every-day", R"(["00:00-24:00"])"));
  return calendar;
}

// Natural time is a calendar that never closes.
TEST(Clocks, APauseMovesADeadlineByExactlyTheTimeThatTheCalendarSeesInIt) {
  SeededRandom random(20260310);
  constexpr int kRuns = 3000;
  for (int run = 0; run < kRuns; ++run) {
    const bool working = random.below(2) == 0;
    const CalendarKind kind = working ? CalendarKind::worktime : CalendarKind::natural;
    const Calendar& calendar = working ? office() : all_day();
    const Timestamp start = local_time("2026-01-05 00:00:00") + seconds(random.below(200 * 86'400));
    const Duration budget = seconds(60 + random.below(60 * 3600));
    Timestamp deadline = reckon(limit_by(kind, budget), start, &calendar).at;
    Pauses pauses;
    int64_t idle = 0;
    Timestamp from = start;
    for (uint64_t count = random.below(4); count > 0; --count) {
      from += seconds(random.below(40'000));
      const Timestamp to = from + seconds(random.below(400'000));
      if (from > deadline) break;  // what is late stays late
      const Passed still = passed_between(kind, from, to, &calendar);
      idle += still.amount;
      deadline = put_off(kind, deadline, still.amount, &calendar).at;
      pauses.push_back({from, to});
      from = to;
    }
    const auto expected = due_after(calendar, start, budget, pauses);
    ASSERT_TRUE(expected.ok());
    EXPECT_EQ(deadline, *expected) << "run " << run;
    const Duration in_pauses =
        *calendar.between(start, deadline) - *used_between(calendar, start, deadline, pauses);
    EXPECT_EQ(Duration(idle), in_pauses) << "run " << run;
  }
}

ClockRules rules_of_the_walk() {
  ClockRules rules = whole_catalogue();
  rules.calendar = office_calendar();
  rules.ladder.repeats_max = 3;
  ClassRules& complex = rules.classes["complex"] = rules.classes["general"];
  complex.due = limit_by(CalendarKind::workday, days(3), Rounding::day_end);
  complex.contact = limit_by(CalendarKind::worktime, hours(6));
  complex.audit = limit_by(CalendarKind::worktime, hours(2));
  complex.pauses = {PauseReason::court, PauseReason::awaiting_caller};
  return rules;
}

constexpr std::array<const char*, 3> kClasses = {"emergency", "general", "complex"};
constexpr std::array<const char*, 6> kSpecial = {"order.extension_approved", "order.reclassified",
                                                 "order.clock_paused",       "order.clock_resumed",
                                                 "order.reopened",           "order.flagged"};

struct WalkMove {
  std::string order_no = "A-1";
  std::optional<std::map<std::string, std::string>> arguments{};
  std::optional<Timestamp> due_at{};
  std::optional<std::string> order_class{};

  template <class Visit>
  static void fields(Visit& visit) {
    visit("order_no", &WalkMove::order_no);
    visit("arguments", &WalkMove::arguments);
    visit("due_at", &WalkMove::due_at);
    visit("order_class", &WalkMove::order_class);
  }
};

class Walk {
 public:
  explicit Walk(uint64_t seed) : random_(seed) { sla_.load(rules_of_the_walk()); }

  void step() {
    sla_.now += seconds(random_.below(3000));
    switch (random_.below(10)) {
      case 0:
        return open();
      case 1:
      case 2:
        return tick();
      case 3:
        return amend();
      default:
        return move();
    }
  }

  void look_over() {
    sla_.expect_one_timer_a_clock();
    auto totals = sla_.core().totals(sla_.read());
    uint64_t paused = 0;
    std::set<uint64_t> watched;
    auto scanned = sla_.core().orders().scan(sla_.read(), {},
                                             [&](std::string_view key, const WatchedOrder& row) {
                                               watched.insert(KeyReader(key).number());
                                               std::set<ClockKind> kinds;
                                               for (const RunningClock& clock : row.clocks) {
                                                 EXPECT_TRUE(kinds.insert(clock.name).second);
                                                 paused += clock.paused_at ? 1 : 0;
                                               }
                                               return true;
                                             });
    ASSERT_TRUE(scanned.ok());
    EXPECT_EQ(totals->paused.value_or(0), paused);
    EXPECT_EQ(watched, open_);  // no row, and so no clock, of an order that has left
  }
  uint64_t quarantined() const { return quarantined_; }
  uint64_t alerts() const { return alerts_; }

 private:
  void open() {
    if (open_.size() >= 12) return tick();
    OrderOpening told = sla_.opening(kClasses.at(random_.below(3)));
    if (random_.below(3) == 0) told.due_at = sla_.now + hours(int64_t(random_.below(200)));
    open_.insert(++last_);
    take(sla_.event("router", topics::kOrderOpened, last_, told));
  }

  uint64_t any_order() {
    auto at = open_.begin();
    std::advance(at, int64_t(random_.below(open_.size())));
    return *at;
  }

  void amend() {
    if (open_.empty()) return;
    OrderOpening told = sla_.opening();
    told.due_at = sla_.now + hours(int64_t(random_.below(100))) - hours(10);
    take(sla_.event("router", topics::kOrderAmended, any_order(), told));
  }

  WalkMove payload() {
    static constexpr std::array<const char*, 6> kClocks = {"due",   "all",     "sign",
                                                           "audit", "contact", "internal"};
    static constexpr std::array<const char*, 3> kReasons = {"court", "awaiting_caller",
                                                            "return_pending"};
    WalkMove told;
    told.arguments = {{"clock", kClocks.at(random_.below(6))},
                      {"reason", kReasons.at(random_.below(3))},
                      {"solved", random_.below(2) == 0 ? "SOLVED" : "UNSOLVED"}};
    told.due_at = sla_.now + hours(int64_t(random_.below(300)));
    told.order_class = kClasses.at(random_.below(3));
    return told;
  }

  // Whatever the life cycle would say: the watcher must bear it.
  void move() {
    if (open_.empty()) return;
    const auto table = clock_table();
    const uint64_t pick = random_.below(table.size() + kSpecial.size());
    const bool ordinary = pick < table.size();
    // An order that leaves at once shows little.
    const bool leaves = ordinary && (table[pick].last || table[pick].closes);
    if (leaves && random_.below(4) != 0) return;
    const uint64_t order_id = any_order();
    const std::string_view topic = ordinary ? table[pick].topic : kSpecial.at(pick - table.size());
    take(sla_.event("router", topic, order_id, payload()));
    if (leaves && (table[pick].last || !runs_any(order_id))) open_.erase(order_id);
    if (leaves && open_.contains(order_id)) closed_.insert(order_id);
    if (topic == "order.reopened") closed_.erase(order_id);
    // A closed order leaves with a move that ends its last clock.
    if (ordinary && closed_.contains(order_id) && !runs_any(order_id)) open_.erase(order_id);
  }

  bool runs_any(uint64_t order_id) {
    auto row = sla_.core().orders().get(sla_.read(), make_key(order_id));
    return row.ok() && *row && !(*row)->clocks.empty();
  }

  void tick() { take(sla_.tick()); }

  void take(const StepOutcome& outcome) {
    EXPECT_FALSE(outcome.tick_failed);
    quarantined_ += outcome.quarantined;
    size_t changed = 0;
    for (const Event& event : events_of(outcome)) {
      if (event.topic == topics::kClockChanged) {
        ++changed;
        forget(event);
      }
      if (event.topic.starts_with("deadline.")) hear(event);
    }
    // A tick deals with many orders; an event is told in one change.
    if (outcome.applied > 0) {
      EXPECT_LE(changed, 1U);
    }
  }

  // A clock that starts may warn again.
  void forget(const Event& event) {
    for (const ClockChange& change : payload_of<ClockChanges>(event).changes) {
      if (change.change != "started") continue;
      told_.erase({event.order_id, change.clock});
    }
  }

  // Each rung once, and in order.
  void hear(const Event& event) {
    ++alerts_;
    const auto alert = payload_of<DeadlineAlert>(event);
    const std::pair<uint64_t, uint64_t> rung{alert.percent, alert.repeat.value_or(0)};
    auto [known, fresh] = told_.try_emplace({event.order_id, alert.clock}, rung);
    if (fresh) return;
    EXPECT_LT(known->second, rung) << event.order_id << " " << alert.clock;
    known->second = rung;
  }

  SeededRandom random_;
  SlaFixture sla_{rules_of_the_walk()};
  std::set<uint64_t> open_;
  std::set<uint64_t> closed_;  // of these: only a review is to come
  uint64_t last_ = 0;
  uint64_t quarantined_ = 0;
  uint64_t alerts_ = 0;
  std::map<std::pair<uint64_t, std::string>, std::pair<uint64_t, uint64_t>> told_;
};

TEST(Clocks, ARandomWalkLeavesNoTimerWithoutItsClockAndNoClockOnAnOrderThatLeft) {
  constexpr uint64_t kSteps = 100'000;
  constexpr uint64_t kStepsOfOneWalk = 5000;
  uint64_t alerts = 0;
  for (uint64_t seed = 1; seed <= kSteps / kStepsOfOneWalk; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Walk walk(seed);
    for (uint64_t step = 0; step < kStepsOfOneWalk; ++step) {
      walk.step();
      walk.look_over();
      if (::testing::Test::HasFailure()) FAIL() << "at step " << step;
    }
    EXPECT_EQ(walk.quarantined(), 0U);
    alerts += walk.alerts();
  }
  EXPECT_GT(alerts, 1000U);
}

}  // namespace
}  // namespace jieban
