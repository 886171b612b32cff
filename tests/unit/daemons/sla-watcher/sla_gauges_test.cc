// Goal: what the page of metrics says of the clocks is what the tables say.
#include "daemons/sla-watcher/sla_gauges.h"

#include "daemons/sla-watcher/rules_file.h"
#include "tests/support/log_lines.h"
#include "tests/unit/daemons/sla-watcher/sla_fixture.h"

namespace jieban {
namespace {

using std::chrono::minutes;

bool shows(SlaFixture& sla, const std::string& line) {
  return sla.metrics.expose().find(line + "\n") != std::string::npos;
}

TEST(SlaGauges, ShowTheRunningClocksTheNextDeadlineAndWhatWasTold) {
  SlaFixture sla;
  Settings settings = *parse_settings("", "sla-watcher.yaml", sla_watcher_parameters());
  SlaGauges gauges(sla.core());
  EdgeContext context = sla.context(settings);
  ASSERT_TRUE(gauges.start(context).ok());
  gauges.observe(sla.read());
  EXPECT_TRUE(shows(sla, "jieban_clocks_running 0"));
  EXPECT_TRUE(shows(sla, "jieban_next_deadline_seconds 0"));

  sla.open_order(1, "emergency");
  gauges.observe(sla.read());
  EXPECT_TRUE(shows(sla, "jieban_clocks_running 2"));
  EXPECT_TRUE(shows(sla, "jieban_next_deadline_seconds 300"));

  sla.now += minutes(10) + Duration(1);
  while (sla.next_due() <= sla.now) {
    for (const Signal& signal : sla.tick().signals) gauges.signalled(signal);
  }
  EXPECT_TRUE(shows(sla, "jieban_deadlines_warned_total 3"));
  EXPECT_TRUE(shows(sla, "jieban_deadlines_breached_total 1"));
}

TEST(SlaGauges, ShowWhatStandsStillAndLogWhatBelongedToNoClock) {
  LogLines lines;
  SlaFixture sla(whole_catalogue());
  Settings settings = *parse_settings("", "sla-watcher.yaml", sla_watcher_parameters());
  SlaGauges gauges(sla.core());
  EdgeContext context = sla.context(settings);
  ASSERT_TRUE(gauges.start(context).ok());
  sla.open_order(1);
  sla.move(1, "order.clock_paused", SlaFixture::Arguments{{"reason", "return_pending"}});
  gauges.observe(sla.read());
  EXPECT_TRUE(shows(sla, "jieban_clocks_running 2"));
  EXPECT_TRUE(shows(sla, "jieban_clocks_paused 2"));
  EXPECT_TRUE(shows(sla, "jieban_orders_calendar_missing 0"));
  gauges.signalled({"timer.orphaned", 7, "sign"});
  EXPECT_TRUE(shows(sla, "jieban_timers_orphaned_total 1"));
  EXPECT_EQ(lines.count("event=timer_orphaned"), 1U);
}

}  // namespace
}  // namespace jieban
