// Goal: an operator reads in Chinese what people are being called for; what he raises by hand is
// read at the door as Alertmanager's alerts are.
#include "tools/jieban/alert_text.h"

#include <gtest/gtest.h>

#include "common/json/json.h"
#include "daemons/notifier/alert_query.h"
#include "daemons/notifier/alertmanager.h"

namespace jieban {
namespace {

const char* const kAlert =
    R"({"key":"a3f9c","code":"3f9c","topic":"unit.down","severity":"warning","state":"calling",)"
    R"("since":"2026-02-03 12:00:00","count":2,"labels":{"topic":"unit.down","unit":"heat"},)"
    R"("annotations":{"summary":"供热企业停摆","order_id":"7"},)"
    R"("ladder":{"policy":"unit_down","step":1,"cycle":1,"next_at":"2026-02-03 12:10:00",)"
    R"("told":["p-li","p-wu"],"acknowledged_by":[]}})";

TEST(AlertText, AListSaysWhatEachIsAboutAndTheCodeToAnswerWith) {
  auto page = parse_json(std::string(R"({"alerts":[)") + kAlert + R"(],"next":"a3f9c"})");
  ASSERT_TRUE(page.ok());
  const std::string text = alert_list_text(*page);
  for (const char* part :
       {"a3f9c", "3f9c", "呼叫中，无人确认", "供热企业停摆", "下一页：--cursor a3f9c"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
  EXPECT_EQ(alert_list_text(*parse_json(R"({"alerts":[],"next":null})")), "没有未解除的告警。\n");
}

TEST(AlertText, OneTellsItsLadder) {
  const std::string text = alert_text(*parse_json(kAlert));
  for (const char* part :
       {"升级策略  unit_down\n", "已到第几步  1（第 1 轮）\n", "下一步  2026-02-03 12:10:00\n",
        "已呼叫  p-li、p-wu\n", "标签  unit=heat\n", "件数  2\n"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
}

TEST(AlertText, EveryStateHasAWord) {
  std::string names;
  for (const std::string& word : alert_state_words()) names += (names.empty() ? "" : ", ") + word;
  EXPECT_EQ(names, alert_state_names());
}

TEST(AlertText, WhatIsRaisedByHandIsReadAtTheDoor) {
  ToldAlert alert{{{"topic", "unit.down"}, {"unit", "heat"}}, {{"summary", "停摆"}}, false};
  const Timestamp now = *parse_local("2026-02-03 12:00:00");
  auto raised = read_alertmanager(alertmanager_value(alert, now), {});
  ASSERT_TRUE(raised.ok()) << raised.error().message;
  ASSERT_EQ(raised->alerts.size(), 1U);
  ASSERT_TRUE(raised->alerts[0].ok());
  EXPECT_EQ(raised->alerts[0]->labels, alert.labels);
  EXPECT_FALSE(raised->alerts[0]->ends_at);
  alert.ended = true;
  auto ended = read_alertmanager(alertmanager_value(alert, now), {});
  ASSERT_TRUE(ended.ok());
  EXPECT_EQ(ended->alerts[0]->ends_at, now);
}

}  // namespace
}  // namespace jieban
