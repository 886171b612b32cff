// Goal: whatever is killed, whenever, nothing acknowledged is lost and nothing is done twice.
// Method: orders and commands flow into five real processes, each of which is killed with SIGKILL
// again and again at random instants and started at once; then a second site is fed the same in
// peace, and every order must have the same timeline in both archives. A failure prints the seed:
//   JIEBAN_SEED=123 JIEBAN_KILLS=2000 backbone_test --gtest_filter=CrashStorm.*
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>
#include <iostream>
#include <mutex>
#include <thread>

#include "common/base/random.h"
#include "common/json/json.h"
#include "tests/integration/backbone/site_checks.h"
#include "tests/integration/backbone/street.h"
#include "tests/support/wait_until.h"

namespace jieban {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr uint64_t kKills = 200;
constexpr uint64_t kBatch = 5;
constexpr int kDesks = 3;
constexpr seconds kStormMax{170};

uint64_t number_of(const char* name, uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

// The city pushes, the desks command, in threads of their own, until the storm is over; then they
// finish what they began.
class Traffic {
 public:
  explicit Traffic(const TestSite& site) : site_(site) {
    threads_.emplace_back([this] { push(); });
    for (int i = 0; i < kDesks; ++i) threads_.emplace_back([this] { command(); });
  }
  ~Traffic() {
    patient_ = false;
    stop();
  }
  void stop() {
    flowing_ = false;
    for (std::thread& thread : threads_) {
      if (thread.joinable()) thread.join();
    }
  }
  void lose_patience() { patient_ = false; }
  uint64_t pushed() const { return pushed_; }
  uint64_t repeats() const { return repeats_; }
  const std::set<uint64_t>& carried() const { return carried_; }
  const std::vector<std::string>& complaints() const { return complaints_; }

 private:
  void take_account(const Desk& desk) {
    std::lock_guard<std::mutex> guard(mutex_);
    repeats_ += desk.repeats();
    complaints_.insert(complaints_.end(), desk.complaints().begin(), desk.complaints().end());
  }

  void push() {
    Desk city(site_, [this] { return patient_.load(); });
    while (flowing_) {
      uint64_t first = pushed_ + 1;
      if (!city.push("storm-" + std::to_string(first), first, kBatch)) break;
      pushed_ += kBatch;
      wait_until([this] { return !flowing_; }, milliseconds(60));
    }
    take_account(city);
  }

  void command() {
    Desk desk(site_, [this] { return patient_.load(); });
    while (flowing_) {
      uint64_t number = next_++;
      if (!wait_until([&] { return pushed_ >= number || !flowing_; }, kStormMax)) break;
      if (pushed_ < number) break;
      bool carried = desk.carry_through(number);
      std::lock_guard<std::mutex> guard(mutex_);
      if (carried) carried_.insert(number);
    }
    take_account(desk);
  }

  const TestSite& site_;
  std::atomic<bool> flowing_ = true;
  std::atomic<bool> patient_ = true;
  std::atomic<uint64_t> pushed_ = 0;
  std::atomic<uint64_t> next_ = 1;
  std::mutex mutex_;
  std::set<uint64_t> carried_;
  std::vector<std::string> complaints_;
  uint64_t repeats_ = 0;
  std::vector<std::thread> threads_;
};

// Returns how many kills there were. A daemon that ended by itself did so because of what a kill
// had left behind: that is a finding.
std::map<std::string, uint64_t> storm(TestSite& site, Random& random, uint64_t kills) {
  std::map<std::string, uint64_t> count;
  const std::vector<std::string> daemons = all_daemons();
  const Duration end = monotonic_now() + kStormMax;
  std::string daemon = daemons.front();
  for (uint64_t i = 0; i < kills && monotonic_now() < end; ++i) {
    // Often the same one again, while it is still starting.
    bool same = random.below(5) == 0;
    if (!same) daemon = daemons.at(random.below(daemons.size()));
    wait_until([] { return false; }, milliseconds(random.below(same ? 80 : 350)));
    auto code = site.ended(daemon);
    EXPECT_FALSE(code.has_value()) << daemon << " ended with " << *code << "\n"
                                   << site.last_log(daemon);
    if (!code) site.kill(daemon);
    site.start(daemon);
    ++count[daemon];
  }
  return count;
}

// The same orders, the same commands, nobody is killed.
void quiet_day(const TestSite& site, uint64_t orders, const std::set<uint64_t>& carried) {
  Desk desk(site, [] { return true; });
  for (uint64_t first = 1; first <= orders; first += 50) {
    uint64_t count = std::min<uint64_t>(50, orders - first + 1);
    ASSERT_TRUE(desk.push("quiet-" + std::to_string(first), first, count));
  }
  for (uint64_t number : carried) ASSERT_TRUE(desk.carry_through(number));
  EXPECT_TRUE(desk.complaints().empty());
}

constexpr std::array<std::string_view, 4> kNoticeEnds = {"notice.sent", "notice.abandoned",
                                                         "notice.cancelled", "notice.merged"};

// Every breach was told, and no notice waits any more.
bool notices_done(const TestSite& site) {
  DaemonClient notifier = site.ops("notifier");
  auto events = read_stream(notifier);
  if (!events.ok()) return false;
  int64_t open = 0;
  for (const Value& event : *events) {
    std::string_view topic = text_at(event, "topic");
    if (topic == "notice.queued") ++open;
    if (std::ranges::find(kNoticeEnds, topic) != kNoticeEnds.end()) --open;
  }
  return open == 0;
}

void expect_one_id_for_each_cause(const TestSite& site) {
  DaemonClient ops = site.ops("notifier");
  auto events = read_stream(ops);
  ASSERT_TRUE(events.ok());
  std::map<std::string, std::string> ids;
  for (const Value& event : *events) {
    const Value* payload = event.find("payload");
    const Value* cause = event.find("cause");
    if (!text_at(event, "topic").starts_with("notice.")) continue;
    ASSERT_TRUE(payload != nullptr && cause != nullptr);
    // A call to a person has no one event as its cause: its id says alert, step, person and means.
    if (!text_at(*payload, "person").empty()) continue;
    std::string key = to_json(*cause) + std::string(text_at(*payload, "channel"));
    std::string id(text_at(*payload, "notice_id"));
    EXPECT_EQ(ids.try_emplace(key, id).first->second, id) << key;
  }
  std::cout << "notices=" << ids.size() << "\n";
}

void expect_same_timelines(const TestSite& stormy, const TestSite& quiet, uint64_t orders) {
  DaemonClient one = stormy.api("archiver");
  DaemonClient other = quiet.api("archiver");
  uint64_t different = 0;
  for (uint64_t number = 1; number <= orders && different < 5; ++number) {
    auto found = timeline_of(one, number);
    auto wanted = timeline_of(other, number);
    ASSERT_TRUE(found.ok()) << street_order_no(number) << ": " << found.error().message;
    ASSERT_TRUE(wanted.ok()) << street_order_no(number) << ": " << wanted.error().message;
    EXPECT_EQ(*found, *wanted) << street_order_no(number);
    if (*found != *wanted) ++different;
  }
}

TEST(CrashStorm, EveryAcknowledgedOrderHasTheTimelineOfAQuietDay) {
  uint64_t seed = number_of("JIEBAN_SEED", SystemRandom().next() % 1'000'000 + 1);
  SeededRandom random(seed);
  std::cout << "JIEBAN_SEED=" << seed << std::endl;
  SCOPED_TRACE("JIEBAN_SEED=" + std::to_string(seed));

  TestSite stormy;
  mute_dispatches(stormy);
  stormy.start_all();
  ASSERT_TRUE(stormy.wait_ready(seconds(60))) << stormy.logs();
  Traffic traffic(stormy);
  auto kills = storm(stormy, random, number_of("JIEBAN_KILLS", kKills));
  traffic.stop();
  uint64_t total = 0;
  for (const auto& [daemon, count] : kills) {
    total += count;
    std::cout << daemon << "=" << count << " ";
  }
  std::cout << "kills=" << total << " orders=" << traffic.pushed()
            << " carried=" << traffic.carried().size() << " repeats=" << traffic.repeats() << "\n";
  EXPECT_GE(total, number_of("JIEBAN_KILLS", kKills));
  EXPECT_TRUE(traffic.complaints().empty()) << traffic.complaints().front();
  ASSERT_TRUE(stormy.wait_ready(seconds(60))) << stormy.logs();
  ASSERT_TRUE(wait_until([&] { return notices_done(stormy); }, seconds(30)));
  ASSERT_TRUE(stormy.wait_drained(seconds(60))) << stormy.logs();

  TestSite quiet;
  mute_dispatches(quiet);
  quiet.start_all();
  ASSERT_TRUE(quiet.wait_ready(seconds(60))) << quiet.logs();
  quiet_day(quiet, traffic.pushed(), traffic.carried());
  ASSERT_TRUE(quiet.wait_drained(seconds(60))) << quiet.logs();
  ASSERT_TRUE(wait_until([&] { return notices_done(quiet); }, seconds(30)));
  ASSERT_TRUE(quiet.wait_drained(seconds(60))) << quiet.logs();

  expect_whole_streams(stormy);
  expect_all_events(stormy);
  expect_all_orders(stormy, traffic.pushed());
  expect_one_id_for_each_cause(stormy);
  expect_same_timelines(stormy, quiet, traffic.pushed());
}

}  // namespace
}  // namespace jieban
