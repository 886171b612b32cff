// Goal: the page says what the engine did, from the first moment and without jumps.
#include "common/daemon/engine_metrics.h"

#include "tests/unit/common/daemon/engine_fixture.h"

namespace jieban {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class EngineMetricsTest : public EngineFixture {
 protected:
  void SetUp() override {
    open();
    metrics_ = std::make_unique<EngineMetrics>(registry_, *engine_);
  }
  void update(uint64_t quarantine_size = 0) { metrics_->update(*engine_, quarantine_size, now_); }
  // The value of a series as the page has it, "" when it is not there.
  std::string value(const std::string& series) const {
    std::string page = "\n" + registry_.expose();
    size_t at = page.find("\n" + series + " ");
    if (at == std::string::npos) return "";
    at += series.size() + 2;
    return page.substr(at, page.find('\n', at) - at);
  }

  MetricRegistry registry_;
  std::unique_ptr<EngineMetrics> metrics_;
};

TEST_F(EngineMetricsTest, EverySeriesIsThereFromTheStart) {
  EXPECT_EQ(value("jieban_events_applied_total"), "0");
  EXPECT_EQ(value("jieban_quarantine_size"), "0");
  EXPECT_EQ(value("jieban_stream_lag{upstream=\"demo.receiver\"}"), "0");
  EXPECT_EQ(value("jieban_consumer_lag{consumer=\"archiver\"}"), "0");
  EXPECT_EQ(value("jieban_consumer_lag{consumer=\"notifier\"}"), "0");
  EXPECT_EQ(value("jieban_commit_seconds_count"), "0");
}

TEST_F(EngineMetricsTest, CountersFollowTheEngineOverManyUpdates) {
  add(3);
  update();
  update();
  EXPECT_EQ(value("jieban_events_applied_total"), "3");
  EXPECT_EQ(value("jieban_events_emitted_total"), "3");
  EXPECT_EQ(value("jieban_commits_total"), "1");
  transport_.deliver(frame(1, {record("refuse", 1)}));
  turn();
  update(1);
  EXPECT_EQ(value("jieban_events_applied_total"), "4");
  EXPECT_EQ(value("jieban_events_quarantined_total"), "1");
  EXPECT_EQ(value("jieban_quarantine_size"), "1");
  EXPECT_EQ(value("jieban_stream_head"), "4");
}

TEST_F(EngineMetricsTest, LagOfUpstreamsAndConsumersIsCounted) {
  turn();
  update();
  EXPECT_EQ(value("jieban_ready"), "0") << "the upstream was not heard";
  transport_.deliver(encode_heartbeat(kUp, kUpEpoch, 7));
  turn();
  add(4);
  transport_.ask(fetch("notifier", 1, 0));
  turn();
  update();
  EXPECT_EQ(value("jieban_stream_lag{upstream=\"demo.receiver\"}"), "7");
  EXPECT_EQ(value("jieban_consumer_lag{consumer=\"notifier\"}"), "3");
  EXPECT_EQ(value("jieban_consumer_lag{consumer=\"archiver\"}"), "4");
  EXPECT_EQ(value("jieban_upstream_diverged{upstream=\"demo.receiver\"}"), "0");
  transport_.deliver(encode_heartbeat(kUp, kUpEpoch + 1, 7));
  turn();
  update();
  EXPECT_EQ(value("jieban_upstream_diverged{upstream=\"demo.receiver\"}"), "1");
  EXPECT_EQ(value("jieban_ready"), "0");
}

TEST_F(EngineMetricsTest, ReadyAndStalledSayWhatTheEngineIs) {
  transport_.deliver(encode_heartbeat(kUp, kUpEpoch, 0));
  turn();
  update();
  EXPECT_EQ(value("jieban_ready"), "1");
  EXPECT_EQ(value("jieban_store_stalled"), "0");
  EXPECT_EQ(value("jieban_store_map_bytes"), "8388608");
  EngineOptions floored = options();
  floored.disk_free_min = SIZE_MAX / 4;
  open(floored);
  transport_.deliver(encode_heartbeat(kUp, kUpEpoch, 0));
  turn();
  update();
  EXPECT_EQ(value("jieban_ready"), "0");
  EXPECT_EQ(value("jieban_store_stalled"), "1");
  EXPECT_EQ(value("jieban_intake_refused"), "1");
}

TEST_F(EngineMetricsTest, TheLongestTurnIsThatSinceTheLastUpdate) {
  TurnReport committed;
  committed.batch = 5;
  committed.commit_time = milliseconds(2);
  metrics_->note_turn(committed, seconds(2));
  metrics_->note_turn(TurnReport{}, seconds(1));
  update();
  EXPECT_EQ(value("jieban_loop_seconds_max"), "2");
  EXPECT_EQ(value("jieban_batch_events_count"), "1") << "idle turns are no batches";
  EXPECT_EQ(value("jieban_batch_events_sum"), "5");
  EXPECT_EQ(value("jieban_commit_seconds_count"), "1");
  update();
  EXPECT_EQ(value("jieban_loop_seconds_max"), "0");
}

}  // namespace
}  // namespace jieban
