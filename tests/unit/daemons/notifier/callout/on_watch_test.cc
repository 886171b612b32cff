// Goal: a target of a ladder is whoever is on duty for it at that instant, and nobody else.
#include "daemons/notifier/callout/on_watch.h"

#include "tests/unit/daemons/notifier/callout_fixture.h"

namespace jieban {
namespace {

using Names = std::vector<std::string>;

Names who(TargetKind kind, const std::string& name, Timestamp at, const std::string& lead = "") {
  const RotaBook book = two_seats();
  return on_watch({kind, name}, &book, lead, at);
}

TEST(OnWatch, ARotaIsWhoeverIsOnDutyByIt) {
  EXPECT_EQ(who(TargetKind::rota, "seat", noon()), Names{"li"});
  EXPECT_EQ(who(TargetKind::rota, "seat", noon() + std::chrono::hours(10)), Names());
  EXPECT_EQ(who(TargetKind::rota, "nowhere", noon()), Names());
}

TEST(OnWatch, ARoleIsThoseOfItWhoAreOnDuty) {
  EXPECT_EQ(who(TargetKind::role, "seat", noon()), Names{"li"}) << "zhao is off";
  EXPECT_EQ(who(TargetKind::role, "seat", noon() + std::chrono::hours(10)), Names());
  EXPECT_EQ(who(TargetKind::role, "team_leader", noon()), Names{"zhou"}) << "no rota has any";
  EXPECT_EQ(who(TargetKind::role, "auditor", noon()), Names());
}

TEST(OnWatch, ChangesOfTheBookCount) {
  RotaBook book = two_seats();
  DutyLeave leave;
  leave.id = "l1";
  leave.person = "li";
  leave.from = noon() - std::chrono::hours(1);
  leave.until = noon() + std::chrono::hours(1);
  book.changes.leaves = {leave};
  EXPECT_EQ(on_watch({TargetKind::rota, "seat"}, &book, "", noon()), Names());
}

TEST(OnWatch, TheLeadingUnitIsThatOfTheOrder) {
  EXPECT_EQ(who(TargetKind::unit, "lead", noon(), "urban_office"), Names{"urban_office"});
  EXPECT_EQ(who(TargetKind::unit, "lead", noon(), ""), Names());
  EXPECT_EQ(who(TargetKind::unit, "gas_company", noon(), "urban_office"), Names{"gas_company"});
}

TEST(OnWatch, WithoutARotaAPersonIsHimself) {
  EXPECT_EQ(on_watch({TargetKind::person, "li"}, nullptr, "", noon()), Names{"li"});
  EXPECT_EQ(on_watch({TargetKind::rota, "seat"}, nullptr, "", noon()), Names());
  EXPECT_EQ(on_watch({TargetKind::role, "seat"}, nullptr, "", noon()), Names());
}

}  // namespace
}  // namespace jieban
