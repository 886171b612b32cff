// Goal: wherever the notifier is killed in the course of a delivery, no notice is lost, and one
// that the gateway gets twice says that it may be a repeat. Method: the real daemon, killed where
// the gateway says that the delivery is, then started again; at a webhook each stage, and as a
// table of channel, place and manner the doors of the text messages.
#include "tests/integration/delivery_kill/delivery_kill.h"

#include <algorithm>

namespace jieban {
namespace {

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

TEST_F(DeliveryKill, AtEachStageOfTheTalkNothingIsLostAndRepeatsAreMarked) {
  site_.start();
  for (const auto& [stage, name] : kStages) {
    for (size_t nth : {1, 3}) {
      SCOPED_TRACE(std::string(name) + ", delivery " + std::to_string(nth));
      kill_at(stage, nth, std::vector<Manner>(nth, Manner::proper));
      if (HasFailure()) return;
    }
  }
  const size_t before = channel_->messages().size();
  site_.kill();
  site_.start();
  const auto after = new_names(1);
  ASSERT_TRUE(site_.raise(after, kPatience));
  ASSERT_TRUE(site_.all_become(after, "sent", kPatience)) << site_.logs();
  EXPECT_EQ(channel_->messages().size(), before + 1) << "what was sent is not sent again";
  check(all_);
}

TEST_F(DeliveryKill, BesideAGatewayThatMisbehavesNothingIsLostAndRepeatsAreMarked) {
  site_.start();
  for (const auto& [manner, name] : kManners) {
    SCOPED_TRACE(name);
    const auto names = new_names(2);
    channel_->behave({manner, manner});
    ASSERT_TRUE(site_.raise(names, kPatience)) << site_.logs();
    ASSERT_TRUE(site_.all_become(names, "sent", kPatience)) << site_.logs();
    check(names);
    // A reset is seen at once; what is never read never gets to a stage.
    const bool unread = manner == Manner::reset_unread;
    kill_at(unread ? Stage::connected : Stage::read, 1, {manner});
    if (!unread && manner != Manner::hang) kill_at(Stage::answered, 1, {manner});
    if (HasFailure()) return;
  }
  check(all_);
}

class KannelDoorKill : public DeliveryKill {
 protected:
  KannelDoorKill() : DeliveryKill(kannel_door()) {}
};

TEST_F(KannelDoorKill, WhatItReadAndDidNotAnswerComesAgainAndSaysSoOnThePhone) {
  site_.start();
  for (const auto& [manner, name] : kManners) {
    SCOPED_TRACE(name);
    const auto names = new_names(2);
    channel_->behave({manner, manner});
    ASSERT_TRUE(site_.raise(names, kPatience)) << site_.logs();
    ASSERT_TRUE(site_.all_become(names, "sent", kPatience)) << site_.logs();
    check(names);
    if (HasFailure()) return;
  }
  for (Stage stage : {Stage::read, Stage::answered}) {
    kill_at(stage, 1, {Manner::proper});
    if (HasFailure()) return;
  }
  const auto count = received();
  EXPECT_TRUE(std::ranges::any_of(count, [](const auto& each) { return each.second > 1; }))
      << "nothing came twice: the test looks at less";
}

// The first delivery goes as the manner says; the kill falls into it, or into the one after it.
struct KillRow {
  const char* name;
  Manner manner;
  Stage stage;
  size_t nth;
  bool comes_again;  // the gateway had it whole, and no end of it was committed
};

void PrintTo(const KillRow& row, std::ostream* out) { *out << row.name; }

constexpr KillRow kProperRead = {"ReadAndNotAnswered", Manner::proper, Stage::read, 1, true};
constexpr KillRow kProperAnswered = {"Answered", Manner::proper, Stage::answered, 1, false};
constexpr KillRow kHangs = {"WhileItHangs", Manner::hang, Stage::read, 1, true};
constexpr KillRow kHung = {"AfterItHung", Manner::hang, Stage::read, 2, true};
constexpr KillRow kAfterReset = {"AfterItsReset", Manner::reset_read, Stage::read, 2, true};
constexpr KillRow kGarbage = {"AtItsGarbage", Manner::garbage, Stage::answered, 1, true};
constexpr KillRow kAfterGarbage = {"AfterItsGarbage", Manner::garbage, Stage::read, 2, true};
constexpr KillRow kHalf = {"AtHalfAnAnswer", Manner::half, Stage::answered, 1, true};
constexpr KillRow kAfterHalf = {"AfterHalfAnAnswer", Manner::half, Stage::read, 2, true};
// What HTTP has besides.
constexpr KillRow kUnread = {"ConnectedAndReset", Manner::reset_unread, Stage::connected, 1, false};
constexpr KillRow kAfterUnread = {"AfterAResetUnread", Manner::reset_unread, Stage::read, 2, true};
constexpr KillRow kBusy = {"AtItsRefusal", Manner::busy, Stage::answered, 1, false};
constexpr KillRow kAfterBusy = {"AfterItsRefusal", Manner::busy, Stage::read, 2, true};

class DoorKillTable : public DeliveryKill, public testing::WithParamInterface<KillRow> {
 protected:
  using DeliveryKill::DeliveryKill;
  void run_row() {
    const KillRow& row = GetParam();
    site_.start();
    kill_at(row.stage, row.nth, {row.manner});
    if (!row.comes_again || HasFailure()) return;
    const auto count = received();
    EXPECT_TRUE(std::ranges::any_of(count, [](const auto& each) { return each.second > 1; }))
        << "nothing came twice: the kill was at another place";
  }
};
std::string name_of(const testing::TestParamInfo<KillRow>& info) { return info.param.name; }

class KannelKillTable : public DoorKillTable {
 protected:
  KannelKillTable() : DoorKillTable(kannel_door()) {}
};
TEST_P(KannelKillTable, NothingIsLostAndRepeatsAreMarked) { run_row(); }
INSTANTIATE_TEST_SUITE_P(Each, KannelKillTable,
                         testing::Values(kProperRead, kProperAnswered, kHangs, kHung, kAfterReset,
                                         kGarbage, kAfterGarbage, kHalf, kAfterHalf, kUnread,
                                         kAfterUnread, kBusy, kAfterBusy),
                         name_of);

// An SMG refuses for half a minute at least; what it then holds is the unit tests' matter.
class SgipKillTable : public DoorKillTable {
 protected:
  SgipKillTable() : DoorKillTable(sgip_door()) { by_text_ = true; }
};
TEST_P(SgipKillTable, NothingIsLostAndRepeatsAreMarked) { run_row(); }
INSTANTIATE_TEST_SUITE_P(Each, SgipKillTable,
                         testing::Values(kProperRead, kProperAnswered, kHangs, kHung, kAfterReset,
                                         kGarbage, kAfterGarbage, kHalf, kAfterHalf),
                         name_of);

}  // namespace
}  // namespace jieban
