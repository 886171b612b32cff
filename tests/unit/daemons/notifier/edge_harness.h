// A core, its inbox and a loop in a thread, for tests of edges.
//
// The loop's thread and the test take turns under one mutex: what the test does to the fixture, and
// what it tells an edge, counts as done in the loop's thread.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "common/base/file.h"
#include "common/daemon/common_parameters.h"
#include "daemons/notifier/channel.h"
#include "daemons/notifier/delivery_edge.h"
#include "tests/support/temp_dir.h"
#include "tests/support/wait_until.h"
#include "tests/unit/daemons/notifier/inbox_loop.h"
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
  std::function<AttemptPlan(const OutgoingNotice&)> plan = [](const OutgoingNotice&) {
    return AttemptPlan{};
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
    AttemptPlan plan(const OutgoingNotice& notice) override { return gateway_.plan(notice); }
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
  // What the daemon's file may hold.
  static std::vector<Parameter> all_parameters() {
    std::vector<Parameter> parameters = notifier_parameters();
    for (Parameter& each : common_parameters("notifier")) parameters.push_back(std::move(each));
    return parameters;
  }
  // `settings`: more lines of notifier.yaml; `persons`: those of contacts.yaml.
  explicit EdgeHarness(std::string_view settings = "", const std::string& persons = "{}")
      : settings_(*parse_settings("contacts: {file: " + contacts(persons) +
                                      "}\nkeys: {directory: " + keys() + "}\n" +
                                      std::string(settings),
                                  "notifier.yaml", all_parameters())) {}
  ~EdgeHarness() { stop_loop(); }

  EdgeContext context() {
    return {"110102007", "notifier", settings_, clock, inbox, fixture.fold(), metrics};
  }

  void start_loop() { loop_.start(); }
  void stop_loop() { loop_.halt(); }
  void pump() { loop_.pump(); }

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
  StepOutcome apply(const Batch& batch) {
    std::lock_guard<std::mutex> guard(mutex_);
    return fixture.run(batch);
  }
  void tell_edge(const StepOutcome& outcome) {
    std::lock_guard<std::mutex> guard(mutex_);
    tell(outcome);
  }
  void tell(const StepOutcome& outcome) {
    for (const Signal& signal : outcome.signals) {
      if (edge != nullptr) edge->signalled(signal);
    }
  }

  std::string keys() const {
    CHECK(write_file(dir_.path("link.key"), std::string(64, 'a') + "\n", 0600).ok());
    return dir_.path("");
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
  InboxLoop loop_{inbox, clock, [this](const Batch& batch) { return apply(batch); },
                  [this](const StepOutcome& outcome) { tell_edge(outcome); }};
};

}  // namespace jieban
