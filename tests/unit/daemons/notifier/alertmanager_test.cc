// Goal: each alert of a batch is read or refused by itself, and never quoted.
#include "daemons/notifier/alertmanager.h"

#include <gtest/gtest.h>

#include "common/json/json.h"
#include "daemons/notifier/safe_text.h"

namespace jieban {
namespace {

const std::string kFiring =
    R"({"status":"firing","labels":{"alertname":"JiebanDaemonDown","daemon":"router"},)"
    R"("annotations":{"summary":"router 无法访问"},"startsAt":"2026-07-18T04:00:00.25Z",)"
    R"("endsAt":"0001-01-01T00:00:00Z","generatorURL":"http://x",)"
    R"("fingerprint":"5ef77f1f8a3ecfe6"})";
const std::string kResolved =
    R"({"status":"resolved","labels":{"alertname":"A"},"annotations":{},)"
    R"("startsAt":"2026-07-18T04:00:00Z","endsAt":"2026-07-18T04:05:00Z"})";

Result<AlertBatch> read(const std::string& text) {
  auto body = parse_json(text);
  EXPECT_TRUE(body.ok()) << body.error().message;
  return read_alertmanager(
      *body, [](std::string_view raw) { return "#" + std::to_string(raw.size()) + raw.back(); });
}
Result<AlertBatch> read_list(const std::string& alerts) {
  return read(R"({"version":"4","groupKey":"{}:{}","alerts":[)" + alerts + "]}");
}
Error refusal_of(const std::string& alert) {
  auto batch = read_list(alert + "," + kFiring);
  EXPECT_TRUE(batch.ok());
  EXPECT_FALSE(batch->alerts.at(0).ok()) << alert;
  EXPECT_TRUE(batch->alerts.at(1).ok()) << "the good one goes through";
  return batch->alerts.at(0).ok() ? Error{} : batch->alerts.at(0).error();
}
std::string with(std::string text, const std::string& what, const std::string& by) {
  const size_t at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return text.replace(at, what.size(), by);
}

TEST(Alertmanager, AFiringAlertHasABeginningAndNoEnd) {
  auto batch = read_list(kFiring);
  ASSERT_TRUE(batch.ok()) << batch.error().message;
  const AlertRaised& alert = *batch->alerts.at(0);
  EXPECT_EQ(alert.source, "alertmanager");
  EXPECT_EQ(alert.labels.at("daemon"), "router");
  EXPECT_EQ(alert.annotations.at("summary"), "router 无法访问");
  EXPECT_EQ(alert.starts_at, *from_civil({2026, 7, 18, 12, 0, 0}) + std::chrono::milliseconds(250));
  EXPECT_EQ(alert.ends_at, std::nullopt);
  auto guessed = read_list(with(kFiring, "0001-01-01T00:00:00Z", "2026-07-18T05:00:00Z"));
  EXPECT_EQ(guessed->alerts.at(0)->ends_at, std::nullopt) << "an end that is only expected";
}

TEST(Alertmanager, AResolvedAlertHasAnEnd) {
  auto batch = read_list(kResolved);
  ASSERT_TRUE(batch.ok());
  EXPECT_EQ(batch->alerts.at(0)->ends_at, *from_civil({2026, 7, 18, 12, 5, 0}));
  EXPECT_EQ(refusal_of(with(kResolved, "2026-07-18T04:05:00Z", "0001-01-01T00:00:00Z")).code,
            ErrorCode::invalid);
}

TEST(Alertmanager, WhatIsNotKnownIsPassedOver) {
  auto batch = read(R"({"version":"4","new":{"a":[1]},"truncatedAlerts":3,"alerts":[)" +
                    with(kFiring, "{\"status\"", "{\"more\":1,\"status\"") + "]}");
  ASSERT_TRUE(batch.ok());
  EXPECT_TRUE(batch->alerts.at(0).ok());
  EXPECT_EQ(batch->truncated, 3u);
  EXPECT_TRUE(read(R"({"version":"4","alerts":[]})")->alerts.empty());
}

TEST(Alertmanager, AFrameThatIsWrongIsRefusedWhole) {
  for (const char* text :
       {"[]", "{}", R"({"version":4,"alerts":[]})", R"({"version":"5","alerts":[]})",
        R"({"version":"4"})", R"({"version":"4","alerts":{}})",
        R"({"version":"4","alerts":[],"truncatedAlerts":-1})",
        R"({"version":"4","alerts":[],"truncatedAlerts":"1"})"}) {
    auto batch = read(text);
    ASSERT_FALSE(batch.ok()) << text;
    EXPECT_EQ(batch.error().code, ErrorCode::invalid);
  }
}

TEST(Alertmanager, AnAlertThatIsWrongIsRefusedAlone) {
  EXPECT_EQ(refusal_of("7").code, ErrorCode::invalid);
  EXPECT_EQ(refusal_of("{}").code, ErrorCode::invalid);
  EXPECT_EQ(refusal_of(with(kFiring, "firing", "burning")).code, ErrorCode::invalid);
  EXPECT_EQ(refusal_of(with(kFiring, "\"labels\"", "\"label\"")).code, ErrorCode::invalid);
  EXPECT_EQ(refusal_of(with(kFiring, "\"router\"", "7")).code, ErrorCode::invalid);
  EXPECT_EQ(refusal_of(with(kFiring, "\"5ef77f1f8a3ecfe6\"", "7")).code, ErrorCode::invalid);
  EXPECT_EQ(refusal_of(with(kFiring, "2026-07-18T04", "2026-07-18X04")).code, ErrorCode::invalid);
  EXPECT_EQ(refusal_of(with(kFiring, "{\"summary\":\"router 无法访问\"}", "[]")).code,
            ErrorCode::invalid);
}

TEST(Alertmanager, ARefusalQuotesNothing) {
  const std::string secret = "13800138000";
  for (const std::string& alert :
       {with(kFiring, "firing", secret), with(kFiring, "2026-07-18T04:00:00.25Z", secret),
        with(kFiring, "\"router\"", "[\"" + secret + "\"]")}) {
    EXPECT_EQ(refusal_of(alert).message.find(secret), std::string::npos);
  }
}

// What the monitoring's rules say is free text, and so is what others post here.
TEST(Alertmanager, NumbersOfPersonsStayOutsideTheDoor) {
  const std::string number = "13900000123";
  auto batch = read_list(with(
      with(kFiring, "router 无法访问", "来电人" + number + "，请回电 a@b.cn"), "\"router\"",
      "\"router " + number + "\",\"instance\":\"127.0.0.1:9102\",\"tel" + number + "\":\"95%\""));
  ASSERT_TRUE(batch.ok() && batch->alerts.at(0).ok());
  const AlertRaised& alert = *batch->alerts.at(0);
  EXPECT_EQ(alert.annotations.at("summary"), "来电人***，请回电 ***");
  EXPECT_EQ(alert.labels, (std::map<std::string, std::string>{{"alertname", "JiebanDaemonDown"},
                                                              {"daemon", "router ***#183"},
                                                              {"instance", "127.0.0.1:9102"},
                                                              {"tel***", "95%"}}))
      << "the core then refuses the last one by its name";
}

TEST(Alertmanager, WhatDiffersInAMaskedNumberOnlyStaysApart) {
  auto batch = read_list(with(kFiring, "\"router\"", "\"20260001\"") + "," +
                         with(kFiring, "\"router\"", "\"20260002\""));
  ASSERT_TRUE(batch.ok());
  EXPECT_EQ(batch->alerts.at(0)->labels.at("daemon"), "***#81");
  EXPECT_EQ(batch->alerts.at(1)->labels.at("daemon"), "***#82");
}

TEST(Alertmanager, AnAnnotationIsNoLongerThanACallCanSay) {
  auto batch = read_list(with(kFiring, "router 无法访问", std::string(3000, 'n') + "\\n"));
  EXPECT_EQ(batch->alerts.at(0)->annotations.at("summary"),
            std::string(kSafeCharactersMax - 1, 'n') + "…");
}

std::string told_of(const std::string& annotations) {
  auto batch = read_list(with(kFiring, R"({"summary":"router 无法访问"})", annotations));
  EXPECT_TRUE(batch.ok() && batch->alerts.at(0).ok());
  return batch->alerts.at(0)->annotations["summary"];
}

// A call without words rings a phone and says nothing.
TEST(Alertmanager, AnAlertWithoutASummaryIsToldByWhatElseItHas) {
  EXPECT_EQ(told_of(R"({"summary":"甲","description":"乙"})"), "甲");
  EXPECT_EQ(told_of(R"({"description":"磁盘将满"})"), "磁盘将满");
  EXPECT_EQ(told_of(R"({"summary":" ","description":"磁盘将满"})"), "磁盘将满");
  EXPECT_EQ(told_of("{}"), "JiebanDaemonDown（daemon=router）");
  auto bare =
      read_list(R"({"status":"firing","labels":{"job":"node","instance":"10.0.0.7:9100"}})");
  ASSERT_TRUE(bare.ok() && bare->alerts.at(0).ok());
  EXPECT_EQ(bare->alerts.at(0)->annotations.at("summary"), "告警（instance=10.0.0.7:9100）");
  auto masked = read_list(R"({"status":"firing","labels":{"alertname":"A13800138011"}})");
  EXPECT_EQ(masked->alerts.at(0)->annotations.at("summary").find("13800138011"), std::string::npos);
}

// Alertmanager does not send again what was refused: for a word too many nobody would be called.
TEST(Alertmanager, NoAlertIsLostForItsAnnotations) {
  EXPECT_EQ(told_of(R"({"summary":"甲","runbook":")" + std::string(5000, 'n') + "\"}"), "甲");
  EXPECT_EQ(told_of(R"({"summary":")" + std::string(90000, 'n') + "\"}"),
            std::string(kSafeCharactersMax - 1, 'n') + "…");
  EXPECT_EQ(told_of(R"({"summary":"甲",")" + std::string(129, 'n') + R"(":"x"})"), "甲");
  std::string many;
  for (int i = 0; i < 80; ++i) many += "\"a" + std::to_string(i) + "\":\"x\",";
  EXPECT_EQ(told_of("{" + many + R"("summary":"甲"})"), "甲");
  auto batch =
      read_list(with(kFiring, R"({"summary":"router 无法访问"})", "{" + many + R"("z":"x"})"));
  ASSERT_TRUE(batch.ok() && batch->alerts.at(0).ok());
  EXPECT_LE(batch->alerts.at(0)->annotations.size(), AlertLimits::kPairsMax);
  // A number across the cut is masked as if there were none.
  const std::string blanks(AlertLimits::kAnnotationBytesMax - 4, ' ');
  EXPECT_EQ(told_of(R"({"summary":"甲)" + blanks + "13800138011\"}").find("1380"),
            std::string::npos);
}

