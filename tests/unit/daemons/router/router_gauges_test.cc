// Goal: what the page of metrics says of the orders is what the tables say.
#include "daemons/router/router_gauges.h"

#include "common/routing/rules_file.h"
#include "tests/unit/daemons/router/router_fixture.h"

namespace jieban {
namespace {

bool shows(RouterFixture& router, const std::string& line) {
  return router.metrics.expose().find(line + "\n") != std::string::npos;
}

TEST(RouterGauges, ShowHowManyOrdersStandWhereAndHowOldTheOldestUnsignedIs) {
  RouterFixture router;
  Settings settings = *parse_settings("", "router.yaml", router_parameters());
  RouterGauges gauges(router.core());
  EdgeContext context = router.context(settings);
  ASSERT_TRUE(gauges.start(context).ok());
  EXPECT_TRUE(shows(router, "jieban_orders{state=\"NEW\"} 0"));

  router.receive(1);
  router.now += std::chrono::seconds(30);
  router.receive(2);
  router.clock.set(router.now + std::chrono::seconds(10));
  gauges.observe(router.read());
  EXPECT_TRUE(shows(router, "jieban_orders{state=\"NEW\"} 2"));
  EXPECT_TRUE(shows(router, "jieban_oldest_unsigned_seconds 40"));

  router.command(1, "sign");
  gauges.observe(router.read());
  EXPECT_TRUE(shows(router, "jieban_orders{state=\"NEW\"} 1"));
  EXPECT_TRUE(shows(router, "jieban_orders{state=\"DISPATCHED\"} 1"));
  EXPECT_TRUE(shows(router, "jieban_oldest_unsigned_seconds 10"));

  router.command(2, "sign");
  gauges.observe(router.read());
  EXPECT_TRUE(shows(router, "jieban_oldest_unsigned_seconds 0"));
}

}  // namespace
}  // namespace jieban
