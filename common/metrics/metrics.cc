#include "common/metrics/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <cmath>
#include <deque>
#include <mutex>
#include <sstream>

#include "common/base/bytes.h"
#include "common/base/check.h"

namespace jieban {
namespace {

bool is_word(std::string_view text) {
  return !text.empty() && text[0] >= 'a' && text[0] <= 'z' &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
}

void check_labels(const MetricLabels& labels) {
  for (const auto& [name, value] : labels) {
    CHECK(is_word(name) && name != "le" && "a label name in lower case");
    CHECK(is_utf8(value) && "a label value in UTF-8");
  }
}

std::vector<std::string> names_of(const MetricLabels& labels) {
  std::vector<std::string> names;
  for (const auto& [name, value] : labels) names.push_back(name);
  return names;
}

// The series of one name, and what they have in common.
template <class Metric>
struct Series {
  prometheus::Family<Metric>* family = nullptr;
  std::string help;
  std::vector<double> buckets;
  std::vector<std::string> label_names;
};

bool by_labels(const prometheus::ClientMetric& a, const prometheus::ClientMetric& b) {
  auto key = [](const prometheus::ClientMetric& metric) {
    MetricLabels labels;
    for (const auto& label : metric.label) labels.emplace(label.name, label.value);
    return labels;
  };
  return key(a) < key(b);
}

}  // namespace

struct MetricRegistry::State {
  prometheus::Registry registry{prometheus::Registry::InsertBehavior::Throw};
  std::mutex mutex;  // guards all below
  std::map<std::string, Series<prometheus::Counter>> counters;
  std::map<std::string, Series<prometheus::Gauge>> gauges;
  std::map<std::string, Series<prometheus::Histogram>> histograms;
  size_t series_count = 0;
  // A deque does not move what it holds.
  std::deque<Counter> counter_handles;
  std::deque<Gauge> gauge_handles;
  std::deque<Histogram> histogram_handles;

  // The library throws for a name of another kind, which CHECK has excluded before.
  template <class Builder, class Metric>
  Series<Metric>& find_family(std::map<std::string, Series<Metric>>& known, const Builder& build,
                              const std::string& name, const std::string& help,
                              const std::vector<double>& buckets, const MetricLabels& labels) {
    CHECK(name.starts_with("jieban_") && is_word(name) && "a name that begins with jieban_");
    CHECK(!help.empty() && is_utf8(help) && "a help text");
    check_labels(labels);
    CHECK(++series_count <= kSeriesMax && "labels from closed sets only");
    auto found = known.find(name);
    if (found == known.end()) {
      size_t of_all_kinds = counters.count(name) + gauges.count(name) + histograms.count(name);
      CHECK(of_all_kinds == 0 && "one kind a name");
      auto& family = build().Name(name).Help(help).Register(registry);
      found = known.emplace(name, Series<Metric>{&family, help, buckets, names_of(labels)}).first;
    }
    const Series<Metric>& series = found->second;
    CHECK(series.help == help && series.buckets == buckets && "series of one name agree");
    CHECK(series.label_names == names_of(labels) && "series of one name have the same labels");
    CHECK(!series.family->Has(prometheus::Labels(labels.begin(), labels.end())) &&
          "a series is declared once");
    return found->second;
  }
};

void Counter::increment(double by) {
  // The library ignores a negative one in silence.
  CHECK(by >= 0);
  counter_.Increment(by);
}
double Counter::value() const { return counter_.Value(); }

void Gauge::set(double value) { gauge_.Set(value); }
void Gauge::add(double by) { gauge_.Increment(by); }
double Gauge::value() const { return gauge_.Value(); }

void Histogram::observe(double value) { histogram_.Observe(value); }

MetricRegistry::MetricRegistry() : state_(std::make_unique<State>()) {}
MetricRegistry::~MetricRegistry() = default;

Counter& MetricRegistry::counter(const std::string& name, const std::string& help,
                                 const MetricLabels& labels) {
  CHECK(name.ends_with("_total") && "a counter ends in _total");
  std::lock_guard lock(state_->mutex);
  auto& series =
      state_->find_family(state_->counters, prometheus::BuildCounter, name, help, {}, labels);
  return state_->counter_handles.emplace_back(
      series.family->Add(prometheus::Labels(labels.begin(), labels.end())));
}

Gauge& MetricRegistry::gauge(const std::string& name, const std::string& help,
                             const MetricLabels& labels) {
  CHECK(!name.ends_with("_total") && "only a counter ends in _total");
  std::lock_guard lock(state_->mutex);
  auto& series =
      state_->find_family(state_->gauges, prometheus::BuildGauge, name, help, {}, labels);
  return state_->gauge_handles.emplace_back(
      series.family->Add(prometheus::Labels(labels.begin(), labels.end())));
}

Histogram& MetricRegistry::histogram(const std::string& name, const std::string& help,
                                     const std::vector<double>& buckets,
                                     const MetricLabels& labels) {
  CHECK(!name.ends_with("_total") && "only a counter ends in _total");
  auto falls = [](double a, double b) { return a >= b; };
  CHECK(!buckets.empty() && std::all_of(buckets.begin(), buckets.end(), [](double bound) {
    return std::isfinite(bound);
  }) && "finite buckets");
  CHECK(std::adjacent_find(buckets.begin(), buckets.end(), falls) == buckets.end() &&
        "rising buckets");
  std::lock_guard lock(state_->mutex);
  auto& series = state_->find_family(state_->histograms, prometheus::BuildHistogram, name, help,
                                     buckets, labels);
  return state_->histogram_handles.emplace_back(
      series.family->Add(prometheus::Labels(labels.begin(), labels.end()), buckets));
}

std::string MetricRegistry::expose() const {
  std::vector<prometheus::MetricFamily> families = state_->registry.Collect();
  std::sort(families.begin(), families.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  for (auto& family : families) {
    std::sort(family.metric.begin(), family.metric.end(), by_labels);
  }
  std::ostringstream page;
  prometheus::TextSerializer().Serialize(page, families);
  return std::move(page).str();
}

std::vector<double> seconds_buckets() {
  return {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30};
}

}  // namespace jieban