TEST(Alertmanager, SizesAreLimited) {
  const std::string wide(AlertLimits::kLabelBytesMax, 'x');
  EXPECT_TRUE(read_list(with(kFiring, "router\"", wide + "\""))->alerts.at(0).ok());
  EXPECT_EQ(refusal_of(with(kFiring, "router\"", wide + "y\"")).code, ErrorCode::limit);
  EXPECT_EQ(refusal_of(with(kFiring, "daemon", std::string(129, 'n'))).code, ErrorCode::limit);
  std::string many;
  for (int i = 0; i < 63; ++i) many += "\"n" + std::to_string(i) + "\":\"" + wide + "\",";
  EXPECT_EQ(refusal_of(with(kFiring, "\"daemon\"", many + "\"daemon\"")).code, ErrorCode::limit)
      << "65 labels";
  many = many.substr(many.find(',') + 1);
  EXPECT_EQ(refusal_of(with(kFiring, "\"daemon\"", many + "\"daemon\"")).code, ErrorCode::limit)
      << "64 labels of 62 KiB";
  std::string list = kResolved;
  for (size_t i = 1; i < AlertLimits::kAlertsMax; ++i) list += "," + kResolved;
  EXPECT_TRUE(read_list(list).ok());
  auto too_many = read_list(list + "," + kResolved);
  ASSERT_FALSE(too_many.ok());
  EXPECT_EQ(too_many.error().code, ErrorCode::limit);
}

}  // namespace
}  // namespace jieban
