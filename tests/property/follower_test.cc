// For any schedule of loss, repetition, delay and reordering, of commits, rewinds and crashes, a
// follower's daemon applies 1..N, each once and in order; and all of them once the network is fair.
//
// Method: a script of numbers drives publisher, network and daemon, one action a number, so that a
// failing schedule shrinks to its few essential actions.
#include "common/bus/follower.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <memory>

#include "common/base/log.h"
#include "tests/support/stream_publisher.h"

namespace jieban {
namespace {

const std::string kStream = "1.router";
constexpr uint64_t kEpoch = 7;
constexpr size_t kChunk = 5;  // records in one answer: several rounds close a gap

// Messages under way in one direction. It keeps what it delivered, to repeat it much later.
class Network {
 public:
  void send(std::string bytes) { under_way_.push_back(std::move(bytes)); }
  bool idle() const { return under_way_.empty(); }
  void lose(size_t pick) {
    if (!idle()) under_way_.erase(under_way_.begin() + long(pick % under_way_.size()));
  }
  void repeat(size_t pick) {
    if (!seen_.empty()) under_way_.push_back(seen_[pick % seen_.size()]);
  }
  // Any of them, not the oldest: that is reordering and delay.
  std::optional<std::string> deliver(size_t pick) {
    if (idle()) return std::nullopt;
    pick %= under_way_.size();
    std::string bytes = std::move(under_way_[pick]);
    under_way_.erase(under_way_.begin() + long(pick));
    seen_.push_back(bytes);
    return bytes;
  }

 private:
  std::vector<std::string> under_way_;
  std::vector<std::string> seen_;
};

class World {
 public:
  void act(uint32_t number) {
    size_t pick = number / kActions.size();
    (this->*kActions[number % kActions.size()])(pick);
    check();
  }

  // From now on everything arrives, in order.
  void converge() {
    for (int i = 0; i < 2000 && !done(); ++i) {
      if (i % 10 == 0) publisher_to_daemon_.send(publisher_.heartbeat());
      ask(1);
      while (!daemon_to_publisher_.idle()) serve(0);
      while (!publisher_to_daemon_.idle()) arrive(0);
      apply(0);
      commit(applied_.size());
      now_ += std::chrono::milliseconds(100);
    }
    check();
    RC_ASSERT(follower_->diverged().empty());
    RC_ASSERT(committed_ == publisher_.head());
    RC_ASSERT(follower_->caught_up());
    RC_ASSERT(applied_.size() == publisher_.head());
  }

 private:
  using Action = void (World::*)(size_t pick);

  bool done() const {
    return committed_ == publisher_.head() && follower_->caught_up() && daemon_to_publisher_.idle();
  }
  void publish(size_t pick) { publisher_to_daemon_.send(publisher_.publish(1 + pick % 4)); }
  void heartbeat(size_t) { publisher_to_daemon_.send(publisher_.heartbeat()); }
  void ask(size_t pick) {
    now_ = std::max(now_, pick % 2 == 0 ? now_ : follower_->next_request_at());
    if (auto request = follower_->request(now_, random_)) daemon_to_publisher_.send(*request);
  }
  void serve(size_t pick) {
    auto request = daemon_to_publisher_.deliver(pick);
    if (!request) return;
    auto answer = publisher_.answer(*request, kChunk);
    if (answer) publisher_to_daemon_.send(*answer);
  }
  void arrive(size_t pick) {
    if (auto frame = publisher_to_daemon_.deliver(pick)) follower_->offer(*frame, now_);
  }
  void lose_frame(size_t pick) { publisher_to_daemon_.lose(pick); }
  void lose_request(size_t pick) { daemon_to_publisher_.lose(pick); }
  void repeat_frame(size_t pick) { publisher_to_daemon_.repeat(pick); }
  void repeat_request(size_t pick) { daemon_to_publisher_.repeat(pick); }
  void damage_frame(size_t pick) {
    auto frame = publisher_to_daemon_.deliver(pick);
    if (!frame) return;
    frame->at(pick % frame->size()) = char(frame->at(pick % frame->size()) ^ 0x10);
    follower_->offer(*frame, now_);
  }
  // Applies what is ready: all of it, or one run.
  void apply(size_t pick) {
    while (auto run = follower_->take()) {
      RC_ASSERT(run->first() == applied_.size() + 1);
      for (size_t i = run->skip; i < run->owned.frame.records.size(); ++i) {
        applied_.emplace_back(run->owned.frame.records[i]);
      }
      RC_ASSERT(run->last() == applied_.size());
      if (pick % 2 == 1) return;
    }
  }
  // Commits all that was applied, or a part of it.
  void commit(size_t pick) {
    committed_ += std::min<uint64_t>(pick, applied_.size() - committed_);
    follower_->commit(committed_);
  }
  void rewind(size_t) {
    follower_->rewind();
    applied_.resize(committed_);
  }
  // What the network has under way survives the daemon.
  void crash(size_t) {
    follower_ = std::make_unique<Follower>(kStream, "archiver", kEpoch, committed_);
    applied_.resize(committed_);
  }
  void wait(size_t pick) { now_ += std::chrono::milliseconds(pick % 6000); }

  void check() const {
    for (size_t i = 0; i < applied_.size(); ++i) {
      RC_ASSERT(applied_[i] == StreamPublisher::record(i + 1));
    }
    RC_ASSERT(follower_->applied() == committed_);
    RC_ASSERT(publisher_.acknowledged() <= committed_);
    RC_ASSERT(follower_->head() <= publisher_.head());
  }

  // What happens often stands here often.
  static constexpr std::array<Action, 24> kActions = {
      &World::publish,      &World::publish,      &World::publish,
      &World::heartbeat,    &World::ask,          &World::ask,
      &World::ask,          &World::serve,        &World::serve,
      &World::serve,        &World::arrive,       &World::arrive,
      &World::arrive,       &World::arrive,       &World::lose_frame,
      &World::lose_request, &World::repeat_frame, &World::repeat_request,
      &World::damage_frame, &World::apply,        &World::commit,
      &World::rewind,       &World::crash,        &World::wait,
  };

  StreamPublisher publisher_{kStream, kEpoch};
  Network publisher_to_daemon_;
  Network daemon_to_publisher_;
  std::unique_ptr<Follower> follower_ =
      std::make_unique<Follower>(kStream, "archiver", uint64_t{0}, uint64_t{0});
  std::vector<std::string> applied_;
  uint64_t committed_ = 0;
  SeededRandom random_{1};
  Duration now_ = std::chrono::seconds(1);
};

class FollowerProperty : public ::testing::Test {
 protected:
  // Dropped frames are logged, by the thousand here.
  void SetUp() override { set_log_level(LogLevel::error); }
  void TearDown() override { set_log_level(LogLevel::info); }
};

void play(size_t length) {
  auto script = *rc::gen::container<std::vector<uint32_t>>(
      length, rc::gen::resize(rc::kNominalSize, rc::gen::inRange<uint32_t>(0, 100'000)));
  World world;
  for (uint32_t number : script) world.act(number);
  world.converge();
}

RC_GTEST_FIXTURE_PROP(FollowerProperty, AppliesEveryRecordOnceAndInOrder, ()) {
  play(*rc::gen::inRange<size_t>(0, 400));
}

RC_GTEST_FIXTURE_PROP(FollowerProperty, SurvivesLongBadDays, ()) { play(2000); }

}  // namespace
}  // namespace jieban
