// Goal: who has the desk sees what people are being called for, what becomes of it and what it is
// about, and nobody's name.
#include "daemons/notifier/alert_query.h"

#include "common/json/json.h"
#include "tests/unit/daemons/notifier/callout_fixture.h"

namespace jieban {
namespace {

using std::chrono::minutes;

class AlertDesk : public CalloutFixture {
 public:
  std::vector<Callout> list(const HttpHeaders& query = {}) {
    auto filter = read_alert_filter(query);
    EXPECT_TRUE(filter.ok()) << filter.error().message;
    auto txn = fold().environment().read();
    return list_alerts(*txn, core().callouts().tables(), *filter)->alerts;
  }
  std::vector<std::string> states() {
    std::vector<std::string> states;
    for (const Callout& each : list()) states.emplace_back(to_string(state_of(each)));
    return states;
  }
  Value show(const std::string& key) {
    auto txn = fold().environment().read();
    auto found = find_alert(*txn, core().callouts().tables(), key);
    return found.ok() ? alert_value(*found) : Value(std::string(to_string(found.error().code)));
  }
};
using States = std::vector<std::string>;

TEST(AlertQuery, AnAlertGoesThroughItsStates) {
  AlertDesk desk;
  EXPECT_EQ(desk.states(), States());
  desk.deadline(1, "A-1", "orange");
  EXPECT_EQ(desk.states(), States{"waiting"}) << "for company";
  desk.advance(minutes(1));
  EXPECT_EQ(desk.states(), States{"calling"});
  const std::string key = desk.list().at(0).id;
  AlertAcknowledge ack;
  ack.person = "li";
  ack.via = "cli";
  ack.alert = key;
  EXPECT_EQ(desk.answer(topics::kAlertAcknowledge, ack), "taken");
  EXPECT_EQ(desk.states(), States{"acknowledged"});
  const Value alert = desk.show(key);
  EXPECT_EQ(alert.find("ladder")->find("acknowledged_by")->array()->at(0), Value("li"));
  EXPECT_EQ(*alert.find("code"), Value(code_of(key)));
  EXPECT_EQ(desk.show(code_of(key)), alert) << "as calls name it";
  EXPECT_EQ(desk.show("a0"), Value("not_found"));
  EXPECT_EQ(desk.show(""), Value("not_found"));
}

TEST(AlertQuery, WhatNobodyAnswersIsExhaustedAndWhatIsSilencedIsMuted) {
  AlertDesk desk;
  desk.deadline(1, "A-1", "orange");
  desk.advance(std::chrono::hours(2));
  EXPECT_EQ(desk.states(), States{"exhausted"});
  AlertDesk other;
  other.deadline(1, "A-1", "orange");
  other.advance(minutes(1));
  SilenceAdd silence{"s-1", "topic=deadline", {}, other.now + minutes(30), "zhou", "设备检修"};
  EXPECT_EQ(other.answer(topics::kSilenceAdd, silence), "taken");
  other.advance(minutes(1));
  EXPECT_EQ(other.states(), States{"muted"});
}

TEST(AlertQuery, IsAskedForByStateTopicAndOrderPageByPage) {
  AlertDesk desk;
  desk.emergency(1, "A-1");
  desk.emergency(2, "A-2");
  desk.deadline(3, "A-3", "orange");
  EXPECT_EQ(desk.list().size(), 3U);
  EXPECT_EQ(desk.list({{"topic", "emergency.unsigned"}}).size(), 2U);
  EXPECT_EQ(desk.list({{"order_no", "A-2"}}).size(), 1U);
  EXPECT_EQ(desk.list({{"state", "waiting"}}).size(), 1U);
  auto txn = desk.fold().environment().read();
  AlertFilter filter;
  filter.page_size = 2;
  const AlertPage first = *list_alerts(*txn, desk.core().callouts().tables(), filter);
  ASSERT_TRUE(first.next);
  filter.below = *first.next;
  const AlertPage second = *list_alerts(*txn, desk.core().callouts().tables(), filter);
  EXPECT_EQ(first.alerts.size() + second.alerts.size(), 3U);
  EXPECT_FALSE(second.next);
  EXPECT_EQ(count_alerts(*txn, desk.core().callouts().tables())->at(AlertState::calling), 2U);
}

TEST(AlertQuery, ASlipInAQuestionIsSaid) {
  for (const auto& [name, value] : HttpHeaders{{"stat", "calling"},
                                               {"state", "gone"},
                                               {"page_size", "0"},
                                               {"page_size", "201"},
                                               {"below", std::string("a\0b", 3)}}) {
    EXPECT_FALSE(read_alert_filter({{name, value}}).ok()) << name;
  }
}

}  // namespace
}  // namespace jieban
