// Goal: the silence of the notifier itself ends on a phone, over no daemon of ours: of one that is
// gone, and of one that lives and cannot work.
// Method: the real notifier is killed, or finds no room to write; jieban-last-call, which systemd
// would start each minute, goes by a real Kannel to a telephone.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <iostream>

#include "common/base/file.h"
#include "tests/integration/chain/chain_site.h"
#include "tests/support/exchange.h"
#include "tests/support/gateways/faulty_front.h"
#include "tests/support/wait_until.h"
#include "tools/site/child_process.h"

namespace jieban {
namespace {

constexpr std::chrono::seconds kRings{40};
constexpr std::chrono::seconds kLook{30};
constexpr int kCannotRemember = 74;
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
  void configure(const std::string& role, const std::string& persons = "[]",
                 const std::string& state = "outage.json") {
    const std::string etc = site_.site().root() + "/etc/";
    const std::string text =
        "watch:\n  url: http://" + site_.site().site().daemon("notifier").ops_address +
        "/healthz\n  after: 0s\n  state: " + etc + state + "\n  copies: " + etc +
        "copies\nrules:\n  notices: " + etc + "notices.yaml\n  rota: " + etc +
        "rota.yaml\ncontacts:\n  file: " + etc + "contacts.yaml\nspool:\n  directory: " + etc +
        "spool\ncall:\n  role: \"" + role + "\"\n  persons: " + persons + "\n";
    ASSERT_TRUE(write_file(path(), text).ok());
  }
  // So long it has to last before anybody is told.
  void after(const std::string& span) {
    auto text = read_file(path(), size_t{1} << 16U);
    ASSERT_TRUE(text.ok());
    exchange(*text, "after: 0s", "after: " + span);
    ASSERT_TRUE(write_file(path(), *text).ok());
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
  // Starts it again, with more in its configuration.
  void restart_notifier(const std::string& more) {
    site_.site().kill("notifier");
    std::ofstream(site_.site().configuration("notifier"), std::ios::app) << more;
    site_.site().start("notifier");
  }
  // What its open page says, in numbers; 0: it does not answer.
  int status_of(const std::string& page) {
    auto answer = site_.site().ops("notifier").get(page);
    return answer.ok() ? answer->status : 0;
  }
  bool is_stalled() {
    auto status = site_.site().status("notifier");
    return status && status->find("stalled") != nullptr && *status->find("stalled")->boolean();
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

TEST_F(LastCallSite, TheLeadersPhoneRingsWhenTheNotifierLivesAndHasNoRoomToWrite) {
  restart_notifier("store:\n  disk_free_min: 1TiB\n");
  ASSERT_TRUE(wait_until([&] { return is_stalled(); }, kRings)) << site_.logs();
  EXPECT_EQ(look(), 0) << printed_;
  EXPECT_TRUE(is_rung(kZhousPhone, "【接办停机】")) << site_.on_phone(kZhousPhone);
  EXPECT_NE(site_.on_phone(kZhousPhone).find("存储或磁盘已满"), std::string::npos)
      << "why: " << site_.on_phone(kZhousPhone);
}

// The slip that keeps a notifier from starting would keep the last call from calling as well.
TEST_F(LastCallSite, ACheckIsOfTheFilesThemselvesAndKeepsNothing) {
  const std::string etc = site_.site().root() + "/etc/";
  for (const bool copies : {false, true}) {
    EXPECT_EQ(look("--check-config"), 0) << printed_;
    EXPECT_EQ(::access((etc + "copies").c_str(), F_OK) == 0, copies);
    EXPECT_EQ(look(), 0) << printed_;
  }
  std::ofstream(etc + "notices.yaml", std::ios::app) << "\nno_such_key: 1\n";
  EXPECT_EQ(look("--check-config"), kWrongConfiguration) << printed_;
}

// Whoever learns of it only when it is needed learns it too late.
TEST_F(LastCallSite, ThatNoCopyCanBeKeptIsSaidInQuietTimes) {
  ASSERT_TRUE(write_file(site_.site().root() + "/etc/copies", "no folder").ok());
  EXPECT_EQ(look(), kCannotRemember);
  site_.site().kill("notifier");
  EXPECT_EQ(look(), kCannotRemember);
  EXPECT_TRUE(is_rung(kZhousPhone, "【接办停机】")) << site_.on_phone(kZhousPhone);
}

TEST_F(LastCallSite, TheLeadersPhoneRingsWhenASlipInAFileKeepsTheNotifierFromStarting) {
  EXPECT_EQ(look(), 0) << printed_;
  const std::string etc = site_.site().root() + "/etc/";
  for (const char* file : {"notices.yaml", "rota.yaml"}) {
    std::ofstream(etc + file, std::ios::app) << "\nno_such_key: 1\n";
  }
  ASSERT_EQ(::chmod((etc + "contacts.yaml").c_str(), 0644), 0);
  EXPECT_EQ(look(), kWrongConfiguration) << "in quiet times it is said";
  EXPECT_EQ(printed_.find("outcome="), std::string::npos) << printed_;
  site_.site().kill("notifier");
  EXPECT_EQ(look(), kWrongConfiguration) << printed_;
  EXPECT_TRUE(is_rung(kZhousPhone, "【接办停机】")) << site_.on_phone(kZhousPhone);
  EXPECT_NE(printed_.find("notices.yaml"), std::string::npos) << "which: " << printed_;
  EXPECT_EQ(printed_.find(kZhousPhone), std::string::npos) << "no number in a log";
}

TEST_F(LastCallSite, NobodyIsCalledBecauseAnUpstreamIsAway) {
  site_.site().kill("sla-watcher");
  restart_notifier("");
  ASSERT_TRUE(wait_until([&] { return status_of("/readyz") == 503; }, kRings)) << site_.logs();
  EXPECT_EQ(look(), 0) << printed_;
  EXPECT_EQ(printed_.find("last_call"), std::string::npos) << printed_;
}

TEST_F(LastCallSite, WhomNothingReachedIsTriedWithEachLookAndWhoHeardOfItIsLeftAlone) {
  configure("team_leader", "[nobody]\n  methods: [sms]");
  site_.site().kill("notifier");
  EXPECT_EQ(look(), kNobodyTold) << "one of two is not enough";
  EXPECT_TRUE(is_rung(kZhousPhone, "【接办停机】")) << site_.on_phone(kZhousPhone);
  EXPECT_EQ(look(), kNobodyTold);
  EXPECT_EQ(printed_.find("outcome=accepted"), std::string::npos) << "not zhou again" << printed_;
  EXPECT_NE(printed_.find("event=last_call"), std::string::npos) << "but who is left" << printed_;
}

// A gateway that takes the request and says nothing; systemd ends the look meanwhile.
TEST_F(LastCallSite, ALookThatIsEndedInACallIsRepeatedOnceByTheNextOneAndMarked) {
  site_.site().kill("notifier");
  const std::string etc = site_.site().root() + "/etc/";
  const auto text_of = [](const std::string& path) {
    auto text = read_file(path, size_t{1} << 20U);
    return text.ok() ? *text : std::string();
  };
  FaultyFront deaf(0);
  deaf.set(Fault::silent);
  const std::string good = text_of(etc + "notices.yaml");
  std::string deafened = good;
  exchange(deafened, site_.kannel().sendsms(),
           "http://127.0.0.1:" + std::to_string(deaf.port()) + "/cgi-bin/sendsms");
  ASSERT_TRUE(write_file(etc + "notices.yaml", deafened).ok());
  auto ended = ChildProcess::start({JIEBAN_BINARY_DIR "/jieban-last-call", "--config", path()},
                                   site_.site().root() + "/ended");
  ASSERT_TRUE(ended.ok());
  EXPECT_TRUE(wait_until(
      [&] { return text_of(etc + "outage.json").find("zhou kannel") != std::string::npos; },
      kRings))
      << "the call stands there before it is made";
  ended->signal(SIGKILL);
  ASSERT_TRUE(ended->wait(kLook).has_value());
  ASSERT_TRUE(write_file(etc + "notices.yaml", good).ok());
  configure("team_leader", "[]\n  methods: [sms]");
  EXPECT_EQ(look(), 0) << printed_;
  EXPECT_TRUE(is_rung(kZhousPhone, "（可能重复）【接办停机】")) << site_.on_phone(kZhousPhone);
  EXPECT_EQ(look(), 0);
  EXPECT_EQ(printed_.find("outcome="), std::string::npos) << "once: " << printed_;
}

TEST_F(LastCallSite, TwoLooksNeverOverlap) {
  site_.site().kill("notifier");
  auto other = lock_file(site_.site().root() + "/etc/outage.json.lock");
  ASSERT_TRUE(other.ok());
  EXPECT_EQ(look(), 0) << printed_;
  EXPECT_NE(printed_.find("last_call_under_way"), std::string::npos) << printed_;
  EXPECT_EQ(printed_.find("outcome="), std::string::npos) << printed_;
}

TEST_F(LastCallSite, WhoCannotRememberCallsAtOnceAndSaysSoInQuietTimesToo) {
  configure("team_leader", "[]", "no-folder/outage.json");
  EXPECT_EQ(look(), kCannotRemember) << "while all is well";
  site_.site().kill("notifier");
  after("1h");
  EXPECT_EQ(look(), kCannotRemember);
  EXPECT_TRUE(is_rung(kZhousPhone, "【接办停机】")) << site_.on_phone(kZhousPhone);
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
