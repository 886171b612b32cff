// Goal: whatever is commanded in whatever order, an order moves by the rows of the table only.
// Method: 120,000 commands, legal and illegal, by all roles, with arguments that are
// right, missing or wrong, against the router's core on a store of its own. A model that knows only
// the table follows; the router's own rows are audited now and then and at the end.
#include <algorithm>
#include <cstdlib>
#include <set>

#include "common/base/random.h"
#include "tests/unit/daemons/router/walks.h"

namespace jieban {
namespace {

constexpr size_t kCommands = 60'000;  // of a walk
constexpr size_t kActiveOrders = 40;
constexpr size_t kLongWalk = 150'000;
constexpr size_t kAuditEvery = 5'000;

uint64_t walk_seed() {
  const char* given = std::getenv("JIEBAN_SEED");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : SystemRandom().next() % 1'000'000;
}

class Walk {
 public:
  explicit Walk(uint64_t seed) : random_(seed), router_(desk_rules()) {
    while (active_.size() < kActiveOrders) open_order();
  }

  void step() {
    const uint64_t order_id = active_.at(random_.below(active_.size()));
    command(order_id);
    if (testing::Test::HasFatalFailure()) return;
    // What is over is still commanded for a while: nothing may wake it but another round.
    if (is_terminal(states_.at(order_id)) && random_.below(8) == 0) {
      std::erase(active_, order_id);
      open_order();
    }
  }

  void audit() {
    router_.expect_counts_add_up();
    Transaction txn = router_.read();
    size_t seen = 0;
    auto scanned = router_.core().orders().scan(txn, {}, [&](std::string_view key, auto row) {
      ++seen;
      const uint64_t order_id = KeyReader(key).number();
      EXPECT_EQ(row.state, states_.at(order_id)) << order_id;
      return true;
    });
    ASSERT_TRUE(scanned.ok());
    EXPECT_EQ(seen, states_.size());
    uint64_t sum = 0;
    scanned = router_.core().counts().scan(txn, {}, [&](std::string_view, auto row) {
      sum += row.orders;
      return true;
    });
    ASSERT_TRUE(scanned.ok());
    EXPECT_EQ(sum, states_.size()) << "the sum of the states is the number of orders";
    audit_courses(txn);
  }

  void expect_everything_was_seen() {
    for (const Transition& row : lifecycle()) {
      EXPECT_TRUE(taken_.contains(&row)) << to_string(row.from) << " " << row.command;
    }
    for (const GuardText& guard : guard_texts()) {
      EXPECT_TRUE(refusals_.contains(std::string(guard.code)) ||
                  guard.guard == Guard::submit_policy || guard.guard == Guard::hand_in_policy ||
                  guard.guard == Guard::self_answer || guard.guard == Guard::material_complete ||
                  guard.guard == Guard::audit_second_person || guard.guard == Guard::audit_items ||
                  guard.guard == Guard::community_lead)
          << guard.code;
    }
    EXPECT_TRUE(refusals_.contains("state") && refusals_.contains("role"));
  }

 private:
  void open_order() {
    const uint64_t order_id = states_.size() + 1;
    OrderIntake intake = heating_order();
    if (random_.below(4) == 0) intake.facts.category = "其他";  // no rule has a unit for it
    router_.receive(order_id, intake);
    states_[order_id] = OrderState::new_order;
    active_.push_back(order_id);
  }

  // Mostly something that the state allows, so that the walk gets far.
  const GoodCommand& choose(OrderState state) {
    const auto& all = good_commands();
    // Else no order would come beyond its second bounce.
    if (state == OrderState::dispatched && random_.below(6) == 0)
      return good_command("unit_bounce");
    // Few come as far as here, and most rows of the contract may be taken here too.
    if (state == OrderState::closed && random_.below(2) == 0) {
      static constexpr std::array<const char*, 3> kContract = {
          "demand_rectification", "finish_rectification", "refuse_rectification"};
      return good_command(kContract.at(random_.below(kContract.size())));
    }
    for (int attempt = 0; attempt < 60; ++attempt) {
      const GoodCommand& good = all.at(random_.below(all.size()));
      if (random_.below(10) == 0) return good;
      const std::string_view word = good.command;
      if (word == "cancel" && random_.below(20) != 0) continue;
      if (find_transition(state, word) != nullptr) return good;
    }
    return all.front();
  }

