// Goal: the table of DOMAIN §13.2, day by day, shift by shift.
#include "common/duty/duty_cycle.h"

#include <algorithm>
#include <array>

#include "tests/unit/common/duty/duty_fixture.h"

namespace jieban {
namespace {

using namespace duty_test;

std::string at(const DutyCycle& cycle, Timestamp instant) {
  std::string text;
  for (const CycleDuty& each : cycle_at(cycle, shanghai(), instant)) {
    text += each.shift->code + *each.person;
  }
  return text;
}

TEST(DutyCycle, IsTheTableOfFourSeats) {
  const std::array<std::string, 4> days = {"Da", "Db", "Dc", "Dd"};
  const std::array<std::string, 4> nights = {"Nd", "Na", "Nb", "Nc"};
  for (size_t day = 0; day < 40; ++day) {
    const Timestamp morning = local("2026-03-02 08:30") + std::chrono::days(day);
    EXPECT_EQ(at(four_days(), morning), days.at(day % 4)) << day;
    EXPECT_EQ(at(four_days(), morning + std::chrono::hours(12) - Duration(1)), days.at(day % 4));
    EXPECT_EQ(at(four_days(), morning + std::chrono::hours(12)), nights.at(day % 4)) << day;
    EXPECT_EQ(at(four_days(), morning + std::chrono::hours(24) - Duration(1)), nights.at(day % 4));
  }
}

TEST(DutyCycle, RunsBackBeyondItsFirstDay) {
  EXPECT_EQ(at(four_days(), local("2026-03-01 08:30")), "Dd");
  EXPECT_EQ(at(four_days(), local("2026-02-26 08:30")), "Da");
}

TEST(DutyCycle, MorePersonsThanDaysShareTheirShifts) {
  DutyCycle cycle = four_days();
  cycle.persons.emplace_back("e");
  EXPECT_EQ(at(cycle, local("2026-03-02 08:30")), "DaDe");
}

TEST(DutyCycle, WithoutAPatternItIsNobodys) {
  DutyCycle cycle = four_days();
  cycle.pattern.clear();
  EXPECT_EQ(at(cycle, local("2026-03-02 08:30")), "");
}

TEST(DutyCycle, TellsEachChangeOfASpan) {
  std::vector<Timestamp> changes;
  add_changes(four_days(), shanghai(), {local("2026-03-02 09:00"), local("2026-03-03 09:00")},
              changes);
  for (const char* each : {"2026-03-02 20:30", "2026-03-03 08:30"}) {
    EXPECT_NE(std::ranges::find(changes, local(each)), changes.end()) << each;
  }
}

}  // namespace
}  // namespace jieban
