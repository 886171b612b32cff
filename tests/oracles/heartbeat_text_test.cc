// GoAlert's heartbeat row asks that the text names what is silent. A street's heartbeats are the
// city's feed and its imports; what is called out for them is the notifier's own text.
#include "common/alerting/escalation_file.h"
#include "common/domain/notice_step.h"
#include "common/domain/topics.h"
#include "daemons/notifier/inputs.h"
#include "daemons/notifier/notifier.h"
#include "tests/oracles/alertmanager.h"
#include "tests/support/core_harness.h"

namespace jieban::oracles {
namespace {

constexpr const char* kWatchedFeed = R"(version: "1"
routes: {receiver: all, group_by: [topic], group_wait: 0s, group_interval: 5m, repeat_interval: 96h}
times: {}
inhibitions: []
silences: {length_max: 24h, reason_characters_min: 4, never: []}
feed: {otherwise: 60m}
policies: {all: {steps: [{tell: [{person: li}], wait: 24h}]}}
everybody: {default: [{sms: 0s}]}
destinations: {}
)";

// The words of the row, and what stands for them in ours: that nothing comes, and what does not.
const std::map<std::string, std::string, std::less<>> kOurWords = {{"heartbeat", "没有"},
                                                                   {"testone", "来单"}};

std::string text_at_the_hour() {
  CoreHarness<Notifier> desk("notifier");
  NotifierRules rules;
  rules.version = "1";
  rules.attempts_max = 3;
  rules.retry_first_micros = 30'000'000;
  rules.retry_max_micros = 900'000'000;
  rules.templates["call"] = "{summary}";
  ChannelRule& channel = rules.channels.emplace_back();
  channel.name = "phone";
  channel.kind = ChannelKind::spool;
  channel.target = "/nowhere";
  channel.method = "sms";
  desk.input(rules_input(Notifier::kRulesName, rules));
  desk.input(rules_input(Callouts::kRulesName, *parse_alerting_rules(kWatchedFeed, "feed")));
  OrderOpening order;
  order.order_no = "A-1";
  order.order_class = "general";
  desk.event("router", topics::kOrderOpened, 1, order);
  desk.now += std::chrono::minutes(60);
  for (const Event& event : events_of(desk.tick())) {
    if (event.topic != topics::kNoticeQueued) continue;
    return payload_of<NoticeStep>(event).text.value_or("");
  }
  return "";
}

TEST(GoAlertEscalation, TheTextOfASilentHeartbeatNamesIt) {
  TABLE_OR_SKIP(rows) = rows_of("goalert_escalation_timelines.json");
  size_t words = 0;
  for (const Value& row : rows) {
    for (const Value& expected : *member(row, "expected").array()) {
      if (!is_given(expected, "text_has")) continue;
      const std::string text = text_at_the_hour();
      for (const Value& word : *member(expected, "text_has").array()) {
        EXPECT_NE(text.find(kOurWords.at(*word.string())), std::string::npos) << text;
        ++words;
      }
    }
  }
  EXPECT_EQ(words, 2U);
}

}  // namespace
}  // namespace jieban::oracles
