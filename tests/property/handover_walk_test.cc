// Goal: whatever is commanded of the street in whatever order, no watch changes hands without two
// persons' signatures under one log, nor past an emergency that nobody released (DOMAIN §13.3).
// Method: 10,000 random commands, notes, emergencies and answers against the router's core; a model
// of a few lines follows. Meanwhile alarms, channels and imports come and go, and stand in each log
// as the model has them, and each note in one log that was taken over. Then the day is replayed.
#include <cstdlib>
#include <map>
#include <set>

#include "common/base/random.h"
#include "common/domain/channel_change.h"
#include "common/domain/import_done.h"
#include "common/domain/notice_step.h"
#include "tests/unit/daemons/router/street_fixture.h"

namespace jieban {
namespace {

constexpr size_t kCommands = 10'000;

uint64_t walk_seed() {
  const char* given = std::getenv("JIEBAN_SEED");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : SystemRandom().next() % 1'000'000;
}

class HandoverWalk {
 public:
  explicit HandoverWalk(uint64_t seed) : random_(seed) {}

  void step() {
    router.now += std::chrono::seconds(random_.below(600));
    using Act = void (HandoverWalk::*)();
    static constexpr std::array<Act, 11> kActs = {
        &HandoverWalk::arrive,   &HandoverWalk::answer,  &HandoverWalk::answer,
        &HandoverWalk::sign_out, &HandoverWalk::sign_in, &HandoverWalk::release,
        &HandoverWalk::withdraw, &HandoverWalk::note,    &HandoverWalk::alarm,
        &HandoverWalk::channel,  &HandoverWalk::import};
    (this->*kActs.at(random_.below(kActs.size())))();
  }

  StreetFixture router;
  uint64_t passed = 0;   // hand-overs with both signatures
  uint64_t blocked = 0;  // by an emergency

 private:
  std::string person() { return "seat-" + std::to_string(random_.below(3)); }
  bool settled() const {
    return std::ranges::all_of(urgent_, [&](uint64_t id) { return released_.contains(id); });
  }
  void arrive() {
    const uint64_t id = ++orders_;
    if (random_.below(8) != 0) {
      router.emergency(id, "A-" + std::to_string(id));
      urgent_.insert(id);
    } else {
      router.receive(id, heating_order("A-" + std::to_string(id)));
    }
  }
  void answer() {
    if (urgent_.empty()) return;
    const uint64_t id = *urgent_.begin();
    router.as("zhou", "team_leader");
    ASSERT_EQ(router.refusal(id, "cancel", {{"reason_code", "CALLER"}}), "") << router.reason;
    urgent_.erase(id);
  }
  void sign_out() {
    const std::string who = person();
    const std::string code = router.sign_out(who);
    const std::string wanted = out_by_ ? "on_watch" : settled() ? "" : "urgent_open";
    ASSERT_EQ(code, wanted);
    blocked += code == "urgent_open" ? 1 : 0;
    if (!code.empty()) return;
    out_by_ = who;
    hash_ = *router.told.log_hash;
    EXPECT_EQ(router.told.handover, ++handovers_);
    EXPECT_EQ(router.told.section->notes, notes_);
    logged_ = notes_;
    EXPECT_EQ(router.told.section->urgent_open.count, urgent_.size());
    expect_alarms(*router.told.section);
  }
  void sign_in() {
    const std::string who = person();
    const bool read = random_.below(4) != 0;
    const std::string code = router.sign_in(read ? hash_ : "00", who);
    std::string wanted;
    if (!out_by_) {
      wanted = "handed_out";
    } else if (who == *out_by_) {
      wanted = "other_person";
    } else if (!read) {
      wanted = "log_read";
    } else if (!settled()) {
      wanted = "urgent_open";
    }
    ASSERT_EQ(code, wanted);
    if (!code.empty()) return;
    EXPECT_EQ(router.told.log_hash, hash_);
    EXPECT_EQ(router.told.signed_out_by, out_by_);
    out_by_.reset();
    released_.clear();
    notes_ -= logged_;  // what was noted since the first signature is in the next log
    ++passed;
  }
  void release() {
    const bool leader = random_.below(2) == 0;
    const std::string code =
        router.with_reason("handover_override", "zhou", leader ? "team_leader" : "seat");
    ASSERT_EQ(code, !leader ? "role" : settled() ? "nothing_urgent" : "");
    if (code.empty()) released_ = urgent_;
  }
  void withdraw() {
    if (random_.below(4) != 0) return;
    const std::string code = router.with_reason("handover_withdraw", person(), "seat");
    ASSERT_EQ(code, out_by_ ? "" : "handed_out");
    out_by_.reset();
  }
  void note() {
    router.as(person(), "seat").with_texts("text");
    ASSERT_EQ(router.street_refusal("shift_note", {{"note_kind", "event"}}), "");
    router.without_texts();
    ++notes_;
  }

