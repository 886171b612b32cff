// The Prometheus configuration and the alert rules, by promtool, as they are shipped.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>

#include "common/base/file.h"
#include "common/base/limits.h"
#include "common/config/document.h"
#include "tests/support/temp_dir.h"
#include "tools/site/child_process.h"

namespace jieban {
namespace {

constexpr char kPromtool[] = "/usr/bin/promtool";
constexpr char kFolder[] = JIEBAN_SOURCE_DIR "/config/prometheus";
constexpr std::chrono::seconds kPatience{60};

std::string shipped(const std::string& name) { return std::string(kFolder) + "/" + name; }

ProgramRun promtool(std::vector<std::string> arguments) {
  TempDir scratch;
  arguments.insert(arguments.begin(), kPromtool);
  auto run = run_program(arguments, scratch.path("output"), kPatience);
  EXPECT_TRUE(run.ok()) << run.error().message;
  return run.ok() ? *run : ProgramRun{-1, ""};
}

std::vector<std::string> rule_tests() {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator(shipped("tests"))) {
    paths.push_back(entry.path().string());
  }
  return paths;
}

Value yaml(const std::string& path) {
  auto file = Document::load(path, limits::kRulesBytesMax);
  EXPECT_TRUE(file.ok()) << file.error().message;
  return file.ok() ? file->root().to_value() : Value();
}

// What the tests say of one alert.
struct Seen {
  bool firing = false;
  bool quiet = false;
};

void note_tests(const Value& file, std::map<std::string, Seen>& seen) {
  for (const Value& test : *file.find("tests")->array()) {
    for (const Value& alert : *test.find("alert_rule_test")->array()) {
      Seen& row = seen[*alert.find("alertname")->string()];
      (alert.find("exp_alerts")->array()->empty() ? row.quiet : row.firing) = true;
    }
  }
}

TEST(AlertRules, ConfigurationAndRulesAreClean) {
  ProgramRun config = promtool({"check", "config", shipped("prometheus.yml")});
  EXPECT_EQ(config.exit_code, 0) << config.output;
  ProgramRun rules =
      promtool({"check", "rules", "--lint=all", "--lint-fatal", shipped("rules/jieban.yml")});
  EXPECT_EQ(rules.exit_code, 0) << rules.output;
}

TEST(AlertRules, FireWhenTheyShouldAndOnlyThen) {
  std::vector<std::string> arguments = {"test", "rules"};
  for (const std::string& path : rule_tests()) arguments.push_back(path);
  ASSERT_GT(arguments.size(), 2u);
  ProgramRun run = promtool(arguments);
  EXPECT_EQ(run.exit_code, 0) << run.output;
}

TEST(AlertRules, EachIsSeenFiringAndNotFiring) {
  std::map<std::string, Seen> seen;
  for (const std::string& path : rule_tests()) note_tests(yaml(path), seen);
  size_t alerts = 0;
  const Value rules = yaml(shipped("rules/jieban.yml"));
  for (const Value& group : *rules.find("groups")->array()) {
    for (const Value& rule : *group.find("rules")->array()) {
      const std::string& name = *rule.find("alert")->string();
      EXPECT_TRUE(seen[name].firing) << name << " is never seen firing";
      EXPECT_TRUE(seen[name].quiet) << name << " is never seen quiet";
      ++alerts;
    }
  }
  EXPECT_EQ(alerts, seen.size()) << "a test of an alert that does not exist";
}

// A number that somebody wrote down goes stale with the next rule.
TEST(AlertRules, TheReadmesCountThemRight) {
  size_t alerts = 0;
  const Value rules = yaml(shipped("rules/jieban.yml"));
  for (const Value& group : *rules.find("groups")->array()) {
    alerts += group.find("rules")->array()->size();
  }
  const std::string number = std::to_string(alerts);
  for (const auto& [name, words] :
       {std::pair("README.md", "with " + number + " alerts in Chinese"),
        std::pair("README.zh-CN.md", "随附 " + number + " 条中文告警")}) {
    auto text = read_file(std::string(JIEBAN_SOURCE_DIR) + "/" + name, limits::kRulesBytesMax);
    ASSERT_TRUE(text.ok()) << text.error().message;
    EXPECT_NE(text->find(words), std::string::npos) << name << " does not say: " << words;
  }
}

}  // namespace
}  // namespace jieban
