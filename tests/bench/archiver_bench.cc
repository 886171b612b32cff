// How fast the archiver takes in a street's day: seven events for each order, four streams, batches
// as the engine makes them, a store in memory so that the figure is the core's and not the disk's.
// The goal is 50,000 events a second on one core.
#include <benchmark/benchmark.h>

#include <memory>

#include "common/crypto/random.h"
#include "common/daemon/fold.h"
#include "common/domain/events.h"
#include "common/domain/topics.h"
#include "common/wire/record.h"
#include "daemons/archiver/archiver.h"
#include "daemons/archiver/report.h"
#include "daemons/archiver/verify.h"
#include "tests/support/temp_dir.h"

namespace jieban {
namespace {

constexpr uint64_t kOrders = 20'000;
constexpr size_t kBatchOrders = 512;
constexpr Timestamp kMorning = from_micros(1'784'336'400'000'000);

class Day {
 public:
  Day() {
    for (uint64_t id = 1; id <= kOrders; ++id) add_order(id);
  }

  Batch batch(size_t from_order) const {
    Batch batch;
    batch.now = kMorning;
    add_part(batch, "110102007.receiver", receiver_, from_order, 1);
    add_part(batch, "110102007.router", router_, from_order, 3);
    add_part(batch, "110102007.sla-watcher", watcher_, from_order, 2);
    add_part(batch, "110102007.notifier", notifier_, from_order, 1);
    return batch;
  }

 private:
  static void add_part(Batch& batch, const std::string& stream,
                       const std::vector<std::string>& records, size_t from_order, size_t each) {
    BatchPart part;
    part.kind = BatchPart::Kind::run;
    part.stream = stream;
    part.epoch = 1;
    part.first = from_order * each + 1;
    size_t end = std::min(records.size(), (from_order + kBatchOrders) * each);
    for (size_t i = from_order * each; i < end; ++i) part.records.emplace_back(records[i]);
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
    OrderIntake intake;
    intake.facts.order_no = "250912101108" + std::to_string(id);
    intake.facts.order_type = "complaint";
    intake.facts.category = "住房城乡建设>物业管理>电梯故障";
    intake.facts.community = "三里河一区社区";
    for (const char* name : {"source_channel", "point", "street", "district", "tags"}) {
      intake.facts.others[name] = "月坛街道三里河";
    }
    for (const char* name : {"caller_name", "caller_phone", "address", "content", "title"}) {
      intake.hashes[name] = Bytes{std::string(16, 'h')};
    }
    intake.sealed = {Bytes{std::string(16, 'k')}, Bytes{std::string(900, 'b')}};
    receiver_.push_back(record(topics::kOrderReceived, id, intake));

    OrderOpening opening;
    opening.order_no = intake.facts.order_no;
    opening.order_class = "general";
    opening.category = intake.facts.category;
    opening.community = intake.facts.community;
    router_.push_back(record(topics::kOrderOpened, id, opening));
    OrderMove move;
    move.order_no = intake.facts.order_no;
    move.to = OrderState::signed_in;
    move.command = "sign";
    router_.push_back(record("order.signed", id, move));
    move.to = OrderState::dispatched;
    move.lead_unit = "property-management";
    router_.push_back(record("order.dispatched", id, move));

    ClockChanges clocks{intake.facts.order_no, "v1", {}};
    clocks.changes.push_back({"sign", "started", kMorning, kMorning, "rule", {}});
    clocks.changes.push_back({"due", "started", kMorning, kMorning, "rule", {}});
    watcher_.push_back(record(topics::kClockChanged, id, clocks));
    clocks.changes.pop_back();
    watcher_.push_back(record(topics::kClockChanged, id, clocks));
    NoticeStep notice;
    notice.order_no = intake.facts.order_no;
    notice.text = "【接诉即办】新工单，三里河一区社区，电梯故障，请于2小时内签收。";
    notifier_.push_back(record(topics::kNoticeQueued, id, notice));
  }

  std::vector<std::string> receiver_;
  std::vector<std::string> router_;
  std::vector<std::string> watcher_;
  std::vector<std::string> notifier_;
};

const Day& day() {
  static const Day the_day;
  return the_day;
}

struct Place {
  TempDir dir{"/dev/shm"};
  Archiver core;
  std::unique_ptr<Fold> fold;

  Place() {
    CHECK(initialise_crypto().ok());
    EnvironmentOptions options;
    options.path = dir.path("archiver");
    options.stream = "110102007.archiver";
    options.map_size = size_t{2} << 30U;
    auto opened = Fold::open(options, core);
    CHECK(opened.ok());
    fold = std::move(*opened);
  }
  uint64_t take_in_all() {
    uint64_t events = 0;
    for (size_t order = 0; order < kOrders; order += kBatchOrders) {
      auto outcome = fold->run(day().batch(order));
      CHECK(outcome.ok() && outcome->quarantined == 0);
      events += outcome->applied;
    }
    return events;
  }
};

void archive_a_day(benchmark::State& state) {
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
BENCHMARK(archive_a_day)->Unit(benchmark::kMillisecond);

// What every list, count and report does with every order.
void read_all_summaries(benchmark::State& state) {
  Place place;
  place.take_in_all();
  Archive archive{place.fold->environment(), place.core.tables()};
  for (auto _ : state) {
    uint64_t known = 0;
    auto walked = walk(archive.environment, archive.tables.orders.id(), {},
                       [&](const Transaction&, std::string_view, std::string_view value) {
                         auto summary = decode_row<OrderSummary>(value);
                         known += summary.ok() && summary->known() ? 1 : 0;
                         return Result<bool>(true);
                       });
    CHECK(walked.ok() && known == kOrders);
  }
  state.SetItemsProcessed(int64_t(state.iterations() * kOrders));
}
BENCHMARK(read_all_summaries)->Unit(benchmark::kMillisecond);

void verify_the_chain(benchmark::State& state) {
  Place place;
  place.take_in_all();
  Archive archive{place.fold->environment(), place.core.tables()};
  uint64_t records = 0;
  for (auto _ : state) {
    auto report = verify_chain(archive);
    CHECK(report.ok() && !report->broken_at);
    records += report->count;
  }
  state.SetItemsProcessed(int64_t(records));
}
BENCHMARK(verify_the_chain)->Unit(benchmark::kMillisecond);

// A daily report reads every order once.
void report_a_day(benchmark::State& state) {
  Place place;
  place.take_in_all();
  Archive archive{place.fold->environment(), place.core.tables()};
  auto period = free_period(kMorning, kMorning + std::chrono::hours(24), kTimestampMax);
  CHECK(period.ok());
  for (auto _ : state) {
    auto report = make_report(archive, *period);
    CHECK(report.ok() && report->received == kOrders);
  }
  state.SetItemsProcessed(int64_t(state.iterations() * kOrders));
}
BENCHMARK(report_a_day)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace jieban