  // What the notifier and the receiver tell meanwhile, in any order and of anything.
  void alarm() {
    AlertStep told;
    told.alert = "a" + std::to_string(random_.below(6));
    told.topic = "deadline";
    told.person = person();
    const auto what = random_.below(3);
    if (what == 0) {
      router.event("notifier", topics::kAlertOpened, 0, told);
      alarms_.try_emplace(told.alert, router.now, std::set<std::string>())
          .first->second.second.clear();
    } else if (what == 1) {
      router.event("notifier", topics::kAlertAcknowledged, 0, told);
      auto open = alarms_.find(told.alert);
      if (open != alarms_.end()) open->second.second.insert(*told.person);
    } else {
      router.event("notifier", topics::kAlertResolved, 0, told);
      alarms_.erase(told.alert);
    }
  }
  void channel() {
    const ChannelChange told{"c" + std::to_string(random_.below(3)), 3};
    const bool down = random_.below(2) == 0;
    router.event("notifier", down ? topics::kChannelFailed : topics::kChannelRecovered, 0, told);
    if (down) {
      channels_.try_emplace(told.channel, router.now);
    } else {
      channels_.erase(told.channel);
    }
  }
  void import() {
    ImportDone done;
    done.source = "import";
    done.batches = 1;
    done.at = router.now;
    router.event("receiver", topics::kImportDone, 0, done);
    imported_ = router.now;
  }
  void expect_alarms(const HandoverSection& section) const {
    ASSERT_TRUE(section.alarms && section.channel_failures);
    EXPECT_EQ(section.alarms->size(), alarms_.size());
    for (const OpenAlarm& each : *section.alarms) {
      auto known = alarms_.find(each.alert);
      ASSERT_NE(known, alarms_.end()) << each.alert << " is over";
      EXPECT_EQ(each.since, known->second.first);
      EXPECT_EQ(std::set<std::string>(each.acknowledged_by.begin(), each.acknowledged_by.end()),
                known->second.second);
    }
    EXPECT_EQ(section.channel_failures->size(), channels_.size());
    for (const DownChannel& each : *section.channel_failures) {
      ASSERT_TRUE(channels_.contains(each.channel)) << each.channel << " works again";
      EXPECT_EQ(each.since, channels_.at(each.channel));
    }
    std::optional<int64_t> lag;
    if (imported_) lag = (router.now - *imported_).count();
    EXPECT_EQ(section.import_lag, lag);
  }

  using Open = std::pair<Timestamp, std::set<std::string>>;  // since, acknowledged by
  std::map<std::string, Open> alarms_;
  std::map<std::string, Timestamp> channels_;
  std::optional<Timestamp> imported_;
  SeededRandom random_;
  uint64_t orders_ = 0;
  uint64_t handovers_ = 0;
  uint64_t notes_ = 0;   // that no taken-over log holds
  uint64_t logged_ = 0;  // of them those in the log that is signed out
  std::optional<std::string> out_by_;
  std::string hash_ = "00";
  std::set<uint64_t> urgent_;
  std::set<uint64_t> released_;
};

TEST(HandoverWalkTest, NoWatchChangesHandsWithoutTwoSignaturesUnderOneLog) {
  const uint64_t seed = walk_seed();
  SCOPED_TRACE("JIEBAN_SEED=" + std::to_string(seed));
  HandoverWalk walk(seed);
  for (size_t i = 0; i < kCommands && !testing::Test::HasFailure(); ++i) walk.step();
  EXPECT_GT(walk.passed, 100U) << "or the walk shows nothing";
  EXPECT_GT(walk.blocked, 100U);
  CoreHarness<Router> again("router");
  again.replay(walk.router);
  EXPECT_EQ(again.contents(), walk.router.contents());
}

}  // namespace
}  // namespace jieban
