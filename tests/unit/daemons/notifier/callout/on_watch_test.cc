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

// Two leaders by turns, and two seats by day.
RotaBook leaders_by_turns() {
  RotaBook book = two_seats();
  book.persons.push_back({"zheng", "郑", {"team_leader"}});
  Rota leaders;
  leaders.id = "leader";
  leaders.name = "班组长";
  DutyRule rule;
  rule.id = "always";
  rule.persons = {"zhou"};
  leaders.rules = {rule};
  rule.persons = {"zheng"};
  rule.window = {kEveryDay, 20 * 3600, 32 * 3600};
  rule.priority = 1;
  leaders.rules.push_back(rule);
  book.rotas.push_back(leaders);
  return book;
}

Names leaders_of(const RotaBook& book, Timestamp at = noon()) {
  return on_watch({TargetKind::role, "team_leader"}, &book, "", at);
}

template <class Change>
Change around_noon(const std::string& id, const std::string& rota) {
  Change change;
  change.id = id;
  change.rota = rota;
  change.from = noon() - std::chrono::hours(1);
  change.until = noon() + std::chrono::hours(1);
  return change;
}

DutyOverride stand_in(std::optional<PersonId> add, std::optional<PersonId> remove) {
  auto change = around_noon<DutyOverride>("o1", "leader");
  change.add = std::move(add);
  change.remove = std::move(remove);
  return change;
}

// Whoever is on duty for them is called, whatever roles he has himself.
TEST(OnWatch, WhoeverStandsInForOneOfTheRoleIsCalledInHisPlace) {
  RotaBook book = leaders_by_turns();
  EXPECT_EQ(leaders_of(book), Names{"zhou"});
  book.changes.overrides = {stand_in("zhao", "zhou")};
  EXPECT_EQ(leaders_of(book), Names{"zhao"}) << "stands in";
  book.changes.overrides = {stand_in("zhao", std::nullopt)};
  EXPECT_EQ(leaders_of(book), (Names{"zhou", "zhao"})) << "one more";
  book.changes.overrides[0].alone = true;
  EXPECT_EQ(leaders_of(book), Names{"zhao"}) << "alone";
  book.changes.overrides.clear();
  auto swap = around_noon<ShiftSwap>("s1", "leader");
  swap.asked_by = "zhou";
  swap.taker = "zhao";
  swap.accepted_at = noon() - std::chrono::hours(2);
  book.changes.swaps = {swap};
  EXPECT_EQ(leaders_of(book), Names{"zhao"}) << "took the shift";
  book.changes.swaps.clear();
  auto schedule = around_noon<TemporarySchedule>("t1", "leader");
  schedule.shifts = {{"zhao", schedule.from, schedule.until, 0}};
  book.changes.temporary = {schedule};
  EXPECT_EQ(leaders_of(book), Names{"zhao"}) << "for the time of it";
  book.changes.temporary.clear();
  book.rotas[1].dates = {{"zhao", schedule.from, schedule.until, 9}};
  EXPECT_EQ(leaders_of(book), Names{"zhao"}) << "by date";
}

TEST(OnWatch, InARotaOfSeveralRolesTheOneWhoStandsInForTheRoleCounts) {
  RotaBook book = leaders_by_turns();
  book.rotas[1].rules[0].persons = {"zhou", "li"};
  EXPECT_EQ(leaders_of(book), Names{"zhou"}) << "li is a seat";
  book.changes.overrides = {stand_in("zhao", "zhou")};
  EXPECT_EQ(leaders_of(book), Names{"zhao"});
  book.changes.overrides = {stand_in("zhao", "li")};
  EXPECT_EQ(leaders_of(book), Names{"zhou"}) << "who stands in for the seat is none";
}

TEST(OnWatch, ALeaveWithoutAStandInLeavesNobodyOfTheRole) {
  RotaBook book = leaders_by_turns();
  DutyLeave leave;
  leave.person = "zhou";
  leave.from = noon() - std::chrono::hours(1);
  leave.until = noon() + std::chrono::hours(1);
  book.changes.leaves = {leave};
  EXPECT_EQ(leaders_of(book), Names());
}

TEST(OnWatch, ARotaOfSingleDatesOrOfTemporarySchedulesIsTheRolesToo) {
  RotaBook book = leaders_by_turns();
  book.rotas[1].rules.clear();
  EXPECT_EQ(leaders_of(book), (Names{"zhou", "zheng"})) << "no rota has any: all of them";
  const DatedShift now{"zheng", noon() - std::chrono::hours(4), noon() + std::chrono::hours(4), 0};
  book.rotas[1].dates = {now};
  EXPECT_EQ(leaders_of(book), Names{"zheng"});
  EXPECT_EQ(leaders_of(book, noon() + std::chrono::hours(5)), Names()) << "a gap of the rota";
  book.rotas[1].dates.clear();
  auto schedule = around_noon<TemporarySchedule>("t1", "leader");
  schedule.shifts = {now};
  book.changes.temporary = {schedule};
  EXPECT_EQ(leaders_of(book), Names{"zheng"});
}

// A leader who sits at the desk for a day does not take the role out of its other people's hands.
TEST(OnWatch, OneWhoHelpsOutInARotaOfOthersIsAddedAndTakesNobodysPlace) {
  RotaBook book = two_seats();
  book.persons.push_back({"zheng", "郑", {"team_leader"}});
  auto help = stand_in("zheng", "li");
  help.rota = "seat";
  book.changes.overrides = {help};
  EXPECT_EQ(leaders_of(book), (Names{"zhou", "zheng"})) << "no rota is theirs";
  book = leaders_by_turns();
  book.changes.overrides = {help};
  EXPECT_EQ(leaders_of(book), (Names{"zheng", "zhou"})) << "both are on duty";
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
