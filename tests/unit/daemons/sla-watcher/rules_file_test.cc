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

Result<ClockRules> load_path(const std::string& path) {
  auto settings =
      parse_settings("rules: {clocks: " + path + "}\n", "s.yaml", sla_watcher_parameters());
  CHECK(settings.ok());
  return load_clock_rules(*settings);
}

Result<ClockRules> load(const std::string& from = "", const std::string& to = "") {
  TempDir dir("/dev/shm");
  std::string text = kGood;
  size_t at = text.find(from);
  CHECK(at != std::string::npos);
  CHECK(write_file(dir.path("clocks.yaml"), text.replace(at, from.size(), to)).ok());
  return load_path(dir.path("clocks.yaml"));
}

std::string place(const Result<ClockRules>& rules) {
  if (rules.ok()) return "nothing is wrong";
  const std::string& message = rules.error().message;
  size_t name = message.find("clocks.yaml:");
  return name == std::string::npos ? message
                                   : message.substr(name, message.find(": ", name) - name);
}

TEST(RulesFile, TheShippedLimitsAreThoseOfTheDomain) {
  auto rules = load_path(std::string(JIEBAN_SOURCE_DIR) + "/config/clocks.yaml");
  ASSERT_TRUE(rules.ok()) << rules.error().message;
  EXPECT_EQ(rules->version, "2026-11");
  EXPECT_EQ(rules->warn_percents, (std::vector<uint64_t>{50, 75, 90}));
  ASSERT_EQ(rules->classes.size(), 5U);
  EXPECT_EQ(Duration(rules->classes.at("emergency").sign), minutes(10));
  EXPECT_EQ(Duration(rules->classes.at("emergency").due), hours(2));
  EXPECT_EQ(Duration(rules->classes.at("utility").due), hours(24));
  EXPECT_EQ(Duration(rules->classes.at("general").sign), minutes(30));
  EXPECT_EQ(Duration(rules->classes.at("general").forward), minutes(60));
  EXPECT_EQ(Duration(rules->classes.at("general").due), hours(24 * 7));
  EXPECT_EQ(Duration(rules->classes.at("complex").due), hours(24 * 15));
  EXPECT_EQ(Duration(rules->classes.at("consult").due), hours(24));
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
