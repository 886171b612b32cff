// Goal: the silence of the notifier itself ends on a phone, over no daemon of ours.
// Method: the real notifier is killed; jieban-last-call, which systemd would start each minute,
// goes by a real Kannel to a telephone.
#include <gtest/gtest.h>

#include <iostream>

#include "common/base/file.h"
#include "tests/integration/chain/chain_site.h"
#include "tests/support/wait_until.h"
#include "tools/site/child_process.h"

namespace jieban {
namespace {

constexpr std::chrono::seconds kRings{40};
constexpr std::chrono::seconds kLook{30};
constexpr int kNobodyTold = 75;
constexpr int kWrongConfiguration = 78;

class LastCallSite : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(site_.start(), "") << site_.logs();
    configure("team_leader");
  }
  void TearDown() override {
    if (HasFailure()) std::cerr << site_.logs();
  }
  void configure(const std::string& role) {
    const std::string etc = site_.site().root() + "/etc/";
    const std::string text =
        "watch:\n  url: http://" + site_.site().site().daemon("notifier").ops_address +
        "/healthz\n  after: 0s\n  state: " + etc + "outage.json\nrules:\n  notices: " + etc +
        "notices.yaml\n  rota: " + etc + "rota.yaml\ncontacts:\n  file: " + etc +
        "contacts.yaml\nspool:\n  directory: " + etc + "spool\ncall:\n  role: \"" + role + "\"\n";
    ASSERT_TRUE(write_file(path(), text).ok());
  }
  std::string path() { return site_.site().root() + "/etc/last-call.yaml"; }
  int look(const std::string& more = "") {
    std::vector<std::string> command = {JIEBAN_BINARY_DIR "/jieban-last-call", "--config", path()};
    if (!more.empty()) command.push_back(more);
    auto run = run_program(command, site_.site().root() + "/look", kLook);
    if (!run.ok()) return -1;
    printed_ = run->output;
    return run->exit_code;
  }
  bool is_rung(const std::string& number, const std::string& words) {
    return wait_until([&] { return site_.on_phone(number).starts_with(words); }, kRings);
  }

  ChainSite site_;
  std::string printed_;
};

TEST_F(LastCallSite, TheLeadersPhoneRingsWhenTheNotifierIsGoneAndWhenItIsBack) {
  EXPECT_EQ(look(), 0);
  site_.site().kill("notifier");
  EXPECT_EQ(look(), 0) << printed_;
  EXPECT_TRUE(is_rung(kZhousPhone, "【接办停机】")) << site_.on_phone(kZhousPhone);
  EXPECT_EQ(printed_.find(kZhousPhone), std::string::npos) << "no number in a log";
  EXPECT_EQ(look(), 0);
  EXPECT_EQ(printed_.find("last_call"), std::string::npos) << "told, and not yet again";
  EXPECT_EQ(site_.on_phone(kLisPhone), "") << "no team leader";
  site_.text("10086", "hello");  // what the telephone had got is forgotten
  site_.site().start("notifier");
  ASSERT_TRUE(
      wait_until([&] { return site_.site().wait_ready(Duration(0), {"notifier"}); }, kRings));
  EXPECT_EQ(look(), 0) << printed_;
  EXPECT_TRUE(is_rung(kZhousPhone, "【接办恢复】")) << site_.on_phone(kZhousPhone);
}

TEST_F(LastCallSite, WhoCallsNobodyAndWhoIsConfiguredWronglySaysSo) {
  EXPECT_EQ(look("--check-config"), 0) << printed_;
  configure("nobody_has_this");
  site_.site().kill("notifier");
  EXPECT_EQ(look(), kNobodyTold);
  EXPECT_NE(printed_.find("nobody could be told"), std::string::npos) << printed_;
  ASSERT_TRUE(write_file(path(), "watch: {after: soon}\n").ok());
  EXPECT_EQ(look("--check-config"), kWrongConfiguration);
  EXPECT_NE(printed_.find("last-call.yaml:1:"), std::string::npos) << printed_;
}

}  // namespace
}  // namespace jieban
