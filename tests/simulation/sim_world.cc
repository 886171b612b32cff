#include "tests/simulation/sim_world.h"

#include "common/domain/topology.h"
#include "tests/simulation/sim_rules.h"

namespace jieban {
namespace {

// 2026-03-10 08:00:00 in Beijing.
constexpr Timestamp kMorning = from_micros(1'773'100'800'000'000);

// A settling world makes progress in every round; a fetch that failed often waits five seconds.
constexpr int kSettleRoundsMax = 6000;
constexpr std::chrono::milliseconds kSettleRound{100};

}  // namespace

// How often each thing happens, out of all of them.
struct SimWorld::Chance {
  uint64_t weight;
  Act act;
};

const std::array<SimWorld::Chance, 12>& SimWorld::chances() {
  static constexpr std::array<Chance, 12> kChances = {{
      {500, &SimWorld::turn},
      {40, &SimWorld::batch},
      {60, &SimWorld::command},
      {100, &SimWorld::send},
      {120, &SimWorld::deliver},
      {12, &SimWorld::answer},
      {150, &SimWorld::wait},
      {8, &SimWorld::wait_long},
      {10, &SimWorld::crash},
      {40, &SimWorld::restart},
      {6, &SimWorld::weather},
      {3, &SimWorld::rules},
  }};
  return kChances;
}

SimWorld::SimWorld(uint64_t seed)
    : random_(seed),
      clock_(kMorning),
      network_(random_, clock_),
      client_(random_, clock_),
      gateway_(random_, clock_),
      sign_automatically_(chance(40)),
      calls_out_(seed % 2 == 1) {
  SimHost host{dir_.root(), network_, clock_, random_};
  for (const DaemonPlace& place : topology::kDaemons) {
    daemons_.push_back(std::make_unique<SimDaemon>(std::string(place.name), host));
  }
}

SimDaemon& SimWorld::daemon(const std::string& name) {
  for (auto& daemon : daemons_) {
    if (daemon->name() == name) return *daemon;
  }
  check_failed(__FILE__, __LINE__, "a known daemon");
}

Notifier& SimWorld::notifier_core() { return dynamic_cast<Notifier&>(daemon("notifier").core()); }

InputGroup SimWorld::rules_of(const std::string& daemon) {
  InputGroup group;
  if (daemon == "router") {
    group.inputs = {rules_input("router", sim_router_rules(edition_, sign_automatically_))};
  } else if (daemon == "sla-watcher") {
    group.inputs = {rules_input("clocks", sim_clock_rules(edition_))};
  } else if (daemon == "notifier") {
    if (calls_out_) {
      group.inputs = {rules_input(Callouts::kRulesName, sim_alerting_rules(edition_)),
                      rules_input(Callouts::kRotaName, sim_rota(edition_))};
    }
    group.inputs.push_back(rules_input("notices", sim_notifier_rules(edition_)));
  }
  return group;
}

// As the daemon's own edges do: rules first, then what a crash interrupted.
Result<void> SimWorld::start(SimDaemon& daemon) {
  RETURN_IF_ERROR(daemon.start());
  InputGroup rules = rules_of(daemon.name());
  if (!rules.inputs.empty()) RETURN_IF_ERROR(daemon.engine().inbox().submit(std::move(rules)));
  if (daemon.name() == "notifier") return gateway_.started(daemon.engine(), notifier_core());
  return {};
}

Result<void> SimWorld::turn_of(SimDaemon& daemon) {
  if (!daemon.up()) return {};
  auto work = daemon.turn();
  if (!work.ok()) return work.error();
  if (daemon.up()) return {};
  if (daemon.name() == "receiver") client_.lost_receiver();
  if (daemon.name() == "notifier") gateway_.stopped();
  return {};
}

Result<void> SimWorld::turn() { return turn_of(any()); }

Result<void> SimWorld::batch() {
  client_.invent_batch();
  return {};
}

Result<void> SimWorld::command() {
  client_.invent_command();
  return {};
}

Result<void> SimWorld::send() {
  SimDaemon& receiver = daemon("receiver");
  if (receiver.up()) client_.send(receiver.engine().inbox());
  return {};
}

Result<void> SimWorld::deliver() {
  SimDaemon& notifier = daemon("notifier");
  if (!notifier.up()) return {};
  return gateway_.act(notifier.engine(), notifier_core());
}

Result<void> SimWorld::answer() {
  SimDaemon& notifier = daemon("notifier");
  return notifier.up() ? gateway_.answer(notifier.engine()) : Result<void>();
}

Result<void> SimWorld::wait() {
  clock_.advance(Duration(random_.below(60'000)));
  // The wall clock is corrected now and then, mostly by little.
  if (chance(1)) clock_.correct(Duration(random_.below(3'000'000)) - Duration(2'000'000));
  return {};
}

Result<void> SimWorld::wait_long() {
  clock_.advance(std::chrono::seconds(random_.below(chance(30) ? 3600 : 60)));
  return {};
}

Result<void> SimWorld::crash() {
  SimDaemon& daemon = any();
  if (!daemon.up()) return {};
  if (chance(70)) {
    daemon.kill_after(random_.below(40));
    return turn_of(daemon);
  }
  daemon.kill();
  if (daemon.name() == "receiver") client_.lost_receiver();
  if (daemon.name() == "notifier") gateway_.stopped();
  return {};
}

Result<void> SimWorld::restart() {
  SimDaemon& daemon = any();
  return daemon.up() ? Result<void>() : start(daemon);
}

Result<void> SimWorld::weather() {
  SimWeather weather;
  if (chance(80)) {
    weather.drop = random_.below(300);
    weather.duplicate = random_.below(200);
    weather.late = random_.below(300);
    weather.delay_max = Duration(random_.below(200'000));
  }
  network_.set_weather(weather);
  network_.heal();
  if (chance(40)) network_.cut(any().name(), any().name());
  return {};
}

// An operator edits the rules; daemons read them on SIGHUP, not all at the same moment.
Result<void> SimWorld::rules() {
  if (chance(50)) ++edition_;
  SimDaemon& daemon = any();
  if (!daemon.up()) return {};
  InputGroup group = rules_of(daemon.name());
  if (group.inputs.empty()) return {};
  return daemon.engine().inbox().submit(std::move(group));
}

Result<void> SimWorld::live(int steps) {
  uint64_t total = 0;
  for (const Chance& row : chances()) total += row.weight;
  // Nobody is up yet: they start one by one, in any order, while the day already goes on.
  for (int i = 0; i < steps; ++i) {
    uint64_t dice = random_.below(total);
    for (const Chance& row : chances()) {
      if (dice < row.weight) {
        RETURN_IF_ERROR((this->*row.act)());
        break;
      }
      dice -= row.weight;
    }
  }
  return {};
}

Result<bool> SimWorld::settled() {
  story_.clear();
  if (!client_.settled()) story_ += "the client waits; ";
  for (auto& daemon : daemons_) {
    Engine& engine = daemon->engine();
    if (!engine.caught_up()) story_ += daemon->name() + " is behind; ";
    if (!engine.inbox().empty()) story_ += daemon->name() + " has inputs waiting; ";
    for (const Follower& follower : engine.followers()) {
      if (follower.diverged().empty()) continue;
      return Error{ErrorCode::internal, daemon->name() + " diverged: " + follower.diverged()};
    }
    for (const auto& [name, consumer] : engine.consumers()) {
      if (consumer.applied < engine.fold().head()) story_ += name + " has not acknowledged; ";
    }
  }
  SimDaemon& notifier = daemon("notifier");
  auto idle = gateway_.idle(notifier.engine(), notifier_core());
  if (!idle.ok()) return idle.error();
  if (!*idle) story_ += "notices wait; ";
  for (const char* name : {"sla-watcher", "notifier"}) {
    SimDaemon& timed = daemon(name);
    auto txn = timed.engine().fold().environment().read();
    if (!txn.ok()) return txn.error();
    auto due = timed.core().next_due(*txn);
    if (!due.ok()) return due.error();
    if (*due <= clock_.now()) story_ += timed.name() + " has timers that are due; ";
  }
  return story_.empty();
}

Result<void> SimWorld::settle() {
  network_.set_weather({});
  network_.heal();
  gateway_.set_reliable();
  for (auto& daemon : daemons_) {
    daemon->spare();
    if (daemon->up() && chance(50)) continue;
    daemon->kill();
    if (daemon->name() == "receiver") client_.lost_receiver();
    RETURN_IF_ERROR(start(*daemon));
  }
  for (int round = 0; round < kSettleRoundsMax; ++round) {
    RETURN_IF_ERROR(send());
    for (auto& daemon : daemons_) {
      RETURN_IF_ERROR(turn_of(*daemon));
      CHECK(daemon->up());
    }
    for (int i = 0; i < 3; ++i) {
      RETURN_IF_ERROR(deliver());
      RETURN_IF_ERROR(turn_of(daemon("notifier")));
    }
    clock_.advance(kSettleRound);
    auto done = settled();
    if (!done.ok()) return done.error();
    if (*done) return {};
  }
  return Error{ErrorCode::internal, "the world does not settle: " + story_};
}

}  // namespace jieban
