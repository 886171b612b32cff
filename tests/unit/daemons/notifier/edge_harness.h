// A core, its inbox and a loop in a thread, for tests of edges.
//
// The loop's thread and the test take turns under one mutex: what the test does to the fixture, and
// what it tells an edge, counts as done in the loop's thread.
#pragma once

#include <poll.h>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "common/base/file.h"
#include "common/base/limits.h"
#include "daemons/notifier/channel.h"
#include "daemons/notifier/delivery_edge.h"
#include "tests/support/temp_dir.h"
#include "tests/support/wait_until.h"
#include "tests/unit/daemons/notifier/notifier_fixture.h"

namespace jieban {

// Stands still until it is stepped; waiting on it takes as long in real time as the test says.
class StepClock : public Clock {
 public:
  Timestamp now() const override { return from_micros(now_.load()); }
  Duration real(Duration) const override { return Duration(wait_.load()); }
  void step(Duration span) { now_ += span.count(); }
  void set_real(Duration span) { wait_ = span.count(); }

 private:
  std::atomic<int64_t> now_ = to_micros(noon());
  std::atomic<int64_t> wait_ = 1000;
};

// What all fake channels of a test have in common.
struct FakeGateway {
  std::mutex mutex;
  std::vector<OutgoingNotice> seen;
  std::function<DeliveryReport(const OutgoingNotice&)> answer = [](const OutgoingNotice&) {
    return DeliveryReport{DeliveryOutcome::accepted};
  };

  size_t count() {
    std::lock_guard<std::mutex> guard(mutex);
    return seen.size();
  }
  OutgoingNotice at(size_t index) {
    std::lock_guard<std::mutex> guard(mutex);
    return seen.at(index);
  }
  OpenChannel opener() {
    return [this](const ChannelRule&) { return std::make_unique<FakeChannel>(*this); };
  }

  class FakeChannel : public Channel {
   public:
    explicit FakeChannel(FakeGateway& gateway) : gateway_(gateway) {}
    DeliveryReport deliver(const OutgoingNotice& notice) override {
      std::lock_guard<std::mutex> guard(gateway_.mutex);
      gateway_.seen.push_back(notice);
      return gateway_.answer(notice);
    }

   private:
    FakeGateway& gateway_;
  };
};

class EdgeHarness {
 public:
  // `settings`: more lines of notifier.yaml; `persons`: those of contacts.yaml.
  explicit EdgeHarness(std::string_view settings = "", const std::string& persons = "{}")
      : settings_(
            *parse_settings("contacts: {file: " + contacts(persons) + "}\n" + std::string(settings),
                            "notifier.yaml", notifier_parameters())) {}
  ~EdgeHarness() { stop_loop(); }

  EdgeContext context() {
    return {"110102007", "notifier", settings_, clock, inbox, fixture.fold(), metrics};
  }

  void start_loop() {
    thread_ = std::thread([this] {
      while (!stopping_) {
        pollfd wanted{inbox.descriptor(), POLLIN, 0};
        ::poll(&wanted, 1, 5);
        inbox.clear_descriptor();
        pump();
      }
    });
  }
  void stop_loop() {
    stopping_ = true;
    if (thread_.joinable()) thread_.join();
  }

  // Applies what waits in the inbox, answers it, and tells the edges.
  void pump() {
    std::lock_guard<std::mutex> guard(mutex_);
    while (auto group = inbox.take(limits::kBatchEventsMax)) {
      Batch batch{clock.now(), {}};
      for (Input& input : group->inputs) {
        batch.parts.emplace_back();
        batch.parts.back().kind = BatchPart::Kind::input;
        batch.parts.back().input = std::move(input);
      }
      StepOutcome outcome = fixture.run(batch);
      if (group->done) group->done({std::nullopt, outcome.answers});
      tell(outcome);
    }
  }

  // In the loop's thread, as it were.
  void in_loop(const std::function<StepOutcome(NotifierFixture&)>& act) {
    std::lock_guard<std::mutex> guard(mutex_);
    fixture.now = clock.now();
    tell(act(fixture));
  }
  NoticeRow row(const std::string& id) {
    std::lock_guard<std::mutex> guard(mutex_);
    return fixture.row(id);
  }
  bool becomes(const std::string& id, NoticeState state) {
    return wait_until([&] { return row(id).state == state; });
  }

  NotifierFixture fixture;
  StepClock clock;
  Inbox inbox;
  MetricRegistry metrics;
  Edge* edge = nullptr;

 private:
  void tell(const StepOutcome& outcome) {
    for (const Signal& signal : outcome.signals) {
      if (edge != nullptr) edge->signalled(signal);
    }
  }

  std::string contacts(const std::string& persons) const {
    const std::string path = dir_.path("contacts.yaml");
    const std::string text = "version: \"1\"\npersons: " + persons + "\nunits: {}\ngroups: {}\n";
    CHECK(write_file(path, text, 0600).ok());
    return path;
  }

  TempDir dir_;
  Settings settings_;
  std::mutex mutex_;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

}  // namespace jieban
