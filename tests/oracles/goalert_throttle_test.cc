// GoAlert's limits of one destination: every row, and its defaults against what is shipped.
#include <algorithm>

#include "common/alerting/escalation_file.h"
#include "common/alerting/throttle.h"
#include "common/json/json.h"
#include "tests/oracles/alertmanager.h"

namespace jieban::oracles {
namespace {

const Timestamp kStart = from_micros(1'700'000'000'000'000);

std::vector<RateLimit> limits_of(const Value& list) {
  std::vector<RateLimit> limits;
  for (const Value& said : *list.array()) {
    const bool smooth = is_given(said, "smooth") && *said.find("smooth")->boolean();
    limits.push_back(
        {uint64_t(integer_at(said, "count")), uint64_t(micros_of(member(said, "per_s"))), smooth});
  }
  EXPECT_TRUE(check_limits(limits).ok());
  return limits;
}

// "08:37:00" of one day.
Timestamp time_of(const std::string& text) { return utc("2026-03-02 " + text); }

// What was sent before the question; it may be more than the limits allow.
void check_next(const Value& row, const std::vector<RateLimit>& limits) {
  ThrottleRow sent;
  for (const Value& at : *member(row, "sent_at_s").array()) {
    sent.sent.push_back(kStart + Duration(micros_of(at)));
  }
  std::ranges::sort(sent.sent);
  Timestamp now = kStart;
  for (const Value& expected : *member(row, "expected_next_s").array()) {
    now = earliest(sent, limits, now);
    EXPECT_EQ(now - kStart, Duration(micros_of(expected)));
    EXPECT_FALSE(now > kStart && take(sent, limits, now - Duration(1)));
    EXPECT_TRUE(take(sent, limits, now));
  }
}

void check_ask(const Value& row, const std::vector<RateLimit>& limits) {
  ThrottleRow sent;
  for (const Value& at : *member(row, "sent_at").array())
    sent.sent.push_back(time_of(*at.string()));
  std::ranges::sort(sent.sent);
  const Timestamp asked = time_of(text_at(row, "ask_at"));
  EXPECT_EQ(earliest(sent, limits, asked) > asked, *member(row, "expected_in_cooldown").boolean());
}

void check_sequence(const Value& row, const std::vector<RateLimit>& limits) {
  ThrottleRow sent;
  for (const Value& at : *member(row, "sequence").array()) {
    EXPECT_NE(take(sent, limits, time_of(*at.string())),
              *member(row, "expected_in_cooldown").boolean())
        << *at.string();
  }
}

TEST(GoAlertThrottle, EveryRowAgrees) {
  TABLE_OR_SKIP(rows) = rows_of("goalert_message_throttle.json");
  for (const Value& row : rows) {
    SCOPED_TRACE(text_at(row, "case"));
    const std::vector<RateLimit> limits = limits_of(member(row, "rules"));
    if (is_given(row, "expected_next_s")) {
      check_next(row, limits);
    } else {
      is_given(row, "ask_at") ? check_ask(row, limits) : check_sequence(row, limits);
    }
  }
  EXPECT_EQ(rows.size(), 8U);
}

TEST(GoAlertThrottle, ItsDefaultsAreShipped) {
  if (!collection_is_here()) GTEST_SKIP() << "the oracle tables are not here";
  static const std::map<std::string, std::string> kNames = {{"all", "person_all"},
                                                            {"sms/voice/email any", "person_phone"},
                                                            {"alert voice", "alert_voice"},
                                                            {"alert sms", "alert_sms"}};
  static const std::map<std::string, std::string> kNotOurs = {
      {"on-call status", "nobody is sent a message that his watch begins or ends"},
      {"alert status", "nobody is sent a message that an alert was acknowledged or is over"}};
  const Value table = whole_table("goalert_message_throttle.json");
  Unapplied unapplied;
  auto rules = load_alerting_rules(JIEBAN_SOURCE_DIR "/config/escalation.yaml");
  ASSERT_TRUE(rules.ok()) << rules.error().message;
  size_t compared = 0;
  for (const auto& [name, limits] : *member(table, "defaults_per_contact_method").object()) {
    const auto reason = kNotOurs.find(name);
    if (reason != kNotOurs.end()) {
      unapplied.add(name, reason->second);
      continue;
    }
    EXPECT_EQ(rules->destinations[kNames.at(name)].throttle.limits, limits_of(limits)) << name;
    ++compared;
  }
  EXPECT_EQ(compared, kNames.size());
  EXPECT_EQ(unapplied.size(), kNotOurs.size());
}

}  // namespace
}  // namespace jieban::oracles
