// Each step in the life of a notice is counted, and how many wait is shown.
#include "daemons/notifier/notice_gauges.h"

#include <gtest/gtest.h>

#include "common/daemon/common_parameters.h"
#include "tests/unit/daemons/notifier/notifier_fixture.h"

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

}  // namespace
}  // namespace jieban
