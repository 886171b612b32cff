// The gauges tell what the archive holds.
#include "daemons/archiver/archive_gauges.h"

#include <gtest/gtest.h>

#include "common/daemon/common_parameters.h"
#include "tests/unit/daemons/archiver/day.h"

namespace jieban::archiver_test {
namespace {

TEST(ArchiveGauges, AnEmptyArchiveShowsZeros) {
  Place place;
  MetricRegistry metrics;
  SystemClock clock;
  Inbox inbox;
  auto settings = parse_settings("", "test", common_parameters("archiver"));
  ASSERT_TRUE(settings.ok());
  EdgeContext context{"110102007", "archiver", *settings, clock, inbox, *place.fold, metrics};
  ArchiveGauges gauges(place.core.tables());
  ASSERT_TRUE(gauges.start(context).ok());
  auto txn = place.fold->environment().read();
  ASSERT_TRUE(txn.ok());
  gauges.observe(*txn);
  std::string page = metrics.expose();
  EXPECT_NE(page.find("jieban_archive_events 0"), std::string::npos);
  EXPECT_NE(page.find("jieban_archive_orders 0"), std::string::npos);
}

}  // namespace
}  // namespace jieban::archiver_test
