// Goal: the shipped limits load, and each fault in the file is told with its place.
#include "daemons/sla-watcher/rules_file.h"

#include <gtest/gtest.h>

#include "common/base/check.h"
#include "common/base/file.h"
#include "tests/support/temp_dir.h"

namespace jieban {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

const std::string kGood = R"(version: "2"
official: false
warn_fractions: [50, 75]
classes:
  emergency: {sign: 10m, forward: 10m, due: 2h}
  general: {sign: 30m, forward: 1h, due: 7d}
class_rules:
  - {class: general}
)";

Result<ClockRules> load_path(const std::string& path, const std::string& calendar = "") {
  auto settings = parse_settings("rules: {clocks: " + path + ", calendar: \"" + calendar + "\"}\n",
                                 "s.yaml", sla_watcher_parameters());
  CHECK(settings.ok());
  return load_clock_rules(*settings);
}

Result<ClockRules> load(const std::string& from = "", const std::string& to = "",
                        const std::string& calendar = "") {
  TempDir dir("/dev/shm");
  std::string text = kGood;
  size_t at = text.find(from);
  CHECK(at != std::string::npos);
  CHECK(write_file(dir.path("clocks.yaml"), text.replace(at, from.size(), to)).ok());
  return load_path(dir.path("clocks.yaml"), calendar);
}

std::string place(const Result<ClockRules>& rules) {
  if (rules.ok()) return "nothing is wrong";
  const std::string& message = rules.error().message;
  size_t name = message.find("clocks.yaml:");
  return name == std::string::npos ? message
                                   : message.substr(name, message.find(": ", name) - name);
}

// The table of DOMAIN §4.3, cell by cell: minutes, or minutes before the due time.
struct CatalogueRow {
  ClockKind clock;
  std::array<int64_t, 5> limits;  // emergency, utility, general, complex, consult
};
constexpr int64_t kHour = 60;
constexpr int64_t kDay = 24 * kHour;
constexpr std::array<CatalogueRow, 10> kCatalogue = {{
    {ClockKind::sign, {10, 15, 30, 30, 30}},
    {ClockKind::forward, {10, 15, 60, 60, 60}},
    {ClockKind::return_window, {30, 2 * kHour, kDay, kDay, kDay}},
    {ClockKind::contact, {30, 2 * kHour, kDay, kDay, kDay}},
    {ClockKind::internal, {kHour, 16 * kHour, -kDay, -2 * kDay, -12 * kHour}},
    {ClockKind::audit, {15, kHour, 4 * kHour, 8 * kHour, 2 * kHour}},
    {ClockKind::due, {2 * kHour, kDay, 7 * kDay, 15 * kDay, kDay}},
    {ClockKind::redo, {kHour, 4 * kHour, kDay, 2 * kDay, kDay}},
    {ClockKind::appeal, {3 * kDay, 3 * kDay, 3 * kDay, 3 * kDay, 3 * kDay}},
    {ClockKind::review, {10 * kDay, 10 * kDay, 10 * kDay, 10 * kDay, 10 * kDay}},
}};

TEST(RulesFile, TheShippedLimitsAreThoseOfTheDomain) {
  auto rules = load_path(std::string(JIEBAN_SOURCE_DIR) + "/config/clocks.yaml");
  ASSERT_TRUE(rules.ok()) << rules.error().message;
  EXPECT_EQ(rules->version, "2026-12");
  ASSERT_EQ(rules->classes.size(), 5U);
  constexpr std::array<const char*, 5> kClasses = {"emergency", "utility", "general", "complex",
                                                   "consult"};
  for (size_t i = 0; i < kClasses.size(); ++i) {
    const ClassRules& of_class = rules->classes.at(kClasses.at(i));
    for (const CatalogueRow& row : kCatalogue) {
      const auto& limit = of_class.limit(row.clock);
      ASSERT_TRUE(limit.has_value());
      const int64_t minutes_of = row.limits.at(i);
      EXPECT_EQ(Duration(limit->span), minutes(std::abs(minutes_of)))
          << kClasses.at(i) << " " << to_string(row.clock);
      EXPECT_EQ(limit->before_due.value_or(false), minutes_of < 0);
      EXPECT_EQ(limit->kind(), CalendarKind::natural);
    }
    EXPECT_TRUE(of_class.pauses.empty());
    EXPECT_EQ(of_class.extension.count, 1U);
  }
}

