// Goal: the same for a kill at each call of the system that a delivery makes: those that commit,
// one after the other, and those that speak with the gateway. Each row says which places of a
// delivery its kills have to fall into, and is not over before they have.
#include <algorithm>
#include <array>
#include <iostream>
#include <set>

#include "tests/integration/delivery_kill/traced_kill.h"
#include "tests/support/wait_until.h"

namespace jieban {
namespace {

using std::chrono::seconds;

// For calls that are not a delivery's; a busy machine gets through fewer.
constexpr Duration kTurn = seconds(15);

// Where a kill fell, by what it left behind.
enum class Place {
  before_door,    // nobody was promised anything
  before_intent,  // the alert is in the store
  after_intent,   // the gateway has not had it
  before_answer,  // the gateway has had it, the daemon has heard no answer
  after_answer,   // heard, and not committed
  after_end,
};
constexpr std::array<const char*, 6> kPlaceNames = {"before the door",  "before the intent",
                                                    "after the intent", "before the answer",
                                                    "after the answer", "after the end"};
using Places = std::set<Place>;

struct CallRow {
  const char* name;
  const char* calls;
  Places reached;
};
// In the main thread; all of them are gone through.
const CallRow kCommits[] = {
    {"Sync", "fdatasync", {Place::before_intent, Place::after_answer}},
    {"Write", "pwrite64,pwritev", {Place::before_intent, Place::after_answer}},
};
// At the gateway, in the order in which libcurl makes them; connect() itself is what the bus tries
// first. Nobody else makes one before a notice that has waited goes out.
const CallRow kTalk[] = {
    {"Connected", "getsockopt", {Place::after_intent}},
    {"Send", "sendto", {Place::after_intent}},
    {"Receive", "recvfrom", {Place::before_answer}},
};
// By the test's own signal.
const CallRow kSent = {"Sent", "", {Place::after_end}};

void PrintTo(const CallRow& row, std::ostream* out) { *out << row.name; }
std::string name_of(const testing::TestParamInfo<CallRow>& info) { return info.param.name; }

class DeliveryKillAtCalls : public TracedKill, public testing::WithParamInterface<CallRow> {
 protected:
  std::vector<std::string> killing_at(size_t call) const {
    return traced(GetParam().calls, "signal=KILL:when=" + std::to_string(call));
  }
  // How many calls there are until the daemon is up, and until a notice has been sent; not of the
  // first start, which makes the store.
  std::pair<size_t, size_t> measure() {
    site_.start();
    const auto first = new_names(1);
    EXPECT_TRUE(site_.raise(first, kPatience)) << site_.logs();
    EXPECT_TRUE(site_.all_become(first, "sent", kPatience)) << site_.logs();
    site_.kill();
    site_.start(traced(GetParam().calls, ""));
    wait_up();
    const size_t ready = most_calls(GetParam().calls);
    const auto second = new_names(1);
    EXPECT_TRUE(site_.raise(second, kPatience)) << site_.logs();
    EXPECT_TRUE(site_.all_become(second, "sent", kPatience)) << site_.logs();
    const size_t sent = most_calls(GetParam().calls);
    site_.kill();
    return {ready, sent};
  }
  void wait_up() {
    EXPECT_TRUE(wait_until([&] { return !site_.calls(all_).empty(); }, kPatience)) << site_.logs();
  }
  // False when the call was never reached.
  bool kill_at_call(size_t call) {
    SCOPED_TRACE(std::string(GetParam().calls) + " call " + std::to_string(call));
    const auto names = new_names(1);
    site_.start(killing_at(call));
    if (site_.raise(names, kPatience)) {
      wait_until([&] { return site_.all_become(names, "sent", Duration(0)) || has_ended(); },
                 kPatience);
    }
    return settle(names.front());
  }
  // Started again without strace, everything is as it should be.
  bool settle(const std::string& name) {
    const size_t before = channel_->messages().size();
    const bool killed = !site_.site().running("notifier");
    if (!killed) site_.kill();
    const bool heard = trace().find("\"HTTP/1.1 202") != std::string::npos;
    site_.start();
    wait_up();
    const bool known = site_.calls({name}).contains(name);
    EXPECT_TRUE(site_.raise({name}, kPatience)) << site_.logs();
    EXPECT_TRUE(site_.all_become({name}, "sent", kPatience)) << site_.logs();
    check({name});
    if (killed)
      note(known ? place_of(site_.calls({name})[name].id, before, heard) : Place::before_door);
    site_.kill();
    return killed;
  }
  Place place_of(const std::string& id, size_t before, bool heard) {
    size_t early = 0;
    size_t late = 0;
    size_t refused = 0;
    size_t at = 0;
    for (const GatewayMessage& message : channel_->messages()) {
      const bool is_late = at++ >= before;
      if (message.id != id) continue;
      ++(message.refused ? refused : is_late ? late : early);
    }
    if (early > 0 && late == 0) return Place::after_end;
    if (early > 0) return heard ? Place::after_answer : Place::before_answer;
    // The last attempt is the one after the kill.
    return attempts_of(id) > refused + 1 ? Place::after_intent : Place::before_intent;
  }
  void note(Place place) { places_.insert(place); }
  bool has_reached_all() const { return std::ranges::includes(places_, GetParam().reached); }
  void say_places(size_t kills, size_t trials) const {
    std::cout << GetParam().name << ": " << kills << " kills at " << trials << " calls; places:";
    for (Place place : places_) std::cout << " [" << kPlaceNames.at(size_t(place)) << "]";
    std::cout << "\n";
  }
  void check_whole() {
    site_.start();
    ASSERT_TRUE(site_.raise(all_, kPatience)) << site_.logs();
    check(all_);
    auto verified = site_.site().ops("notifier").get_value("/admin/verify");
    ASSERT_TRUE(verified.ok());
    EXPECT_TRUE(boolean_at(*verified, "ok"));
    for (Place place : GetParam().reached) {
      EXPECT_TRUE(places_.contains(place)) << "never killed " << kPlaceNames.at(size_t(place));
    }
  }
  Places places_;
};

// The calls of a delivery, then those of the start, then the delivery's again where a commit was
// one more or less than measured. The commits of one delivery are not always as many.
std::vector<size_t> calls_to_try(size_t ready, size_t sent) {
  std::vector<size_t> calls;
  const auto delivery = [&] {
    for (size_t call = sent + 2; call > ready; --call) calls.push_back(call);
  };
  delivery();
  for (size_t call = ready; call > 0; --call) calls.push_back(call);
  delivery();
  delivery();
  return calls;
}

TEST_P(DeliveryKillAtCalls, NothingIsLostAndRepeatsAreMarked) {
  if (!strace_works()) GTEST_SKIP() << "strace cannot trace here";
  const auto [ready, sent] = measure();
  ASSERT_GT(sent, ready);
  const Duration end = monotonic_now() + kTurn;
  size_t trials = 0;
  size_t kills = 0;
  for (size_t call : calls_to_try(ready, sent)) {
    const bool over = trials > sent + 2 - ready && (monotonic_now() >= end || trials > sent + 2);
    if (HasFailure() || (over && has_reached_all())) break;
    if (over && call <= ready) continue;
    kills += kill_at_call(call) ? 1 : 0;
    ++trials;
  }
  say_places(kills, trials);
  check_whole();
}

INSTANTIATE_TEST_SUITE_P(Each, DeliveryKillAtCalls, testing::ValuesIn(kCommits), name_of);

// A notice that its gateway would not have before the restart: the first that the daemon does over
// the network is to deliver it.
class DeliveryKillInTheTalk : public DeliveryKillAtCalls {
 protected:
  std::string leave_one_waiting() {
    site_.start();
    const auto names = new_names(1);
    channel_->behave({Manner::busy});
    channel_->gate().stop_at(Stage::answered, 1);
    EXPECT_TRUE(site_.raise(names, kPatience)) << site_.logs();
    EXPECT_TRUE(channel_->gate().wait_stopped(kPatience)) << site_.logs();
    site_.kill();
    channel_->gate().go_on();
    return names.front();
  }
};

TEST_P(DeliveryKillInTheTalk, NothingIsLostAndRepeatsAreMarked) {
  if (!strace_works()) GTEST_SKIP() << "strace cannot trace here";
  const std::string name = leave_one_waiting();
  site_.start(killing_at(1));
  ASSERT_TRUE(wait_until([&] { return has_ended(); }, kPatience)) << site_.logs();
  EXPECT_TRUE(settle(name));
  say_places(1, 1);
  check_whole();
}

INSTANTIATE_TEST_SUITE_P(Each, DeliveryKillInTheTalk, testing::ValuesIn(kTalk), name_of);

class DeliveryKillAfterwards : public DeliveryKillAtCalls {};

TEST_P(DeliveryKillAfterwards, WhatIsSentIsNotSentAgain) {
  site_.start();
  const auto names = new_names(1);
  ASSERT_TRUE(site_.raise(names, kPatience)) << site_.logs();
  ASSERT_TRUE(wait_until([&] { return site_.count_events("notice.sent") == 1; }, kPatience));
  site_.kill();
  settle(names.front());
  check_whole();
  EXPECT_EQ(channel_->messages().size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(Each, DeliveryKillAfterwards, testing::Values(kSent), name_of);

TEST(DeliveryKillPlaces, TheRowsTogetherFallIntoEveryPlaceOfADelivery) {
  Places all = kSent.reached;
  for (const CallRow& row : kCommits) all.insert(row.reached.begin(), row.reached.end());
  for (const CallRow& row : kTalk) all.insert(row.reached.begin(), row.reached.end());
  EXPECT_EQ(all, (Places{Place::before_intent, Place::after_intent, Place::before_answer,
                         Place::after_answer, Place::after_end}));
}

}  // namespace
}  // namespace jieban
