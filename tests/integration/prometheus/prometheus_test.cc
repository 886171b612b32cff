// Debian's Prometheus scrapes five running daemons: whatever a panel or a rule asks for is there.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <regex>

#include "common/json/json.h"
#include "tests/integration/prometheus/dashboard.h"
#include "tests/integration/prometheus/watched_desk.h"
#include "tests/support/wait_until.h"

namespace jieban {
namespace {

constexpr std::chrono::seconds kPatience{40};
constexpr int kOrders = 20;

// A rule without what it compares with: what it looks at, whether or not it would fire.
std::string without_comparison(const std::string& promql) {
  static const std::regex kComparison(R"( (==|!=|<=|>=|<|>) -?[0-9.]+( \* [0-9.]+)*)");
  return std::regex_replace(promql, kComparison, "");
}

class WatchedDeskTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    desk_ = std::make_unique<WatchedDesk>();
    auto started = desk_->start();
    ASSERT_TRUE(started.ok()) << started.error().message << "\n" << desk_->logs();
    auto pushed = desk_->push_orders(kOrders);
    ASSERT_TRUE(pushed.ok()) << pushed.error().message << "\n" << desk_->logs();
  }
  static void TearDownTestSuite() { desk_.reset(); }

  static double value_of(const std::string& promql) {
    auto rows = desk_->query(promql);
    if (!rows.ok() || rows->size() != 1) return -1;
    return std::stod(*rows->front().find("value")->array()->at(1).string());
  }

  // Waits until all of them have data; returns those that never had any, and why.
  static std::string without_data(std::vector<Expression> expressions) {
    std::string faults;
    auto has_data = [&](const Expression& expression) {
      auto rows = desk_->query(expression.promql);
      if (!rows.ok()) faults += expression.where + ": " + rows.error().message + "\n";
      return rows.ok() && !rows->empty();
    };
    (void)wait_until(
        [&] {
          faults.clear();
          std::erase_if(expressions, has_data);
          return expressions.empty();
        },
        kPatience);
    for (const Expression& expression : expressions) {
      faults += expression.where + ": no data: " + expression.promql + "\n";
    }
    return faults;
  }

  static std::unique_ptr<WatchedDesk> desk_;
};

std::unique_ptr<WatchedDesk> WatchedDeskTest::desk_;

TEST_F(WatchedDeskTest, AllFiveAreScraped) {
  EXPECT_TRUE(wait_until([] { return value_of("sum(up{job=\"jieban\"})") == 5; }, kPatience));
  auto down = desk_->query("up == 0");
  ASSERT_TRUE(down.ok()) << down.error().message;
  EXPECT_TRUE(down->empty());
}

TEST_F(WatchedDeskTest, FiguresAreThoseOfTheOrders) {
  EXPECT_TRUE(wait_until(
      [] { return value_of("jieban_orders_taken_total{outcome=\"new\"}") == kOrders; }, kPatience));
  EXPECT_TRUE(wait_until([] { return value_of("sum(jieban_orders)") == kOrders; }, kPatience));
  EXPECT_TRUE(wait_until([] { return value_of("jieban_archive_orders") == kOrders; }, kPatience));
  EXPECT_EQ(value_of("jieban_orders{state=\"NEW\"}"), 0) << "signing is automatic here";
}

TEST_F(WatchedDeskTest, EveryPanelHasData) {
  std::vector<Expression> expressions = panel_expressions();
  ASSERT_GT(expressions.size(), 30u);
  EXPECT_EQ(without_data(expressions), "") << desk_->logs();
}

TEST_F(WatchedDeskTest, EveryAlertLooksAtSomethingThatIsThere) {
  auto rules = desk_->ask("/api/v1/rules");
  ASSERT_TRUE(rules.ok()) << rules.error().message;
  std::vector<Expression> expressions;
  for (const Value& group : *rules->find("groups")->array()) {
    for (const Value& rule : *group.find("rules")->array()) {
      std::string whole = *rule.find("query")->string();
      std::string looked_at = without_comparison(whole);
      EXPECT_NE(looked_at, whole) << "an alert compares";
      expressions.push_back({"alert " + *rule.find("name")->string(), looked_at});
    }
  }
  ASSERT_GE(expressions.size(), 20u);
  EXPECT_EQ(without_data(expressions), "") << desk_->logs();
}

TEST_F(WatchedDeskTest, AHealthyDeskCallsNobody) {
  std::string firing;
  EXPECT_TRUE(wait_until(
      [&] {
        auto alerts = desk_->query("ALERTS{severity=\"critical\"}");
        firing = alerts.ok() ? to_json(Value(*alerts)) : alerts.error().message;
        return alerts.ok() && alerts->empty();
      },
      kPatience))
      << firing;
}

TEST_F(WatchedDeskTest, AnExpressionOverNothingIsSeenToHaveNoData) {
  auto rows = desk_->query("jieban_no_such_figure");
  ASSERT_TRUE(rows.ok()) << rows.error().message;
  EXPECT_TRUE(rows->empty());
  EXPECT_FALSE(desk_->query("jieban_orders >").ok());
}

// The last one: the desk is not whole afterwards.
TEST_F(WatchedDeskTest, ADaemonThatEndsIsSeenDown) {
  desk_->stop_daemon("notifier");
  EXPECT_TRUE(wait_until([] { return value_of("up{daemon=\"notifier\"}") == 0; }, kPatience));
  EXPECT_TRUE(wait_until(
      [] {
        return value_of("count(ALERTS{alertname=\"JiebanDaemonDown\", daemon=\"notifier\"})") == 1;
      },
      kPatience));
  EXPECT_EQ(value_of("up{daemon=\"router\"}"), 1) << "the others go on";
}

}  // namespace
}  // namespace jieban