TEST(RulesFile, TheShippedLadderIsThatOfTheDomain) {
  auto rules = load_path(std::string(JIEBAN_SOURCE_DIR) + "/config/clocks.yaml");
  ASSERT_TRUE(rules.ok()) << rules.error().message;
  const Ladder& ladder = rules->ladder;
  ASSERT_EQ(ladder.rungs.size(), 3U);
  EXPECT_EQ(ladder.rungs[0].percent, 50U);
  EXPECT_EQ(ladder.rungs[1].percent, 75U);
  EXPECT_EQ(ladder.rungs[1].level, "yellow");
  EXPECT_EQ(Duration(*ladder.rungs[1].left), hours(24));
  EXPECT_EQ(Duration(*ladder.rungs[2].left), hours(4));
  EXPECT_EQ(Duration(ladder.left_from), hours(48));
  EXPECT_EQ(Duration(ladder.repeat), hours(2));
  EXPECT_TRUE(ladder.is_short(ClockKind::sign, "general"));
  EXPECT_TRUE(ladder.is_short(ClockKind::due, "emergency"));
}

// A street's file from before the catalogue goes on as it was.
TEST(RulesFile, AnOlderFileStillReads) {
  auto rules = load();
  ASSERT_TRUE(rules.ok()) << rules.error().message;
  EXPECT_EQ(rules->ladder.rungs.size(), 2U);
  EXPECT_EQ(rules->ladder.repeat, 0);
  EXPECT_FALSE(rules->classes.at("general").contact.has_value());
}

TEST(RulesFile, AClockThatCountsDaysNeedsACalendar) {
  const std::string due = "due: {limit: 5d, calendar: workday, rounding: day_end}";
  auto without = load("due: 7d", due);
  ASSERT_FALSE(without.ok());
  EXPECT_NE(without.error().message.find("rules.calendar"), std::string::npos);
  const std::string office = std::string(JIEBAN_SOURCE_DIR) + "/config/calendar/office.yaml";
  auto with = load("due: 7d", due, office);
  ASSERT_TRUE(with.ok()) << with.error().message;
  EXPECT_EQ(with->calendar->years.size(), 8U);
  auto none = load("due: 7d", due, "/nowhere/office.yaml");
  ASSERT_FALSE(none.ok());
  EXPECT_NE(none.error().message.find("/nowhere/office.yaml"), std::string::npos);
}

TEST(RulesFile, AFaultIsToldWithFileLineAndColumn) {
  struct Fault {
    const char* from;
    const char* to;
    const char* place;
  };
  const std::vector<Fault> faults = {
      {"", "", "nothing is wrong"},
      {"[50, 75]", "[75, 50]", "clocks.yaml:3:22"},
      {"[50, 75]", "[50, 50]", "clocks.yaml:3:22"},
      {"[50, 75]", "[0, 75]", "clocks.yaml:3:18"},
      {"[50, 75]", "[50, 100]", "clocks.yaml:3:22"},
      {"sign: 10m", "sign: 10", "clocks.yaml:5:21"},
      {"sign: 10m", "sign: 0m", "clocks.yaml:5:21"},
      {"sign: 10m, ", "", "clocks.yaml:5:14"},
      {"sign: 10m", "sgin: 10m", "clocks.yaml:5:15"},
      {"version: \"2\"\n", "", "clocks.yaml:1:1"},
      {"official", "officia1", "clocks.yaml:2:1"},
  };
  for (const Fault& fault : faults) EXPECT_EQ(place(load(fault.from, fault.to)), fault.place);
}

// The router gives these two whatever the class rules say.
TEST(RulesFile, TheClassesThatNeedNoRuleMustHaveLimits) {
  EXPECT_EQ(place(load("  emergency:", "  urgent:")), "clocks.yaml:5:3");
  EXPECT_EQ(place(load("  general:", "  usual:")), "clocks.yaml:5:3");
}

TEST(RulesFile, AFileThatIsNotThereIsAFault) {
  auto rules = load_path("/nowhere/clocks.yaml");
  ASSERT_FALSE(rules.ok());
  EXPECT_NE(rules.error().message.find("/nowhere/clocks.yaml"), std::string::npos);
}

}  // namespace
}  // namespace jieban
