// Goal: wherever the notifier is killed in the course of a delivery, no notice is lost, and one
// that the gateway gets twice says that it may be a repeat. Method: the real daemon; alerts come in
// at its door, and count from the door's answer on. It is killed where the gateway says that the
// delivery is, and at each call of the system that writes or syncs (strace), then started again.
// A failure prints where the daemon was killed.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <iostream>
#include <map>
#include <set>

#include "common/base/check.h"
#include "common/base/file.h"
#include "tests/integration/delivery_kill/staged_gateway.h"
#include "tests/support/ringing_site.h"
#include "tests/support/wait_until.h"

namespace jieban {
namespace {

using std::chrono::seconds;

constexpr char kStrace[] = "/usr/bin/strace";
constexpr Duration kPatience = seconds(60);
// Of all kills at calls of one kind; a busy machine gets through fewer.
constexpr Duration kTurn = seconds(20);
constexpr const char* kShort = "webhook: {reply_timeout: 500ms}\n";

struct Named {
  Manner manner;
  const char* name;
};
constexpr Named kManners[] = {
    {Manner::proper, "proper"},    {Manner::busy, "busy"},
    {Manner::hang, "hang"},        {Manner::reset_unread, "reset before reading"},
    {Manner::reset_read, "reset"}, {Manner::garbage, "garbage"},
    {Manner::half, "half a body"},
};
constexpr std::pair<Stage, const char*> kStages[] = {{Stage::connected, "connected"},
                                                     {Stage::half_read, "half read"},
                                                     {Stage::read, "read"},
                                                     {Stage::answered, "answered"}};

constexpr const char* kKannelAccount =
    "username: demo\npassword: pass\nfrom: '1065'\ncallback: http://127.0.0.1:1/receipt\n";

std::string channel_to(const StagedGateway& gateway, const std::string& kind) {
  return "  - {name: gate, kind: " + kind + ", target: \"" + gateway.url() + "\", method: sms}\n";
}

std::string kannel_channel_to(const StagedGateway& gateway, const std::string& account) {
  CHECK(write_file(account, kKannelAccount, 0600).ok());
  return channel_to(gateway, "kannel_sms, account_file: " + account);
}

// What one notice has gone through.
struct Course {
  size_t attempts = 0;
  size_t sent = 0;
  bool after_sent = false;  // something was tried after it had been sent
};

std::map<std::string, Course> courses_of(RingingSite& site) {
  std::map<std::string, Course> courses;
  for (const ToldEvent& event : site.events()) {
    if (event.notice.empty()) continue;
    Course& course = courses[event.notice];
    const bool attempted = event.topic == "notice.attempted";
    course.after_sent = course.after_sent || (attempted && course.sent > 0);
    course.attempts += attempted ? 1 : 0;
    course.sent += event.topic == "notice.sent" ? 1 : 0;
  }
  return courses;
}

class DeliveryKill : public testing::Test {
 protected:
  explicit DeliveryKill(Tongue tongue = Tongue::webhook)
      : gateway_(tongue),
        site_(tongue == Tongue::webhook ? channel_to(gateway_, "webhook")
                                        : kannel_channel_to(gateway_, dir_.path("account.yaml")),
              kShort) {}
  std::vector<std::string> new_names(size_t count) {
    std::vector<std::string> names;
    for (size_t i = 0; i < count; ++i) names.push_back("Alert" + std::to_string(++alerts_));
    all_.insert(all_.end(), names.begin(), names.end());
    return names;
  }
  // How often the gateway has had each call; marked from the second time on. What it refused is
  // not out.
  std::map<std::string, size_t> received() {
    std::map<std::string, size_t> count;
    for (const GatewayMessage& message : gateway_.messages()) {
      if (message.refused) continue;
      if (++count[message.id] > 1) {
        EXPECT_TRUE(message.marked) << message.id << " came again without a word";
      }
    }
    return count;
  }
  // After all have been sent: nothing lost, nothing twice but what may be.
  void check(const std::vector<std::string>& names) {
    auto calls = site_.calls(names);
    auto courses = courses_of(site_);
    auto count = received();
    for (const std::string& name : names) {
      const std::string id = calls[name].id;
      EXPECT_GE(count[id], 1U) << name << " was lost";
      EXPECT_LE(count[id], courses[id].attempts) << name << " went out without an intent";
      EXPECT_EQ(courses[id].sent, 1U) << name;
      EXPECT_FALSE(courses[id].after_sent) << name << " was tried after its end was committed";
    }
    EXPECT_EQ(gateway_.faults(), std::vector<std::string>{});
    if (HasFailure()) std::cerr << site_.logs();
  }
  // Killed at a stage of the nth delivery, and started again.
  void kill_at(Stage stage, size_t nth, Manner manner) {
    const auto names = new_names(3);
    gateway_.behave(std::vector<Manner>(nth, manner));
    gateway_.stop_at(stage, nth);
    ASSERT_TRUE(site_.raise(names, kPatience)) << site_.logs();
    ASSERT_TRUE(gateway_.wait_stopped(kPatience)) << site_.logs();
    site_.kill();
    gateway_.go_on();
    site_.start();
    ASSERT_TRUE(site_.all_become(names, "sent", kPatience)) << site_.logs();
    check(names);
  }

