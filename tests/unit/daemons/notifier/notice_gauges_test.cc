// Each step in the life of a notice is counted, and how many wait is shown.
#include "daemons/notifier/notice_gauges.h"

#include <gtest/gtest.h>

#include "common/daemon/common_parameters.h"
#include "tests/unit/daemons/notifier/callout_fixture.h"

namespace jieban {
namespace {

TEST(NoticeGauges, StepsAreCountedAndWaitingNoticesShown) {
  NotifierFixture fixture;
  fixture.load(test_rules());
  MetricRegistry metrics;
  SystemClock clock;
  Inbox inbox;
  auto settings = parse_settings("", "test", common_parameters("notifier"));
  ASSERT_TRUE(settings.ok());
  EdgeContext context{"110102007", "notifier", *settings, clock, inbox, fixture.fold(), metrics};
  NoticeGauges gauges(fixture.core());
  ASSERT_TRUE(gauges.start(context).ok());
  for (const Signal& signal : fixture.warn(75).signals) gauges.signalled(signal);
  auto txn = fixture.fold().environment().read();
  ASSERT_TRUE(txn.ok());
  gauges.observe(*txn);
  std::string page = metrics.expose();
  EXPECT_NE(page.find("jieban_notices_total{step=\"queued\"} 1"), std::string::npos) << page;
  EXPECT_NE(page.find("jieban_notices_total{step=\"abandoned\"} 0"), std::string::npos);
  EXPECT_NE(page.find("jieban_notices_waiting 1"), std::string::npos);
}

// Whoever watches the desk sees that somebody is being called and does not answer, and which
// channel is down.
TEST(NoticeGauges, OpenAlertsChannelsThatAreDownAndGapsAreShown) {
  CalloutFixture desk;
  MetricRegistry metrics;
  SystemClock clock;
  Inbox inbox;
  auto settings = parse_settings("", "test", common_parameters("notifier"));
  ASSERT_TRUE(settings.ok());
  EdgeContext context{"110102007", "notifier", *settings, clock, inbox, desk.fold(), metrics};
  NoticeGauges gauges(desk.core());
  ASSERT_TRUE(gauges.start(context).ok());
  const auto page = [&] {
    for (uint64_t i = 0; i < NoticeGauges::kCountPause; ++i) {
      auto txn = desk.fold().environment().read();
      gauges.observe(*txn);
    }
    return metrics.expose();
  };
  EXPECT_NE(page().find("jieban_alerts{state=\"calling\"} 0"), std::string::npos);
  desk.emergency(1, "A-1");
  const std::vector<NoticeRow> due = desk.due("phone").rows;
  ASSERT_EQ(due.size(), 1U);
  ASSERT_EQ(desk.begin(due[0].notice_id, 1), "go");
  desk.end(due[0].notice_id, 1, DeliveryOutcome::denied);
  const std::string later = page();
  EXPECT_NE(later.find("jieban_channel_down{channel=\"phone\"} 1"), std::string::npos) << later;
  EXPECT_EQ(later.find("jieban_alerts{state=\"calling\"} 0"), std::string::npos) << later;
  EXPECT_NE(later.find("jieban_rota_gaps 0"), std::string::npos) << later;
  RotaBook open = two_seats();
  open.rotas[0].cover[0].end = 21 * 3600;
  desk.input(rules_input(Callouts::kRotaName, open));
  desk.advance(std::chrono::minutes(1));
  const std::string with_gaps = page();
  EXPECT_EQ(with_gaps.find("jieban_rota_gaps 0"), std::string::npos) << "from 20 to 21 nobody is";
}

}  // namespace
}  // namespace jieban
