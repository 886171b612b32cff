// Goal: smsd finds a whole message or none, and the same one however often it is tried.
#include "daemons/notifier/channels/smstools_sms.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "daemons/notifier/channels/smstools_file.h"
#include "tests/unit/daemons/notifier/channels/sms_fixture.h"

namespace jieban {
namespace {

namespace fs = std::filesystem;
using Outcome = DeliveryOutcome;

class SmstoolsSmsTest : public testing::Test {
 protected:
  SmstoolsSmsTest() { fs::create_directories(dir_.path("outgoing")); }
  DeliveryReport deliver(const OutgoingNotice& notice = sms_notice(),
                         const std::string& account = "") {
    SmstoolsSms channel(sms_rule(ChannelKind::smstools_sms, dir_.root(), account));
    DeliveryReport report = channel.deliver(notice);
    EXPECT_TRUE(is_discreet(report.error.value_or(""))) << *report.error;
    return report;
  }
  std::vector<fs::path> outgoing() const {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(dir_.path("outgoing"))) {
      files.push_back(entry.path());
    }
    return files;
  }
  TempDir dir_{"/dev/shm"};
};

TEST_F(SmstoolsSmsTest, AMessageAppearsWholeAndNothingElse) {
  DeliveryReport report = deliver();
  EXPECT_EQ(report.outcome, Outcome::accepted) << report.error.value_or("");
  EXPECT_EQ(report.gateway_id, sms_notice().notice_id);
  EXPECT_EQ(report.segments, (SmsSegments{SmsAlphabet::ucs2, 1}));
  ASSERT_EQ(outgoing().size(), 1U);
  auto content = read_file(outgoing()[0], 4096);
  EXPECT_EQ(*content, smstools_message("8613800138000", sms_notice().notice_id, "工单催办"));
  EXPECT_TRUE(fs::is_empty(dir_.path("writing")));
}

TEST_F(SmstoolsSmsTest, APossibleRepeatSaysSoBeforeAllElse) {
  OutgoingNotice notice = sms_notice();
  notice.possible_repeat = true;
  EXPECT_EQ(deliver(notice).outcome, Outcome::accepted);
  auto file = parse_smstools(*read_file(outgoing().at(0), 4096));
  ASSERT_TRUE(file.ok());
  EXPECT_EQ(*smstools_text(*file), "（可能重复）工单催办");
}

TEST_F(SmstoolsSmsTest, TheGroupOfSmsdMayWriteWhateverTheUmask) {
  mode_t before = ::umask(0027);
  EXPECT_EQ(deliver().outcome, Outcome::accepted);
  ::umask(before);
  auto mode = fs::status(outgoing().at(0)).permissions();
  EXPECT_EQ(unsigned(mode), 0660U);
}

TEST_F(SmstoolsSmsTest, TheSameNoticeIsTheSameFile) {
  deliver();
  deliver();
  EXPECT_EQ(outgoing().size(), 1U);
  OutgoingNotice other = sms_notice();
  other.notice_id += "2";
  deliver(other);
  EXPECT_EQ(outgoing().size(), 2U);
}

TEST_F(SmstoolsSmsTest, WithoutTheFoldersItHasFailedAndLeavesNothingToSend) {
  fs::remove(dir_.path("outgoing"));
  EXPECT_EQ(deliver().outcome, Outcome::failed);
  fs::create_directories(dir_.path("outgoing"));
  EXPECT_EQ(deliver().outcome, Outcome::accepted);
  fs::remove_all(dir_.path("writing"));
  std::ofstream(dir_.path("writing")) << "in the way";
  EXPECT_EQ(deliver().outcome, Outcome::failed);
}

TEST_F(SmstoolsSmsTest, WhoIsToldIsTheNoticesMatterThenTheAccounts) {
  OutgoingNotice notice = sms_notice();
  notice.address.clear();
  EXPECT_EQ(deliver(notice).outcome, Outcome::denied);
  AccountOnDisk account("phone: '13900139000'\n");
  EXPECT_EQ(deliver(notice, account.path()).outcome, Outcome::accepted);
  EXPECT_TRUE(read_file(outgoing().at(0), 4096)->starts_with("To: 8613900139000\n"));
  account.write("phon: '13900139000'\n");
  EXPECT_EQ(deliver(notice, account.path()).outcome, Outcome::denied);
  notice.address = "12345";
  EXPECT_EQ(deliver(notice).outcome, Outcome::rejected);
}

TEST_F(SmstoolsSmsTest, AnIdCannotAddHeaders) {
  OutgoingNotice notice = sms_notice();
  notice.notice_id = "a\nTo: 8613900139000";
  EXPECT_EQ(deliver(notice).outcome, Outcome::rejected);
  EXPECT_TRUE(outgoing().empty());
}

}  // namespace
}  // namespace jieban
