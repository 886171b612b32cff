// Seen: the token that Alertmanager, or the city's feed, brings was as good as the desk's at every
// door: whoever had it could silence the alarms, acknowledge them in anybody's name and give
// commands. A role stood in clients.yaml, and nobody asked for it.
#include "tests/unit/daemons/notifier/door_harness.h"

namespace jieban {
namespace {

using AFeedCannotSilence = DoorTest;

TEST_F(AFeedCannotSilence, ItBringsAlertsAndNothingElse) {
  const std::string feed = "other-" + kDeskToken;
  EXPECT_EQ(harness.call("POST", "/alertmanager/v2", "{}", feed).status,
            harness.call("POST", "/alertmanager/v2", "{}").status)
      << "whatever is said of it, it is taken from both";
  const std::pair<const char*, const char*> others[] = {
      {"POST", "/api/v1/silences"},
      {"DELETE", "/api/v1/silences/a"},
      {"GET", "/api/v1/notices"},
      {"POST", "/api/v1/notices/n1/ack"},
      {"GET", "/api/v1/notices/a"},
      {"POST", "/api/v1/alerts/a1/ack"},
      {"POST", "/api/v1/alerts/a1/escalate"},
      {"POST", "/api/v1/notices/n1/escalate"},
  };
  for (const auto& [method, target] : others) {
    EXPECT_EQ(harness.call(method, target, "{}", feed).status, 403) << method << " " << target;
    EXPECT_NE(harness.call(method, target, "{}").status, 403) << method << " " << target;
  }
  EXPECT_EQ(harness.core.seen_as<SilenceAdd>(topics::kSilenceAdd).size(), 0u);
}

}  // namespace
}  // namespace jieban
