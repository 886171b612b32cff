#include "common/daemon/engine_metrics.h"

#include <algorithm>
#include <array>

namespace jieban {
namespace {

constexpr char kVersion[] = "0.1.0";

struct Family {
  const char* name;
  const char* help;
};

constexpr std::array<Family, 6> kCounters = {{
    {"jieban_events_applied_total", "events and inputs applied by this daemon"},
    {"jieban_events_emitted_total", "events appended to this daemon's stream"},
    {"jieban_events_quarantined_total", "events that the core refused and that were set aside"},
    {"jieban_commits_total", "transactions committed"},
    {"jieban_steps_full_total", "steps undone because the store had no room"},
    {"jieban_replay_bytes_total", "bytes of the stream sent again on request"},
}};

constexpr std::array<Family, 10> kGauges = {{
    {"jieban_stream_head", "last sequence of this daemon's stream"},
    {"jieban_quarantine_size", "events set aside and waiting for an operator"},
    {"jieban_store_used_bytes", "bytes of the store in use"},
    {"jieban_store_map_bytes", "bytes that the store may hold at most"},
    {"jieban_store_file_bytes", "size of the store's file"},
    {"jieban_disk_free_bytes", "free bytes of the disk that holds the store"},
    {"jieban_store_stalled", "1 while nothing can be written for want of room"},
    {"jieban_intake_refused", "1 while new orders are refused for want of room"},
    {"jieban_loop_seconds_max", "longest turn of the loop since the last update"},
    {"jieban_ready", "1 when caught up and able to write"},
}};

std::vector<double> batch_buckets() { return {1, 4, 16, 64, 256, 1024, 4096, 16384}; }

}  // namespace

EngineMetrics::EngineMetrics(MetricRegistry& registry, const Engine& engine)
    : commit_seconds_(registry.histogram("jieban_commit_seconds", "time to make a commit durable",
                                         seconds_buckets())),
      batch_events_(registry.histogram("jieban_batch_events", "events applied in one transaction",
                                       batch_buckets())) {
  for (const Family& family : kCounters) {
    counters_[family.name] = {&registry.counter(family.name, family.help)};
  }
  for (const Family& family : kGauges) {
    gauges_[family.name] = &registry.gauge(family.name, family.help);
  }
  registry.gauge("jieban_build_info", "always 1", {{"version", kVersion}}).set(1);
  for (const Follower& follower : engine.followers()) {
    MetricLabels labels{{"upstream", follower.stream()}};
    upstreams_.push_back(
        {registry.gauge("jieban_stream_applied", "last sequence applied of an upstream", labels),
         registry.gauge("jieban_stream_lag", "events of an upstream not applied yet", labels),
         registry.gauge("jieban_upstream_silence_seconds", "since an upstream was heard", labels),
         registry.gauge("jieban_upstream_diverged", "1 when an operator must decide", labels),
         {&registry.counter("jieban_duplicates_total", "events that came again", labels)},
         {&registry.counter("jieban_gaps_total", "times that frames were missing", labels)},
         {&registry.counter("jieban_fetches_total", "replays asked for", labels)}});
  }
  for (const auto& [name, state] : engine.consumers()) {
    consumers_[name] = &registry.gauge(
        "jieban_consumer_lag", "events that a consumer has not acknowledged", {{"consumer", name}});
  }
}

void EngineMetrics::note_turn(const TurnReport& report, Duration turn_time) {
  using Seconds = std::chrono::duration<double>;
  turn_max_ = std::max(turn_max_, turn_time);
  if (report.batch > 0) batch_events_.observe(double(report.batch));
  if (report.commit_time.count() > 0) commit_seconds_.observe(Seconds(report.commit_time).count());
}

void EngineMetrics::update(const Engine& engine, uint64_t quarantine_size, Duration now) {
  using Seconds = std::chrono::duration<double>;
  const EngineCounts& counts = engine.counts();
  counters_["jieban_events_applied_total"].to(counts.applied);
  counters_["jieban_events_emitted_total"].to(counts.emitted);
  counters_["jieban_events_quarantined_total"].to(counts.quarantined);
  counters_["jieban_commits_total"].to(counts.commits);
  counters_["jieban_steps_full_total"].to(counts.steps_full);
  counters_["jieban_replay_bytes_total"].to(counts.replay_bytes);
  const StoreUsage& usage = engine.usage();
  gauges_["jieban_stream_head"]->set(double(engine.fold().head()));
  gauges_["jieban_quarantine_size"]->set(double(quarantine_size));
  gauges_["jieban_store_used_bytes"]->set(double(usage.used_bytes));
  gauges_["jieban_store_map_bytes"]->set(double(usage.map_bytes));
  gauges_["jieban_store_file_bytes"]->set(double(usage.file_bytes));
  gauges_["jieban_disk_free_bytes"]->set(double(usage.disk_free_bytes));
  gauges_["jieban_store_stalled"]->set(engine.stalled() ? 1 : 0);
  gauges_["jieban_intake_refused"]->set(engine.intake_refused() ? 1 : 0);
  gauges_["jieban_loop_seconds_max"]->set(Seconds(turn_max_).count());
  gauges_["jieban_ready"]->set(engine.caught_up() && !engine.stalled() ? 1 : 0);
  turn_max_ = {};
  for (size_t i = 0; i < upstreams_.size(); ++i) {
    const Follower& follower = engine.followers()[i];
    Upstream& upstream = upstreams_[i];
    upstream.applied.set(double(follower.applied()));
    upstream.lag.set(double(follower.head() - std::min(follower.head(), follower.applied())));
    upstream.silence.set(Seconds(now - follower.heard_at()).count());
    upstream.diverged.set(follower.diverged().empty() ? 0 : 1);
    upstream.duplicates.to(follower.counts().duplicates);
    upstream.gaps.to(follower.counts().gaps);
    upstream.fetches.to(follower.counts().fetches);
  }
  uint64_t head = engine.fold().head();
  for (const auto& [name, state] : engine.consumers()) {
    consumers_[name]->set(double(head - std::min(head, state.applied)));
  }
}

}  // namespace jieban
