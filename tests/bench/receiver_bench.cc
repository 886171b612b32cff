// The receiver's way of an order, in one thread and without sockets: the body of a push is parsed,
// read, sealed, applied by the fold (four pushes a commit), and answered. A store in memory, so
// that the figure is the code's and not the disk's. Each stage is a function of its own that is not
// inlined: callgrind names its share (README.md).
#include <benchmark/benchmark.h>

#include <memory>

#include "common/crypto/random.h"
#include "common/daemon/fold.h"
#include "common/json/json.h"
#include "daemons/receiver/door.h"
#include "daemons/receiver/intake/json_door.h"
#include "daemons/receiver/push_answer.h"
#include "tests/bench/order_text.h"
#include "tests/support/temp_dir.h"

namespace jieban {
namespace {

constexpr uint64_t kOrders = 20'000;
constexpr uint64_t kPushOrders = 250;
constexpr uint64_t kPushesPerCommit = 4;
constexpr Timestamp kMorning = from_micros(1'784'336'400'000'000);

const std::vector<std::string>& bodies() {
  static const std::vector<std::string> kBodies = [] {
    bench::OrderText text(kMorning);
    std::vector<std::string> made;
    for (uint64_t i = 0; i < kOrders; i += kPushOrders) made.push_back(text.batch(i, kPushOrders));
    return made;
  }();
  return kBodies;
}

SecretKey key_of(char fill) { return *SecretKey::from_bytes(std::string(SecretKey::kSize, fill)); }

class Place {
 public:
  Place() {
    CHECK(initialise_crypto().ok());
    auto lexicon = Lexicon::load(JIEBAN_SOURCE_DIR "/config/lexicon.yaml");
    CHECK(lexicon.ok());
    sealer_ = std::make_unique<Sealer>(key_of('m'), key_of('i'), std::move(*lexicon));
    EnvironmentOptions options;
    options.path = dir_.path("receiver");
    options.stream = "110102007.receiver";
    options.map_size = size_t{2} << 30U;
    auto opened = Fold::open(options, core_);
    CHECK(opened.ok());
    fold_ = std::move(*opened);
  }

  void take(const std::vector<std::string>& pushes) {
    Batch batch;
    batch.now = kMorning;
    for (const std::string& body : pushes) {
      take_one(body, batch);
      if (batch.parts.size() == kPushOrders * kPushesPerCommit) apply(batch);
    }
    apply(batch);
  }

 private:
  void take_one(const std::string& body, Batch& batch) const {
    PushBatch push = read(parse(body));
    seal(push, batch);
    answer(push);
  }

  [[gnu::noinline]] static Value parse(const std::string& body) {
    auto value = parse_json(body);
    CHECK(value.ok());
    return std::move(*value);
  }

  [[gnu::noinline]] static PushBatch read(const Value& body) {
    auto push = read_push(body);
    CHECK(push.ok());
    return std::move(*push);
  }

  [[gnu::noinline]] void seal(const PushBatch& push, Batch& batch) const {
    std::vector<const Submission*> orders;
    for (const PushedOrder& order : push.orders) orders.push_back(&*order.submission);
    for (Input& input : order_inputs(*sealer_, push.batch_id, "city", "city", orders)) {
      BatchPart& part = batch.parts.emplace_back();
      part.kind = BatchPart::Kind::input;
      part.input = std::move(input);
    }
  }

  [[gnu::noinline]] static void answer(const PushBatch& push) {
    std::vector<OrderOutcome> outcomes(push.orders.size(), OrderOutcome::added);
    std::string text = push_answer(push, outcomes);
    benchmark::DoNotOptimize(text);
  }

  [[gnu::noinline]] void apply(Batch& batch) {
    if (batch.parts.empty()) return;
    auto outcome = fold_->run(batch);
    CHECK(outcome.ok() && outcome->records.size() == batch.parts.size());
    batch.parts.clear();
  }

  TempDir dir_{"/dev/shm"};
  Receiver core_;
  std::unique_ptr<Sealer> sealer_;
  std::unique_ptr<Fold> fold_;
};

void take_pushes(benchmark::State& state) {
  bodies();
  for (auto _ : state) {
    state.PauseTiming();
    auto place = std::make_unique<Place>();
    state.ResumeTiming();
    place->take(bodies());
    state.PauseTiming();
    place.reset();
    state.ResumeTiming();
  }
  state.SetItemsProcessed(state.iterations() * int64_t(kOrders));
}
BENCHMARK(take_pushes)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace jieban
