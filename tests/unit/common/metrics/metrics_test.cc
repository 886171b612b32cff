// What is declared is on the page from the start; what is declared wrongly never starts.
#include "common/metrics/metrics.h"

#include <gtest/gtest.h>

#include <cmath>
#include <thread>

namespace jieban {
namespace {

TEST(Metrics, ThePageHoldsEverySeriesFromTheStart) {
  MetricRegistry registry;
  registry.gauge("jieban_lag_sequences", "Behind the head", {{"stream", "router"}});
  Counter& second = registry.counter("jieban_events_total", "Events", {{"outcome", "refused"}});
  registry.counter("jieban_events_total", "Events", {{"outcome", "applied"}});
  second.increment();
  second.increment(2);
  EXPECT_EQ(registry.expose(),
            "# HELP jieban_events_total Events\n"
            "# TYPE jieban_events_total counter\n"
            "jieban_events_total{outcome=\"applied\"} 0\n"
            "jieban_events_total{outcome=\"refused\"} 3\n"
            "# HELP jieban_lag_sequences Behind the head\n"
            "# TYPE jieban_lag_sequences gauge\n"
            "jieban_lag_sequences{stream=\"router\"} 0\n");
}

TEST(Metrics, GaugesGoBothWays) {
  MetricRegistry registry;
  Gauge& gauge = registry.gauge("jieban_open_orders", "Open");
  gauge.set(5);
  gauge.add(-7);
  EXPECT_EQ(gauge.value(), -2);
  EXPECT_NE(registry.expose().find("\njieban_open_orders -2\n"), std::string::npos);
}

TEST(Metrics, HistogramsCountIntoTheirBuckets) {
  MetricRegistry registry;
  Histogram& histogram = registry.histogram("jieban_commit_seconds", "Commits", {0.5, 1});
  histogram.observe(0.25);
  histogram.observe(2);
  std::string page = registry.expose();
  for (const char* line : {"jieban_commit_seconds_count 2\n", "jieban_commit_seconds_sum 2.25\n",
                           "le=\"0.5\"} 1\n", "le=\"1\"} 1\n", "le=\"+Inf\"} 2\n"}) {
    EXPECT_NE(page.find(line), std::string::npos) << page;
  }
}

TEST(Metrics, LabelValuesAreEscaped) {
  MetricRegistry registry;
  registry.gauge("jieban_x", "X", {{"name", "a\"b\\c\n接"}});
  EXPECT_NE(registry.expose().find("{name=\"a\\\"b\\\\c\\n接\"}"), std::string::npos)
      << registry.expose();
}

TEST(Metrics, CountingFromManyThreadsLosesNothing) {
  MetricRegistry registry;
  Counter& counter = registry.counter("jieban_a_total", "A");
  Histogram& histogram = registry.histogram("jieban_b", "B", seconds_buckets());
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      registry.gauge("jieban_t" + std::to_string(t), "T");
      for (int i = 0; i < 2000; ++i) {
        counter.increment();
        histogram.observe(0.1);
        if (i % 500 == 0) {
          EXPECT_FALSE(registry.expose().empty());
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(counter.value(), 8000);
  EXPECT_NE(registry.expose().find("jieban_b_count 8000"), std::string::npos);
}

TEST(Metrics, ReferencesStayGoodWhileSeriesAreAdded) {
  MetricRegistry registry;
  Counter& first = registry.counter("jieban_a_total", "A", {{"n", "first"}});
  for (int i = 0; i < 1000; ++i) {
    registry.counter("jieban_a_total", "A", {{"n", std::to_string(i)}}).increment();
  }
  first.increment();
  EXPECT_NE(registry.expose().find("{n=\"first\"} 1\n"), std::string::npos);
}

TEST(MetricsDeathTest, WrongDeclarationsAbort) {
  MetricRegistry registry;
  registry.counter("jieban_a_total", "A", {{"x", "1"}});
  registry.histogram("jieban_h", "H", {1, 2}, {{"x", "1"}});
  EXPECT_DEATH(registry.counter("jieban_a_total", "A", {{"x", "1"}}), "declared once");
  EXPECT_DEATH(registry.counter("jieban_a_total", "other", {{"x", "2"}}), "agree");
  EXPECT_DEATH(registry.counter("jieban_a_total", "A", {{"y", "2"}}), "same labels");
  EXPECT_DEATH(registry.histogram("jieban_h", "H", {1, 3}, {{"x", "2"}}), "agree");
  EXPECT_DEATH(registry.gauge("jieban_h", "H"), "one kind");
  EXPECT_DEATH(registry.counter("jieban_b", "B"), "ends in _total");
  EXPECT_DEATH(registry.gauge("jieban_b_total", "B"), "only a counter");
  EXPECT_DEATH(registry.gauge("other_b", "B"), "begins with jieban_");
  EXPECT_DEATH(registry.gauge("jieban_B", "B"), "begins with jieban_");
  EXPECT_DEATH(registry.gauge("jieban_b", ""), "help");
  EXPECT_DEATH(registry.gauge("jieban_b", "B", {{"le", "1"}}), "label name");
  EXPECT_DEATH(registry.gauge("jieban_b", "B", {{"x", "\xff"}}), "UTF-8");
  EXPECT_DEATH(registry.histogram("jieban_b", "B", {2, 1}), "rising");
  EXPECT_DEATH(registry.histogram("jieban_b", "B", {1, INFINITY}), "finite");
  EXPECT_DEATH(registry.counter("jieban_c_total", "C").increment(-1), "by >= 0");
}

TEST(MetricsDeathTest, OpenLabelSetsAbort) {
  MetricRegistry registry;
  auto fill = [&] {
    for (size_t i = 0; i <= MetricRegistry::kSeriesMax; ++i) {
      registry.gauge("jieban_b", "B", {{"order", std::to_string(i)}});
    }
  };
  EXPECT_DEATH(fill(), "closed sets");
}

}  // namespace
}  // namespace jieban