  TempDir dir_;
  StagedGateway gateway_;
  RingingSite site_;
  size_t alerts_ = 0;
  std::vector<std::string> all_;
};

TEST_F(DeliveryKill, AtEachStageOfTheTalkNothingIsLostAndRepeatsAreMarked) {
  site_.start();
  for (const auto& [stage, name] : kStages) {
    for (size_t nth : {1, 3}) {
      SCOPED_TRACE(std::string(name) + ", delivery " + std::to_string(nth));
      kill_at(stage, nth, Manner::proper);
      if (HasFailure()) return;
    }
  }
  const size_t before = gateway_.messages().size();
  site_.kill();
  site_.start();
  const auto after = new_names(1);
  ASSERT_TRUE(site_.raise(after, kPatience));
  ASSERT_TRUE(site_.all_become(after, "sent", kPatience)) << site_.logs();
  EXPECT_EQ(gateway_.messages().size(), before + 1) << "what was sent is not sent again";
  check(all_);
}

TEST_F(DeliveryKill, BesideAGatewayThatMisbehavesNothingIsLostAndRepeatsAreMarked) {
  site_.start();
  for (const auto& [manner, name] : kManners) {
    SCOPED_TRACE(name);
    const auto names = new_names(2);
    gateway_.behave({manner, manner});
    ASSERT_TRUE(site_.raise(names, kPatience)) << site_.logs();
    ASSERT_TRUE(site_.all_become(names, "sent", kPatience)) << site_.logs();
    check(names);
    // A reset is seen at once; what is never read never gets to a stage.
    const bool unread = manner == Manner::reset_unread;
    kill_at(unread ? Stage::connected : Stage::read, 1, manner);
    if (!unread && manner != Manner::hang) kill_at(Stage::answered, 1, manner);
    if (HasFailure()) return;
  }
  check(all_);
}

class KannelDoorKill : public DeliveryKill {
 protected:
  KannelDoorKill() : DeliveryKill(Tongue::kannel) {}
};

TEST_F(KannelDoorKill, WhatItReadAndDidNotAnswerComesAgainAndSaysSoOnThePhone) {
  site_.start();
  for (const auto& [manner, name] : kManners) {
    SCOPED_TRACE(name);
    const auto names = new_names(2);
    gateway_.behave({manner, manner});
    ASSERT_TRUE(site_.raise(names, kPatience)) << site_.logs();
    ASSERT_TRUE(site_.all_become(names, "sent", kPatience)) << site_.logs();
    check(names);
    if (HasFailure()) return;
  }
  for (Stage stage : {Stage::read, Stage::answered}) {
    kill_at(stage, 1, Manner::proper);
    if (HasFailure()) return;
  }
  const auto count = received();
  EXPECT_TRUE(std::ranges::any_of(count, [](const auto& each) { return each.second > 1; }))
      << "nothing came twice: the test looks at less";
}

// The last calls are those of the delivery, the first those of the start. In three rounds, so that
// one that is cut off has been everywhere.
std::vector<size_t> calls_to_try(size_t last) {
  constexpr size_t kRounds = 3;
  std::vector<size_t> calls;
  for (size_t round = 0; round < kRounds; ++round) {
    for (size_t back = round; back < last; back += kRounds) calls.push_back(last - back);
  }
  return calls;
}

// Where a kill fell, by what it left behind.
enum class Place { before_intent, before_gateway, before_end, after_end };
constexpr std::array<const char*, 4> kPlaceNames = {"before intent", "before gateway", "before end",
                                                    "after end"};

class DeliveryKillAtCalls : public DeliveryKill, public testing::WithParamInterface<const char*> {
 protected:
  static bool strace_works() {
    TempDir scratch;
    return access(kStrace, X_OK) == 0 &&
           wait_until(
               [&] {
                 auto run = run_program({kStrace, "-o", "/dev/null", "/bin/true"},
                                        scratch.path("probe"), seconds(10));
                 return run.ok() && run->exit_code == 0;
               },
               seconds(5));
  }
  std::vector<std::string> traced(const std::string& inject) const {
    std::vector<std::string> words = {kStrace,
                                      "-f",
                                      "-q",
                                      "-o",
                                      site_.path("log/trace"),
                                      "-e",
                                      std::string("trace=") + GetParam()};
    if (!inject.empty()) words.insert(words.end(), {"-e", "inject=" + inject});
    return words;
  }
  size_t calls_so_far() const {
    auto text = read_file(site_.path("log/trace"), size_t{64} << 20U);
    return text.ok() ? size_t(std::count(text->begin(), text->end(), '(')) : 0;
  }
  // How many calls there are until the daemon is up, and until a notice has been sent; not of the
  // first start, which makes the store.
  std::pair<size_t, size_t> measure() {
    site_.start();
    const auto first = new_names(1);
    EXPECT_TRUE(site_.raise(first, kPatience)) << site_.logs();
    EXPECT_TRUE(site_.all_become(first, "sent", kPatience)) << site_.logs();
    site_.kill();
    site_.start(traced(""));
    EXPECT_TRUE(wait_until([&] { return !site_.calls(first).empty(); }, kPatience)) << site_.logs();
    const size_t ready = calls_so_far();
    const auto second = new_names(1);
    EXPECT_TRUE(site_.raise(second, kPatience)) << site_.logs();
    EXPECT_TRUE(site_.all_become(second, "sent", kPatience)) << site_.logs();
    const size_t sent = calls_so_far();
    site_.kill();
    return {ready, sent};
  }
  // False when the call was never reached.
  bool kill_at_call(size_t call) {
    SCOPED_TRACE(std::string(GetParam()) + " call " + std::to_string(call));
    const auto names = new_names(1);
    site_.start(traced(std::string(GetParam()) + ":signal=KILL:when=" + std::to_string(call)));
    const bool taken = site_.raise(names, kPatience);
    bool sent = false;
    if (taken) {
      wait_until(
          [&] {
            sent = site_.all_become(names, "sent", Duration(0));
            return sent || site_.site().ended("notifier").has_value();
          },
          kPatience);
    }
    const size_t before = gateway_.messages().size();
    const bool killed = !site_.site().running("notifier");
    if (!killed) site_.kill();
    site_.start();
    EXPECT_TRUE(site_.raise(names, kPatience)) << site_.logs();
    EXPECT_TRUE(site_.all_become(names, "sent", kPatience)) << site_.logs();
    check(names);
    note_place(names.front(), before, killed);
    site_.kill();
    return killed;
  }
  void note_place(const std::string& name, size_t before, bool killed) {
    if (!killed) return;
    const std::string id = site_.calls({name})[name].id;
    size_t early = 0;
    size_t late = 0;
    size_t at = 0;
    for (const GatewayMessage& message : gateway_.messages()) {
      (at++ < before ? early : late) += message.id == id ? 1 : 0;
    }
    const size_t attempts = courses_of(site_)[id].attempts;
    if (early == 0) places_.insert(attempts > 1 ? Place::before_gateway : Place::before_intent);
    if (early > 0) places_.insert(late > 0 ? Place::before_end : Place::after_end);
  }
  std::set<Place> places_;
};

TEST_P(DeliveryKillAtCalls, NothingIsLostAndRepeatsAreMarked) {
  if (!strace_works()) GTEST_SKIP() << "strace cannot trace here";
  const auto [ready, sent] = measure();
  ASSERT_GT(sent, ready);
  const Duration end = monotonic_now() + kTurn;
  const size_t last = sent + 2;  // the commits of one delivery are not always as many
  size_t trials = 0;
  size_t kills = 0;
  for (size_t call : calls_to_try(last)) {
    if (monotonic_now() >= end || HasFailure()) break;
    kills += kill_at_call(call) ? 1 : 0;
    ++trials;
  }
  std::cout << GetParam() << ": " << kills << " kills at " << trials << " of " << last
            << " calls; ready at " << ready << "; places:";
  for (Place place : places_) std::cout << " " << kPlaceNames.at(size_t(place));
  std::cout << "\n";
  site_.start();
  ASSERT_TRUE(site_.raise(all_, kPatience)) << site_.logs();
  check(all_);
  auto verified = site_.site().ops("notifier").get_value("/admin/verify");
  ASSERT_TRUE(verified.ok());
  EXPECT_TRUE(boolean_at(*verified, "ok"));
  EXPECT_GT(kills, 0U);
}

INSTANTIATE_TEST_SUITE_P(Each, DeliveryKillAtCalls,
                         testing::Values("fdatasync", "pwrite64,pwritev"));

}  // namespace
}  // namespace jieban