  void spoil(GoodCommand& good) {
    static constexpr std::array<const char*, 12> kRoles = {
        "",     "operator",      "seat",   "hard_case", "analyst", "audit", "team_leader",
        "unit", "street_leader", "system", "city",      "mayor"};
    if (random_.below(6) == 0) good.role = kRoles.at(random_.below(kRoles.size()));
    if (random_.below(8) == 0) good.texts = "";
    if (std::string_view(good.command) == "dispatch" && random_.below(2) == 0) {
      good.role = "team_leader";
    }
    if (random_.below(6) == 0 && !good.arguments.empty()) {
      auto victim = std::next(good.arguments.begin(), long(random_.below(good.arguments.size())));
      if (random_.below(2) == 0) {
        good.arguments.erase(victim);
      } else {
        victim->second = random_.below(2) == 0 ? "WRONG" : "错 误";
      }
    }
    if (random_.below(12) == 0)
      good.arguments["lead_unit"] = "unit-" + std::to_string(random_.below(4));
    if (random_.below(12) == 0)
      good.arguments["to"] = random_.below(2) == 0 ? "AUDITING" : "CLOSED";
    if (random_.below(40) == 0) good.arguments["override"] = "yes";
    if (random_.below(40) == 0) good.arguments["round"] = "7";
    if (random_.below(40) == 0) good.arguments["agreed"] = "yes";
    // One that is over or refused leaves room for others.
    if (good.arguments.contains("rectification") && random_.below(2) == 0) {
      good.arguments["rectification"] = "R" + std::to_string(1 + random_.below(3));
    }
  }

  void command(uint64_t order_id) {
    GoodCommand good = choose(states_.at(order_id));
    spoil(good);
    router_.without_texts();
    if (*good.texts != '\0') router_.with_texts(good.texts);
    if (random_.below(100) == 0) router_.now += std::chrono::minutes(1);
    const std::string who = "person-" + std::to_string(random_.below(6));
    auto outcome = router_.as(who, good.role).command(order_id, good.command, good.arguments);
    const Event event = events_of(outcome).front();
    if (event.topic == topics::kCommandRefused) return note_refusal(event, order_id);
    follow(event, order_id, good);
  }

  void note_refusal(const Event& event, uint64_t order_id) {
    auto told = payload_of<CommandRefusal>(event);
    ++refusals_[told.code];
    ASSERT_FALSE(told.reason.empty());
    ASSERT_EQ(told.state, to_string(states_.at(order_id)));
  }

  void follow(const Event& event, uint64_t order_id, const GoodCommand& good) {
    OrderState& state = states_.at(order_id);
    const OrderMove told = payload_of<OrderMove>(event);
    auto choice = good.arguments.find("to");
    const Transition* row =
        find_transition(state, good.command, choice == good.arguments.end() ? "" : choice->second);
    ASSERT_NE(row, nullptr) << good.command << " in " << to_string(state);
    ASSERT_EQ(event.topic, row->topic);
    ASSERT_EQ(told.from, state);
    Role role{};
    ASSERT_TRUE(from_string(good.role, role)) << good.role;
    ASSERT_TRUE(row->rule->roles.has(role)) << good.command << " by " << good.role;
    ASSERT_EQ(told.to, row->to.value_or(previous_[order_id]));
    if (row->command == "request_return") previous_[order_id] = state;
    state = told.to;
    taken_.insert(row);
  }

  void audit_courses(Transaction& txn) {
    auto scanned = router_.core().courses().scan(txn, {}, [&](std::string_view key, auto course) {
      const OrderState state = states_.at(KeyReader(key).number());
      size_t open = 0;
      size_t leads = 0;
      for (const Assignment& row : course.assignments) {
        open += row.is_open() ? 1 : 0;
        leads += row.is_open() && row.role == AssignmentRole::lead ? 1 : 0;
      }
      const size_t allowed = is_terminal(state) ? 0 : kHistoryMax;
      EXPECT_LE(open, allowed) << "a terminal order has no open assignment";
      EXPECT_LE(leads, 1U) << "one leads";
      EXPECT_LE(course.extensions_approved, 1U);
      return true;
    });
    ASSERT_TRUE(scanned.ok());
  }

  SeededRandom random_;
  RouterFixture router_;
  std::vector<uint64_t> active_;
  std::map<uint64_t, OrderState> states_;
  std::map<uint64_t, OrderState> previous_;
  std::set<const Transition*> taken_;
  std::map<std::string, size_t> refusals_;
};

void go(Walk& walk, size_t commands) {
  for (size_t i = 1; i <= commands; ++i) {
    walk.step();
    if (i % kAuditEvery == 0) walk.audit();
    if (testing::Test::HasFailure()) return;
  }
}

TEST(LifecycleWalk, ARandomWalkTakesRowsOfTheTableOnly) {
  const uint64_t seed = walk_seed();
  SCOPED_TRACE("JIEBAN_SEED=" + std::to_string(seed));
  Walk walk(seed);
  go(walk, kCommands);
}

// With a seed of its own, so that it is the same each time: what the walk above may miss by chance
// is met here.
TEST(LifecycleWalk, AWalkMeetsEveryRowAndEveryGuard) {
  constexpr uint64_t kSeed = 20260310;
  Walk walk(kSeed);
  go(walk, kLongWalk);
  walk.expect_everything_was_seen();
}

}  // namespace
}  // namespace jieban
