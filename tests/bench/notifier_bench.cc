// What the events of an ordinary order cost the notifier, which tells none of them: three of the
// router, three of the SLA watcher, under rules as they are shipped (alerts only). Batches as the
// engine makes them, a store in memory.
#include <benchmark/benchmark.h>

#include <memory>

#include "common/daemon/fold.h"
#include "common/domain/events.h"
#include "common/domain/topics.h"
#include "common/wire/record.h"
#include "daemons/notifier/notifier.h"
#include "tests/support/temp_dir.h"

namespace jieban {
namespace {

constexpr uint64_t kOrders = 20'000;
constexpr size_t kBatchOrders = 512;
constexpr size_t kEventsEach = 3;
constexpr Timestamp kMorning = from_micros(1'784'336'400'000'000);

class Day {
 public:
  Day() {
    for (uint64_t id = 1; id <= kOrders; ++id) add_order(id);
  }

  Batch batch(size_t from_order) const {
    Batch batch;
    batch.now = kMorning;
    add_part(batch, "110102007.router", router_, from_order);
    add_part(batch, "110102007.sla-watcher", watcher_, from_order);
    return batch;
  }

 private:
  static void add_part(Batch& batch, const std::string& stream,
                       const std::vector<std::string>& records, size_t from_order) {
    BatchPart part;
    part.kind = BatchPart::Kind::run;
    part.stream = stream;
    part.epoch = 1;
    part.first = from_order * kEventsEach + 1;
    size_t end = std::min(records.size(), (from_order + kBatchOrders) * kEventsEach);
    for (size_t i = from_order * kEventsEach; i < end; ++i) part.records.emplace_back(records[i]);
    batch.parts.push_back(std::move(part));
  }

  template <class Payload>
  static std::string record(std::string_view topic, uint64_t id, const Payload& payload) {
    Event event;
    event.topic = topic;
    event.order_id = id;
    event.occurred_at = kMorning + std::chrono::seconds(id);
    event.actor = "system";
    event.cause = {"110102007.router", id};
    event.payload = encode_payload(payload);
    return encode_record(event);
  }

  void add_order(uint64_t id) {
    OrderOpening opening;
    opening.order_no = "250912101108" + std::to_string(id);
    opening.order_class = "general";
    opening.class_rule = "default";
    opening.rules_version = "2026-11";
    opening.category = "住房城乡建设>物业管理>电梯故障";
    opening.community = "三里河一区社区";
    router_.push_back(record(topics::kOrderOpened, id, opening));
    OrderMove move;
    move.order_no = opening.order_no;
    move.to = OrderState::signed_in;
    move.command = "sign";
    router_.push_back(record("order.signed", id, move));
    move.to = OrderState::dispatched;
    move.lead_unit = "property_company";
    move.rule = "elevators";
    move.rules_version = "2026-11";
    router_.push_back(record("order.dispatched", id, move));

    ClockChanges clocks{opening.order_no, "2026-11", {}};
    clocks.changes.push_back({"sign", "started", kMorning, kMorning, "rule", {}});
    clocks.changes.push_back({"due", "started", kMorning, kMorning, "rule", {}});
    for (size_t i = 0; i < kEventsEach; ++i) {
      watcher_.push_back(record(topics::kClockChanged, id, clocks));
    }
  }

  std::vector<std::string> router_;
  std::vector<std::string> watcher_;
};

const Day& day() {
  static const Day the_day;
  return the_day;
}

NotifierRules alerts_only() {
  NotifierRules rules;
  rules.version = "2026-11";
  rules.attempts_max = 60;
  rules.retry_first_micros = 30'000'000;
  rules.retry_max_micros = 900'000'000;
  ChannelRule spool;
  spool.name = "spool";
  spool.target = "/nowhere";
  for (std::string_view topic : {topics::kDeadlineWarned, topics::kDeadlineBreached}) {
    spool.topics.emplace_back(topic);
    rules.templates[std::string(topic)] = "工单{order_no}";
  }
  rules.channels.push_back(spool);
  return rules;
}

struct Place {
  TempDir dir{"/dev/shm"};
  Notifier core;
  std::unique_ptr<Fold> fold;

  Place() {
    EnvironmentOptions options;
    options.path = dir.path("notifier");
    options.stream = "110102007.notifier";
    options.map_size = size_t{1} << 30U;
    auto opened = Fold::open(options, core);
    CHECK(opened.ok());
    fold = std::move(*opened);
    Batch rules{kMorning, {BatchPart{}}};
    rules.parts[0].kind = BatchPart::Kind::input;
    rules.parts[0].input = rules_input(Notifier::kRulesName, alerts_only());
    auto loaded = fold->run(rules);
    CHECK(loaded.ok() && loaded->answers[0].ok());
  }
  uint64_t take_in_all() {
    uint64_t events = 0;
    for (size_t order = 0; order < kOrders; order += kBatchOrders) {
      auto outcome = fold->run(day().batch(order));
      CHECK(outcome.ok() && outcome->quarantined == 0 && outcome->records.empty());
      events += outcome->applied;
    }
    return events;
  }
};

void follow_a_quiet_day(benchmark::State& state) {
  day();
  int64_t events = 0;
  for (auto _ : state) {
    state.PauseTiming();
    auto place = std::make_unique<Place>();
    state.ResumeTiming();
    events += int64_t(place->take_in_all());
    state.PauseTiming();
    place.reset();
    state.ResumeTiming();
  }
  state.SetItemsProcessed(events);
}
BENCHMARK(follow_a_quiet_day)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace jieban
