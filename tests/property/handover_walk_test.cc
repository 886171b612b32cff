// Goal: whatever is commanded of the street in whatever order, no watch changes hands without two
// persons' signatures under one log, nor past an emergency that nobody released (DOMAIN §13.3).
// Method: 10,000 random commands, notes, emergencies and answers against the router's core; a model
// of a few lines follows. Then the day is replayed.
#include <cstdlib>
#include <set>

#include "common/base/random.h"
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
    static constexpr std::array<Act, 8> kActs = {&HandoverWalk::arrive,   &HandoverWalk::answer,
                                                 &HandoverWalk::answer,   &HandoverWalk::sign_out,
                                                 &HandoverWalk::sign_in,  &HandoverWalk::release,
                                                 &HandoverWalk::withdraw, &HandoverWalk::note};
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
    EXPECT_EQ(router.told.section->urgent_open.count, urgent_.size());
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
    notes_ = 0;
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

  SeededRandom random_;
  uint64_t orders_ = 0;
  uint64_t handovers_ = 0;
  uint64_t notes_ = 0;
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
