#include "tests/bench/beside.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "tests/bench/bare.h"
#include "tests/bench/processors.h"

namespace jieban::bench {
namespace {

constexpr std::array<const char*, 4> kCompared = {"orders_per_second", "cpu_us_per_order",
                                                  "steal_percent", "idle_percent"};
constexpr size_t kOfWork = 2;  // of the first two a ratio says something

double number_of(const Value& result, const char* name) { return *result.find(name)->number(); }

double median(const std::vector<Value>& results, const char* name) {
  std::vector<double> numbers;
  for (const Value& result : results) numbers.push_back(number_of(result, name));
  std::sort(numbers.begin(), numbers.end());
  const size_t half = numbers.size() / 2;
  return numbers.size() % 2 == 1 ? numbers[half]
                                 : rounded((numbers[half - 1] + numbers[half]) / 2, 3);
}

void tell(bool progress, unsigned turn, const char* what, const Value& result) {
  if (!progress) return;
  std::fprintf(stderr, "turn %u, %-8s", turn, what);
  for (const char* name : kCompared) std::fprintf(stderr, " %s %g", name, number_of(result, name));
  std::fprintf(stderr, "\n");
}

// A turn in the final result: only what is compared.
Value summary(const Value& result) {
  Value out;
  for (const char* name : kCompared) out.set(name, number_of(result, name));
  return out;
}

Value medians(const std::vector<Value>& results) {
  Value out;
  for (const char* name : kCompared) out.set(name, median(results, name));
  return out;
}

}  // namespace

Result<Value> run_beside_bare(const std::string& programs, const std::string& directory,
                              PipelinePlan plan, unsigned turns) {
  const bool progress = plan.progress;
  plan.progress = false;
  plan.light_orders = 0;
  std::vector<Value> bare;
  std::vector<Value> pipeline;
  Value each{Value::Array{}};
  for (unsigned turn = 1; turn <= turns; ++turn) {
    auto yardstick = run_bare(directory, plan.orders, plan.touch_memory);
    if (!yardstick.ok()) return yardstick.error();
    tell(progress, turn, "bare", *yardstick);
    auto ours = run_pipeline(programs, directory, plan);
    if (!ours.ok()) return ours.error();
    tell(progress, turn, "pipeline", *ours);
    Value row;
    row.set("bare", summary(*yardstick)).set("pipeline", summary(*ours));
    each.push(std::move(row));
    bare.push_back(std::move(*yardstick));
    pipeline.push_back(std::move(*ours));
  }
  Value ratio;
  for (size_t i = 0; i < kOfWork; ++i) {
    const double base = median(bare, kCompared[i]);
    ratio.set(kCompared[i], base > 0 ? rounded(median(pipeline, kCompared[i]) / base, 3) : 0.0);
  }
  Value middle;
  middle.set("bare", medians(bare)).set("pipeline", medians(pipeline));
  Value out;
  return out.set("orders", plan.orders)
      .set("turns", std::move(each))
      .set("medians", std::move(middle))
      .set("ratio_of_pipeline_to_bare", std::move(ratio));
}

}  // namespace jieban::bench
