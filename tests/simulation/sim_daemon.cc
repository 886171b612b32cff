#include "tests/simulation/sim_daemon.h"

#include <array>

#include "common/domain/topology.h"
#include "daemons/archiver/archiver.h"
#include "daemons/notifier/notifier.h"
#include "daemons/receiver/receiver.h"
#include "daemons/router/router.h"
#include "daemons/sla-watcher/sla_watcher.h"

namespace jieban {
namespace {

// Address space only; a run writes less than 4 MiB.
constexpr size_t kMapSize = size_t{64} << 20U;

template <class Core>
std::unique_ptr<Service> make() {
  return std::make_unique<Core>();
}

struct CoreRow {
  std::string_view daemon;
  std::unique_ptr<Service> (*make)();
};
constexpr std::array<CoreRow, 5> kCores = {{
    {"receiver", &make<Receiver>},
    {"router", &make<Router>},
    {"sla-watcher", &make<SlaWatcher>},
    {"notifier", &make<Notifier>},
    {"archiver", &make<Archiver>},
}};

uint64_t index_of(const std::string& daemon) {
  for (size_t i = 0; i < kCores.size(); ++i) {
    if (kCores[i].daemon == daemon) return i;
  }
  check_failed(__FILE__, __LINE__, "a known daemon");
}

}  // namespace

std::unique_ptr<Service> make_core(const std::string& daemon) {
  return kCores[index_of(daemon)].make();
}

// Burns the fuse before and after each call of the core: a crash in the middle of a transaction.
class SimDaemon::FusedCore : public Service {
 public:
  FusedCore(Service& core, CrashFuse& fuse) : core_(core), fuse_(fuse) {}
  Result<void> open(TableOpener& tables) override { return core_.open(tables); }
  Result<void> apply(const Event& event, Step& step) override {
    fuse_.burn();
    return core_.apply(event, step);
  }
  Result<void> tick(Step& step) override {
    auto done = core_.tick(step);
    fuse_.burn();
    return done;
  }
  Result<Timestamp> next_due(const Transaction& store) const override {
    fuse_.burn();
    return core_.next_due(store);
  }

 private:
  Service& core_;
  CrashFuse& fuse_;
};

SimDaemon::SimDaemon(std::string name, const SimHost& host) : name_(std::move(name)), host_(host) {}

EnvironmentOptions SimDaemon::store_options() const {
  return {.path = host_.directory + "/" + name_,
          .stream = stream(),
          .new_epoch = 100 + index_of(name_),
          .now = host_.clock.now(),
          .map_size = kMapSize};
}

Result<void> SimDaemon::start() {
  CHECK(!up());
  core_ = make_core(name_);
  fused_ = std::make_unique<FusedCore>(*core_, fuse_);
  transport_ = host_.network.join(name_, fuse_);
  EngineOptions options;
  options.environment = store_options();
  options.street = kSimStreet;
  options.daemon = name_;
  options.upstreams = upstreams_of(name_);
  options.consumers = consumers_of(name_);
  // Small batches cut the same events in more ways.
  options.batch_events_max = 1 + host_.random.below(24);
  auto engine = Engine::open(options, *fused_, *transport_, host_.clock, host_.random);
  if (!engine.ok()) return engine.error();
  engine_ = std::move(*engine);
  ++starts_;
  return {};
}

void SimDaemon::kill() {
  if (!up()) return;
  ++kills_;
  fuse_.disarm();
  engine_.reset();
  transport_.reset();
  fused_.reset();
  core_.reset();
}

Result<size_t> SimDaemon::turn() {
  try {
    auto report = engine_->turn(host_.clock.monotonic());
    if (!report.ok()) return report.error().context(name_);
    return report->work;
  } catch (const SimCrash&) {
    kill();
    return size_t{0};
  }
}

}  // namespace jieban
