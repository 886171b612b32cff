// Goal: the five agree. Whatever the router lets through, the watcher, the notifier and the archive
// can read and use; no clock is missing for an order that has work to be done.
// Method: random commands of all roles, through the receiver, against all five cores.
#include <algorithm>
#include <cstdlib>
#include <set>

#include "common/base/random.h"
#include "common/domain/code_set.h"
#include "common/domain/topics.h"
#include "daemons/router/router.h"
#include "tests/scenarios/desk.h"
#include "tests/unit/daemons/router/walks.h"

namespace jieban {
namespace {

constexpr int kCommands = 10'000;
constexpr size_t kActiveOrders = 12;

uint64_t walk_seed() {
  const char* given = std::getenv("JIEBAN_SEED");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : SystemRandom().next() % 1'000'000;
}

std::vector<std::string> split_names(std::string_view names) {
  std::vector<std::string> split;
  while (!names.empty()) {
    const size_t end = std::min(names.find(','), names.size());
    split.emplace_back(names.substr(0, end));
    names.remove_prefix(std::min(end + 1, names.size()));
  }
  return split;
}

// The shipped ones, with reasons to pause for some classes.
FiveRules walk_rules() {
  FiveRules rules = shipped_five_rules();
  rules.clocks.classes["general"].pauses = {PauseReason::court, PauseReason::awaiting_caller};
  rules.clocks.classes["utility"].pauses = {PauseReason::return_pending};
  return rules;
}

class Walk {
 public:
  explicit Walk(uint64_t seed) : random_(seed) {
    while (active_.size() < kActiveOrders) open_order();
  }

  void step() {
    const std::string order_no = active_.at(random_.below(active_.size()));
    const OrderState before = desk_.summary(order_no).state;
    const Said said = choose(before);
    if (random_.below(20) == 0) desk_.advance(std::chrono::minutes(random_.below(600)));
    const bool taken = desk_.refusal(order_no, said).empty();
    if (taken) taken_.insert(said.command);
    if (taken && said.command == "visit_result") unsolved_[order_no] = is_unsolved(said);
    if (taken && said.command == "review") unsolved_[order_no] = false;
    check(order_no, said);
    if (is_terminal(before) && random_.below(4) == 0) {
      std::erase(active_, order_no);
      open_order();
    }
  }

  // A walk that never came by would show nothing of it.
  void expect_everything_was_taken() const {
    for (const CommandRule& rule : command_rules()) {
      EXPECT_TRUE(taken_.contains(std::string(rule.command))) << rule.command;
    }
  }

 private:
  void open_order() {
    const std::string order_no = "26031000" + std::to_string(1000 + ++opened_);
    Submission order = Desk::leak(order_no);
    if (random_.below(3) == 0) order.cat1 = "其他";  // nobody's: a person dispatches it
    if (random_.below(3) == 0) order.due_at = desk_.now() + std::chrono::hours(30);
    EXPECT_EQ(desk_.submit(order), "new");
    active_.push_back(order_no);
  }

  static bool is_unsolved(const Said& said) {
    const auto solved = said.arguments.find("solved");
    return solved != said.arguments.end() && solved->second != "SOLVED";
  }

  Said choose(OrderState state) {
    const auto& all = good_commands();
    while (true) {
      // A return takes two persons and a window; else hardly any would come about.
      const bool return_it = random_.below(6) == 0 && find_transition(state, "request_return");
      const GoodCommand& good =
          return_it ? good_command("request_return") : all.at(random_.below(all.size()));
      const std::string_view word = good.command;
      if (random_.below(20) != 0 && find_transition(state, word) == nullptr) continue;
      if (word == "cancel" && random_.below(10) != 0) continue;
      Said said{good.command, good.role, good.arguments};
      for (const std::string& name : split_names(good.texts)) said.texts[name] = "文字";
      vary(said);
      return said;
    }
  }

