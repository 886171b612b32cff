// `jieban notice` and `jieban silence`, the program itself, at the notifier's door.
#include <gtest/gtest.h>

#include <sstream>

#include "common/crypto/random.h"
#include "tests/unit/daemons/notifier/door_harness.h"
#include "tools/site/child_process.h"
#include "tools/site/setup.h"

namespace jieban {
namespace {

constexpr std::chrono::seconds kPatience{30};

struct NoticeCli : testing::Test {
  void SetUp() override {
    harness.parts.silences = [](const Transaction&) -> Result<std::vector<SilenceEntry>> {
      SilenceAdd move{"move-1", "unit=urban_office", {}, noon() + std::chrono::hours(1), "desk",
                      "搬家"};
      return std::vector<SilenceEntry>{{move, ""}};
    };
    harness.parts.alerts = [](const AlertFilter& filter, const Transaction&) -> Result<AlertPage> {
      if (filter.topic == "none") return AlertPage();
      return AlertPage{{unit_down()}, std::nullopt};
    };
    harness.parts.alert = [](const std::string& key, const Transaction&) -> Result<Callout> {
      if (key == unit_down().id) return unit_down();
      return Error{ErrorCode::not_found, "没有这个告警，或已结束"};
    };
    ASSERT_TRUE(harness.start().ok());
    harness.put("keys/admin.token", std::string(43, 'a') + "\n");
    SitePlan plan;
    plan.root = root.path("s");
    ASSERT_TRUE(write_configuration(plan, JIEBAN_SOURCE_DIR "/config").ok());
    const std::string file = plan.etc_directory() + "/notifier.yaml";
    auto text = read_file(file, 100'000);
    ASSERT_TRUE(text.ok());
    const std::string shipped = "127.0.0.1:9114";
    const size_t at = text->find(shipped);
    ASSERT_NE(at, std::string::npos);
    text->replace(at, shipped.size(), "127.0.0.1:" + std::to_string(harness.door().port()));
    ASSERT_TRUE(write_file(file, *text).ok());
    harness.plant(notice_row("s:7:sms", "A1"));
  }
  static Callout unit_down() {
    Callout callout;
    callout.id = "a3f9c";
    callout.topic = "unit.down";
    callout.severity = "warning";
    callout.orders = 1;
    callout.shown = {{"topic", "unit.down"}, {"unit", "heating_company"}};
    callout.shown_annotations = {{"summary", "供热企业停摆"}};
    return callout;
  }
  ProgramRun jieban(std::vector<std::string> words) {
    std::vector<std::string> command = {JIEBAN_BINARY_DIR "/jieban", "--root", root.path("s"),
                                        "--keys", harness.path("keys")};
    command.insert(command.end(), words.begin(), words.end());
    auto run = run_program(command, root.path("output"), kPatience);
    EXPECT_TRUE(run.ok());
    return run.ok() ? *run : ProgramRun{-1, ""};
  }
  // That it ends with `code` and says `text`.
  void expect(const std::vector<std::string>& words, int code, const std::string& text) {
    const ProgramRun run = jieban(words);
    EXPECT_EQ(run.exit_code, code) << run.output;
    EXPECT_NE(run.output.find(text), std::string::npos) << run.output;
  }
  TempDir root;
  DoorHarness harness;
};

TEST_F(NoticeCli, ListsAndShowsNotices) {
  expect({"notice", "list"}, 0, "s:7:sms");
  expect({"notice", "list", "--state", "sent"}, 0, "没有符合条件的通知");
  expect({"notice", "list", "--order", "A1", "--from", "2026-02-03 12:00:00", "--limit", "1"}, 0,
         "待发");
  expect({"notice", "list", "--state", "gone"}, 64, "gone");
  expect({"notice", "show", "s:7:sms"}, 0, "内容  【时限预警】工单A1");
  expect({"notice", "show", "s:9:sms"}, 1, "没有这条通知");
  expect({"--json", "notice", "show", "s:7:sms"}, 0, "\"state\": \"queued\"");
}

// Each state that the core knows can be asked for, by the word that its answers have.
TEST_F(NoticeCli, ListsByEveryStateThatThereIs) {
  std::istringstream names(notice_state_names());
  size_t count = 0;
  for (std::string name; std::getline(names >> std::ws, name, ','); ++count) {
    expect({"notice", "list", "--state", name}, 0,
           name == "queued" ? "s:7:sms" : "没有符合条件的通知");
  }
  EXPECT_EQ(count, 9U);
}

TEST_F(NoticeCli, AcknowledgesForAPerson) {
  expect({"notice", "ack", "s:7:sms", "--person", "p-li"}, 0, "已记录");
  expect({"notice", "ack", "--alert", "down/router", "--person", "p-li"}, 0, "已记录");
  auto seen = harness.core.seen_as<AlertAcknowledge>(topics::kAlertAcknowledge);
  ASSERT_EQ(seen.size(), 2u);
  EXPECT_EQ(seen[0].notice_id, "s:7:sms");
  EXPECT_EQ(seen[0].via, "cli");
  EXPECT_EQ(seen[1].alert, "down/router");
  expect({"notice", "ack", "--person", "p-li"}, 64, "二者取一");
  expect({"notice", "ack", "s:7:sms", "--alert", "x", "--person", "p-li"}, 64, "二者取一");
  expect({"notice", "ack", "s:7:sms"}, 64, "--person");
  harness.core.say(Result<std::string>(Error{ErrorCode::refused, "告警已恢复"}));
  expect({"notice", "ack", "s:7:sms", "--person", "p-li"}, 1, "告警已恢复");
}

TEST_F(NoticeCli, WhoIsNobodyAcknowledgesNothing) {
  expect({"notice", "ack", "--alert", "a1", "--person", "nobody-at-all"}, 1, "没有这个人员编号");
  EXPECT_TRUE(harness.core.seen_as<AlertAcknowledge>(topics::kAlertAcknowledge).empty());
}

TEST_F(NoticeCli, EscalatesByHand) {
  expect({"notice", "escalate", "--alert", "a1", "--person", "p-li"}, 0, "已记录");
  expect({"notice", "escalate", "s:7:sms", "--person", "p-li"}, 0, "已记录");
  const auto seen = harness.core.seen_as<AlertEscalate>(topics::kAlertEscalate);
  ASSERT_EQ(seen.size(), 2u);
  EXPECT_EQ(seen[0].alert, "a1");
  EXPECT_EQ(seen[0].via, "cli");
  EXPECT_EQ(seen[1].notice_id, "s:7:sms");
  expect({"notice", "escalate", "--alert", "a1", "--person", "nobody"}, 1, "没有这个人员编号");
  expect({"notice", "escalate", "--person", "p-li"}, 64, "二者取一");
  harness.core.say(Result<std::string>(Error{ErrorCode::refused, "该告警已解除"}));
  expect({"notice", "escalate", "--alert", "a1", "--person", "p-li"}, 1, "该告警已解除");
}

TEST_F(NoticeCli, ListsAndShowsAlertsThatAreOpen) {
  expect({"alert", "list"}, 0, "供热企业停摆");
  expect({"alert", "list", "--topic", "none", "--limit", "1"}, 0, "没有未解除的告警");
  expect({"alert", "list", "--state", "gone"}, 64, "gone");
  expect({"alert", "show", "a3f9c"}, 0, "标签  unit=heating_company");
  expect({"alert", "show", "a0000"}, 1, "没有这个告警");
}

// A unit's outage, which keeps the reminders of its orders back until it is over.
TEST_F(NoticeCli, RaisesAnAlertByHandAndEndsIt) {
  expect({"alert", "raise", "unit.down", "--unit", "heating_company", "--summary", "供热企业停摆",
          "--label", "cause=power"},
         0, "已记录");
  auto seen = harness.core.seen_as<AlertRaised>(topics::kAlertRaised);
  ASSERT_EQ(seen.size(), 1U);
  const std::map<std::string, std::string> labels = {{"topic", "unit.down"},
                                                     {"unit", "heating_company"},
                                                     {"severity", "warning"},
                                                     {"cause", "power"}};
  EXPECT_EQ(seen[0].labels, labels);
  EXPECT_FALSE(seen[0].ends_at);
  expect({"alert", "raise", "unit.down", "--summary", "x", "--label", "cause"}, 64, "名=值");
  expect({"alert", "raise", "unit.down"}, 64, "--summary");
  expect({"alert", "end", "a3f9c"}, 1, "仍未解除");
  seen = harness.core.seen_as<AlertRaised>(topics::kAlertRaised);
  ASSERT_EQ(seen.size(), 2U);
  EXPECT_TRUE(seen[1].ends_at);
  EXPECT_EQ(seen[1].labels, unit_down().shown);
  expect({"alert", "end", "a0000"}, 1, "没有这个告警");
}

TEST_F(NoticeCli, AddsListsAndLiftsSilences) {
  expect({"silence", "add", "--match", "unit=urban_office", "--from", "2026-02-03 12:00:00",
          "--for", "2h", "--reason", "搬家", "--by", "p-li"},
         0, "已记录");
  auto added = harness.core.seen_as<SilenceAdd>(topics::kSilenceAdd);
  ASSERT_EQ(added.size(), 1u);
  EXPECT_EQ(added[0].ends_at, noon() + std::chrono::hours(2));
  EXPECT_EQ(added[0].created_by, "p-li");
  EXPECT_EQ(added[0].matchers, "unit=urban_office");
  expect({"silence", "add", "--match", "a=b", "--reason", "系统检修", "--for", "2h"}, 0, "已记录");
  EXPECT_EQ(harness.core.seen_as<SilenceAdd>(topics::kSilenceAdd).back().created_by, "desk")
      << "the client, where nobody is named";
  expect(
      {"silence", "add", "--match", "a=b", "--reason", "系统检修", "--for", "2h", "--by", "nobody"},
      1, "没有这个人员编号");
  expect({"silence", "add", "--match", "a=b", "--reason", "x"}, 64, "二者取一");
  expect({"silence", "add", "--match", "a=b", "--reason", "x", "--for", "soon"}, 64, "");
  expect({"silence", "list"}, 0, "生效中");
  expect({"silence", "lift", "move-1"}, 0, "已记录");
  ASSERT_EQ(harness.core.seen_as<SilenceLift>(topics::kSilenceLift).size(), 1u);
  EXPECT_EQ(harness.core.seen_as<SilenceLift>(topics::kSilenceLift)[0].id, "move-1");
}

}  // namespace
}  // namespace jieban
