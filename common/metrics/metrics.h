// Metrics: counters, gauges and histograms, and the page that Prometheus reads.
//
// Promises: every series exists, with zero, from the moment it is declared; names begin with
// `jieban_`, those of counters end in `_total`; label values are UTF-8; the page lists families and
// series in a fixed order. There is no exporter here: a daemon's HttpServer answers with expose().
// Labels come from closed sets only (stream, outcome, channel), never order numbers, phones or
// text. What fails and how: a bad name, label, bucket or help text, a series declared twice, or
// more than kSeriesMax of them, is our own error: CHECK. Counting never fails. Thread rule: any
// thread, at any time. References stay good as long as the registry lives.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace prometheus {
class Counter;
class Gauge;
class Histogram;
}  // namespace prometheus

namespace jieban {

using MetricLabels = std::map<std::string, std::string>;

class Counter {
 public:
  explicit Counter(prometheus::Counter& counter) : counter_(counter) {}
  // REQUIRES: by >= 0.
  void increment(double by = 1);
  double value() const;

 private:
  prometheus::Counter& counter_;
};

class Gauge {
 public:
  explicit Gauge(prometheus::Gauge& gauge) : gauge_(gauge) {}
  void set(double value);
  void add(double by);
  double value() const;

 private:
  prometheus::Gauge& gauge_;
};

class Histogram {
 public:
  explicit Histogram(prometheus::Histogram& histogram) : histogram_(histogram) {}
  void observe(double value);

 private:
  prometheus::Histogram& histogram_;
};

class MetricRegistry {
 public:
  // 100,000 series cost 23 MB and 177 ms a page; a daemon needs a few dozen.
  static constexpr size_t kSeriesMax = 2000;
  static constexpr std::string_view kContentType = "text/plain; version=0.0.4; charset=utf-8";

  MetricRegistry();
  ~MetricRegistry();
  MetricRegistry(const MetricRegistry&) = delete;
  MetricRegistry& operator=(const MetricRegistry&) = delete;

  // Series of one name have the same help, the same label names and, of a histogram, the same
  // buckets.
  Counter& counter(const std::string& name, const std::string& help,
                   const MetricLabels& labels = {});
  Gauge& gauge(const std::string& name, const std::string& help, const MetricLabels& labels = {});
  // `buckets`: rising upper bounds.
  Histogram& histogram(const std::string& name, const std::string& help,
                       const std::vector<double>& buckets, const MetricLabels& labels = {});

  // The page in the Prometheus text format.
  std::string expose() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// From a millisecond to half a minute: commits, requests, deliveries.
std::vector<double> seconds_buckets();

}  // namespace jieban
