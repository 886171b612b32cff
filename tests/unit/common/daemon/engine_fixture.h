// An engine that the test turns: no sockets, no threads, time by hand.
#pragma once

#include <optional>

#include "common/daemon/engine.h"
#include "tests/unit/common/daemon/daemon_fixture.h"
#include "tests/unit/common/daemon/fake_transport.h"

namespace jieban {

class EngineFixture : public testing::Test {
 protected:
  EngineOptions options() const {
    EngineOptions out;
    out.environment = store_options(dir_.path("store"));
    out.street = "demo";
    out.daemon = "router";
    out.upstreams = {"receiver"};
    out.consumers = {"archiver", "notifier"};
    return out;
  }
  void open(const EngineOptions& options) {
    engine_.reset();
    auto opened = Engine::open(options, service_, transport_, clock_, random_);
    ASSERT_TRUE(opened.ok()) << opened.error().message;
    engine_ = std::move(*opened);
  }
  void open() { open(options()); }

  // Lets time pass on both clocks, and turns once.
  TurnReport turn(Duration span = Duration(1000)) {
    now_ += span;
    clock_.advance(span);
    auto report = engine_->turn(now_);
    EXPECT_TRUE(report.ok()) << report.error().message;
    return report.ok() ? *report : TurnReport{};
  }
  // `words` gets one word for each input, or one for the group.
  void submit(std::vector<Input> inputs, std::vector<std::string>& words, bool intake = false) {
    auto submitted =
        engine_->inbox().submit({std::move(inputs), intake, [&words](const GroupAnswer& answer) {
                                   if (answer.error) {
                                     words.push_back("!" + name_of(*answer.error));
                                   }
                                   for (const auto& one : answer.answers) {
                                     words.push_back(one.ok() ? *one : "!" + name_of(one.error()));
                                   }
                                   if (!answer.error && answer.answers.empty())
                                     words.emplace_back();
                                 }});
    ASSERT_TRUE(submitted.ok());
  }
  // Submits one input, turns, and gives the answer; "?" when there was none.
  std::string ask(Input asked, bool intake = false) {
    std::vector<std::string> words;
    submit({std::move(asked)}, words, intake);
    turn();
    return words.empty() ? "?" : words.front();
  }
  void add(size_t count, const std::string& payload = "") {
    std::vector<Input> inputs(count, input("add", 1, payload));
    std::vector<std::string> words;
    submit(std::move(inputs), words);
    turn();
    ASSERT_EQ(words.size(), count);
  }
  // Frame of the upstream's records from `first` on.
  static std::string frame(uint64_t first, const std::vector<std::string>& records) {
    FrameBuilder builder(kUp, kUpEpoch);
    uint64_t next = first;
    for (const std::string& one : records) CHECK(builder.add(next++, one));
    return builder.finish(next - 1);
  }
  static FetchRequest fetch(const std::string& consumer, uint64_t applied, uint64_t from) {
    return {consumer, kOwn, kEpoch, applied, from};
  }
  // The last frame sent to `peer`.
  Frame last_answer() const {
    auto frame = decode_frame(transport_.answers.back().second);
    CHECK(frame.ok());
    return *frame;
  }
  uint64_t committed_head() const {
    auto txn = engine_->fold().environment().read();
    CHECK(txn.ok());
    return *engine_->fold().outbox().head(*txn);
  }
  static std::string name_of(const Error& error) { return std::string(to_string(error.code)); }

  TempDir dir_{"/dev/shm"};
  FakeClock clock_;
  SeededRandom random_{1};
  FakeTransport transport_;
  CounterService service_;
  std::unique_ptr<Engine> engine_;
  Duration now_ = std::chrono::hours(1);
};

}  // namespace jieban