  // Every code of its list, and times that are still to come.
  void vary(Said& said) {
    const auto any_of = [&](CodeSet set) {
      const auto codes = codes_of(set);
      return std::string(codes[random_.below(codes.size())].code);
    };
    if (said.command == "visit_result") {
      said.arguments["solved"] = any_of(CodeSet::solved);
      said.arguments["satisfied"] = any_of(CodeSet::satisfied);
    }
    if (said.command == "pause_clock") {
      said.arguments["clock"] = any_of(CodeSet::clock);
      said.arguments["reason"] = any_of(CodeSet::pause_reason);
    }
    if (said.command == "resume_clock") said.arguments["clock"] = any_of(CodeSet::clock);
    if (said.command.ends_with("_class"))
      said.arguments["order_class"] = any_of(CodeSet::order_class);
    for (const char* name : {"due_at", "respond_by", "next_check_at"}) {
      if (!said.arguments.contains(name)) continue;
      said.arguments[name] = format_local(desk_.now() + std::chrono::hours(1 + random_.below(200)));
    }
    if (said.command == "dispatch") said.arguments["lead_unit"] = "housing_station";
  }

  void check(const std::string& order_no, const Said& said) {
    using enum OrderState;
    ASSERT_EQ(desk_.set_aside(), std::vector<std::string>()) << said.command;
    const OrderState state = desk_.summary(order_no).state;
    const auto runs = [&](ClockKind clock) { return desk_.running(order_no, clock).has_value(); };
    ASSERT_EQ(runs(ClockKind::sign), state == new_order) << said.command;
    if (state == returned || state == cancelled || state == visited) {
      ASSERT_FALSE(runs(ClockKind::due)) << said.command;
    }
    if (state == dispatched || state == handling) {
      ASSERT_TRUE(runs(ClockKind::due) || runs(ClockKind::redo)) << said.command;
    }
    if (unsolved_[order_no] && state == visited) {
      ASSERT_TRUE(runs(ClockKind::review)) << said.command;
    }
    check_pauses(order_no, said);
  }

  // What was answered "done" is done.
  void check_pauses(const std::string& order_no, const Said& said) {
    const auto& router = dynamic_cast<const Router&>(desk_.core("router"));
    const uint64_t order_id = desk_.told("router").back().order_id;
    auto txn = desk_.fold("router").environment().read();
    ASSERT_TRUE(txn.ok());
    auto course = router.courses().get(*txn, make_key(order_id));
    ASSERT_TRUE(course.ok());
    const auto believed = *course ? (*course)->paused_clocks : std::vector<std::string>();
    for (ClockKind kind : kClockKinds) {
      const auto clock = desk_.running(order_no, kind);
      const bool named = std::ranges::find(believed, to_string(kind)) != believed.end();
      ASSERT_EQ(clock && clock->paused_at, named) << to_string(kind) << " after " << said.command;
    }
    const std::vector<Event>& told = desk_.told("sla-watcher");
    for (; looked_at_ < told.size(); ++looked_at_) {
      if (told.at(looked_at_).topic != topics::kClockChanged) continue;
      auto changes = decode_payload<ClockChanges>(told.at(looked_at_).payload);
      ASSERT_TRUE(changes.ok());
      for (const ClockChange& each : changes->changes) ASSERT_NE(each.change, "refused");
    }
  }

  SeededRandom random_;
  Desk desk_{walk_rules()};
  std::vector<std::string> active_;
  std::map<std::string, bool> unsolved_;
  std::set<std::string> taken_;
  uint64_t opened_ = 0;
  size_t looked_at_ = 0;  // of what the watcher told
};

void go(Walk& walk) {
  for (int i = 0; i < kCommands && !testing::Test::HasFailure(); ++i) walk.step();
}

TEST(Walk, WhatTheRouterLetsThroughTheOthersUnderstand) {
  const uint64_t seed = walk_seed();
  SCOPED_TRACE("JIEBAN_SEED=" + std::to_string(seed));
  Walk walk(seed);
  go(walk);
}

// With a seed of its own, so that it is the same each time: what the walk above may miss by chance
// is met here.
TEST(Walk, EveryCommandIsTakenOnTheWay) {
  constexpr uint64_t kSeed = 20260310;
  Walk walk(kSeed);
  go(walk);
  walk.expect_everything_was_taken();
}

}  // namespace
}  // namespace jieban
