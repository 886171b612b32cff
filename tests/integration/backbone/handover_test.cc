// Goal: the hand-over of the watch works as operators do it: with the command line, against the
// five programs, also when the router is killed between the two signatures; and the hash that they
// sign is what b2sum of the host computes.
#include <gtest/gtest.h>

#include "common/base/file.h"
#include "common/json/json.h"
#include "tests/integration/backbone/site_checks.h"
#include "tests/integration/backbone/street.h"

namespace jieban {
namespace {

using std::chrono::seconds;
using Words = std::vector<std::string>;

class HandoverByCommandLine : public testing::Test {
 protected:
  void SetUp() override {
    site.start_all();
    ASSERT_TRUE(site.wait_ready(seconds(60))) << site.logs();
  }
  ProgramRun run(const Words& words) {
    Words command = {JIEBAN_BINARY_DIR "/jieban", "--root", site.root()};
    command.insert(command.end(), words.begin(), words.end());
    auto ran = run_program(command, site.root() + "/output", seconds(60));
    CHECK(ran.ok());
    return std::move(*ran);
  }
  Value shown(const std::string& number) {
    // The archive hears of it a moment later.
    for (int i = 0; i < 100; ++i) {
      const ProgramRun ran = run({"--json", "handover", "show", number});
      if (ran.exit_code == 0) return *parse_json(ran.output);
      CHECK(site.wait_drained(seconds(30)));
    }
    return {};
  }
  TestSite site;
};

TEST_F(HandoverByCommandLine, TwoPersonsSignOneLog) {
  const Words sign_out = {"handover",    "out", "--role",         "seat",
                          "--actor",     "li",  "--shift-out",    "NIGHT",
                          "--shift-in",  "DAY", "--instructions", "秘密交办",
                          "--equipment", "正常"};
  ProgramRun ran = run(sign_out);
  ASSERT_EQ(ran.exit_code, 0) << ran.output << site.logs();
  EXPECT_NE(ran.output.find("待接班"), std::string::npos) << ran.output;
  EXPECT_EQ(run(sign_out).exit_code, 1) << "it waits for the second signature";

  const Value log = shown("1");
  const std::string hash = text_at(log, "log_hash");
  const std::string file = site.root() + "/signed_log";
  ASSERT_TRUE(write_file(file, text_at(log, "log")).ok());
  auto sum =
      run_program({"/usr/bin/b2sum", "-l", "256", file}, site.root() + "/output", seconds(10));
  ASSERT_TRUE(sum.ok());
  EXPECT_TRUE(sum->output.starts_with(hash + " ")) << sum->output;

  site.kill("router");
  site.start("router");
  ASSERT_TRUE(site.wait_ready(seconds(60))) << site.logs();
  ran = run({"handover", "in", "--role", "seat", "--actor", "li", "--hash", hash});
  EXPECT_EQ(ran.exit_code, 1) << "the same person";
  ran = run({"handover", "in", "--role", "seat", "--actor", "zhao", "--hash", hash});
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  ASSERT_TRUE(site.wait_drained(seconds(30)));
  ran = run({"handover", "show", "1"});
  EXPECT_NE(ran.output.find("哈希：" + hash + "（一致）"), std::string::npos) << ran.output;
  EXPECT_NE(ran.output.find("zhao"), std::string::npos) << ran.output;
  EXPECT_EQ(ran.output.find("秘密交办"), std::string::npos);
  ran = run({"handover", "list"});
  EXPECT_NE(ran.output.find("NIGHT→DAY"), std::string::npos) << ran.output;
  EXPECT_EQ(run({"handover", "show", "2"}).exit_code, 1) << "there is none";
}

// DOMAIN §13.3: no oral hand-over, and the supervisor reads the log daily.
TEST_F(HandoverByCommandLine, WhatIsWrittenByHandIsReadByThoseWhoMayAndTheReadingIsRecorded) {
  const auto taken = [&](const Words& words) {
    const ProgramRun ran = run(words);
    EXPECT_EQ(ran.exit_code, 0) << ran.output << site.logs();
  };
  taken({"handover", "note", "--role", "seat", "--actor", "li", "--kind", "event", "--text",
         "凌晨三点停电十分钟"});
  taken({"handover", "out", "--role", "seat", "--actor", "li", "--shift-out", "NIGHT", "--shift-in",
         "DAY", "--instructions", "秘密交办", "--equipment", "正常"});
  shown("1");
  for (const char* role : {"operator", "unit"}) {
    const ProgramRun ran = run({"handover", "show", "1", "--role", role, "--actor", "sun"});
    EXPECT_EQ(ran.exit_code, 0) << ran.output;
    EXPECT_NE(ran.output.find("坐席、班组长、街道领导"), std::string::npos) << ran.output;
    EXPECT_EQ(ran.output.find("秘密交办"), std::string::npos) << ran.output;
  }
  ProgramRun ran = run({"handover", "show", "1", "--role", "street_leader", "--actor", "qian"});
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  for (const char* said : {"领导交办：秘密交办", "设备状态：正常", "凌晨三点停电十分钟"}) {
    EXPECT_NE(ran.output.find(said), std::string::npos) << said << "\n" << ran.output;
  }
  EXPECT_EQ(ran.output.find("查阅："), std::string::npos) << "nobody before: " << ran.output;
  ASSERT_TRUE(site.wait_drained(seconds(30)));
  ran = run({"handover", "show", "1"});
  EXPECT_NE(ran.output.find("qian 街道领导"), std::string::npos) << ran.output;
  EXPECT_EQ(ran.output.find(" sun"), std::string::npos) << "he has seen nothing: " << ran.output;
  ran = run({"record", "list", "--kind", "handover_reading"});
  EXPECT_NE(ran.output.find("qian"), std::string::npos) << ran.output;
  EXPECT_EQ(site.logs().find("秘密交办"), std::string::npos);

  site.kill("receiver");
  ran = run({"handover", "show", "1", "--role", "seat", "--actor", "li"});
  EXPECT_EQ(ran.exit_code, 0) << "the log is shown all the same: " << ran.output;
  EXPECT_NE(ran.output.find("手写内容未显示"), std::string::npos) << ran.output;
}

}  // namespace
}  // namespace jieban
