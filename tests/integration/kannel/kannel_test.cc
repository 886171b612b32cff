// Goal: what KannelSms sends is what a telephone behind a real Kannel gets, and what Kannel calls
// back is understood.
// Method: Debian's bearerbox, smsbox and fakesmsc on loopback. The fake message centre gives
// receipts of its own: 8 (taken) and 1 (delivered).
#include <gtest/gtest.h>

#include <algorithm>

#include "common/base/file.h"
#include "daemons/notifier/channels/kannel_sms.h"
#include "daemons/notifier/channels/sms_text.h"
#include "tests/integration/kannel/kannel_site.h"
#include "tests/support/wait_until.h"

namespace jieban {
namespace {

constexpr ChannelTimeouts kTimeouts{std::chrono::seconds(2), std::chrono::seconds(5)};

// Once each, and in any order: the smsbox tells both at once, over two connections.
void expect_buffered_and_delivered(const std::vector<SmsReceipt>& got, const std::string& id) {
  const std::vector<SmsReceipt> both = {receipt_of_notice(id, SmsState::buffered),
                                        receipt_of_notice(id, SmsState::delivered)};
  EXPECT_TRUE(std::is_permutation(got.begin(), got.end(), both.begin(), both.end()))
      << got.size() << " receipts";
}

class Kannel : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(site_.start(), "");
    write_account("pass");
  }
  void TearDown() override {
    if (HasFailure()) std::cerr << site_.logs();
  }
  void write_account(const std::string& password) {
    ASSERT_TRUE(write_file(dir_.path("account.yaml"),
                           "username: demo\npassword: " + password +
                               "\nfrom: '10655000'\ncallback: " + site_.callback() + "\n")
                    .ok());
  }
  DeliveryReport deliver(const std::string& text, const std::string& notice_id) {
    ChannelRule rule;
    rule.kind = ChannelKind::kannel_sms;
    rule.target = site_.sendsms();
    rule.account_file = dir_.path("account.yaml");
    OutgoingNotice notice;
    notice.notice_id = notice_id;
    notice.text = text;
    notice.address = "13800138000";
    return KannelSms(rule, kTimeouts, clock_).deliver(notice);
  }

  SystemClock clock_;
  TempDir dir_;
  KannelSite site_;
};

TEST_F(Kannel, ANoticeReachesTheTelephoneAndItsReceiptsComeBack) {
  site_.switch_on();
  const std::string text = "【月坛热线】工单催办 {A1}";
  const std::string id = "110102007.sla-watcher:17:sms";
  DeliveryReport report = deliver(text, id);
  EXPECT_EQ(report.outcome, DeliveryOutcome::accepted) << report.error.value_or("");
  EXPECT_EQ(report.gateway_id, id);
  ASSERT_TRUE(wait_until([&] { return site_.receipts().size() >= 2; }));
  ASSERT_EQ(site_.on_phone().size(), 1U);
  PhoneMessage got = site_.on_phone()[0];
  EXPECT_EQ(got.from, "10655000");
  EXPECT_EQ(got.to, "8613800138000");
  EXPECT_EQ(got.kind, "ucs-2");
  EXPECT_EQ(utf8_of_ucs2(got.content), text);
  expect_buffered_and_delivered(site_.receipts(), id);
  EXPECT_EQ(site_.refused(), std::vector<std::string>{});
}

TEST_F(Kannel, ALongNoticeReachesTheTelephoneInTheReckonedParts) {
  site_.switch_on();
  std::string text;
  for (int i = 0; i < 30; ++i) text += "工单催办";
  text += "𠮷";
  ASSERT_EQ(measure_sms(text).parts, 2U);
  const DeliveryReport report = deliver(text, "s:1:sms");
  EXPECT_EQ(report.outcome, DeliveryOutcome::accepted);
  EXPECT_EQ(report.segments, (SmsSegments{SmsAlphabet::ucs2, 2})) << "so many are counted";
  ASSERT_TRUE(wait_until([&] { return site_.on_phone().size() >= 2; }));
  auto got = site_.on_phone();
  ASSERT_EQ(got.size(), 2U);
  std::string whole;
  for (size_t i = 0; i < got.size(); ++i) {
    EXPECT_EQ(got[i].kind, "udh");
    ASSERT_EQ(got[i].header.size(), 6U);
    EXPECT_EQ(got[i].header, sms_part_header(uint8_t(got[0].header[3]), 2, i + 1));
    whole += got[i].content;
  }
  EXPECT_EQ(utf8_of_ucs2(whole), text);
  auto delivered = [&] {
    auto receipts = site_.receipts();
    return std::count(receipts.begin(), receipts.end(),
                      receipt_of_notice("s:1:sms", SmsState::delivered));
  };
  ASSERT_TRUE(wait_until([&] { return delivered() > 0; }));
  EXPECT_EQ(delivered(), 1);  // for the whole
}

TEST_F(Kannel, RepliesOfTheTelephoneAreUnderstood) {
  struct Case {
    const char* message;
    const char* sender;
    const char* text;
  };
  const Case cases[] = {
      {"13800138000 10655000 text 1", "8613800138000", "1"},
      {"10086 10655000 text ok, done & 50% @x", "10086", "ok, done & 50% @x"},
      {"+8613900139000 10655000 ucs2 %00%31%00%20%5D%F2%59%04%74%06", "8613900139000", "1 已处理"},
      {"13800138000 10655000 ucs2 %00%63%00%61%00%66%00%E9", "8613800138000", "café"},
  };
  for (const Case& one : cases) {
    size_t before = site_.replies().size();
    site_.switch_on(one.message);
    ASSERT_TRUE(wait_until([&] { return site_.replies().size() > before; })) << one.message;
    SmsReply reply = site_.replies().back();
    EXPECT_EQ(reply.sender, one.sender);
    EXPECT_EQ(reply.text, one.text);
    EXPECT_EQ(reply.gateway_id.size(), 36U);  // Kannel's own UUID
    Duration age = SystemClock().now() - reply.received_at;
    EXPECT_LT(age, std::chrono::minutes(1));
    EXPECT_GE(age, Duration::zero());
  }
  EXPECT_EQ(site_.refused(), std::vector<std::string>{});
}

TEST_F(Kannel, AWrongPasswordIsDeniedUntilTheFileIsMended) {
  write_account("else");
  DeliveryReport report = deliver("工单", "s:1:sms");
  EXPECT_EQ(report.outcome, DeliveryOutcome::denied);
  EXPECT_EQ(report.error, "Kannel 403: 账号或路由被拒绝 (authorization or route refused)");
  write_account("pass");
  EXPECT_EQ(deliver("工单", "s:1:sms").outcome, DeliveryOutcome::accepted);
}

TEST_F(Kannel, WhileTheTelephoneIsOffMessagesWaitAtKannel) {
  EXPECT_EQ(deliver("工单", "s:1:sms").outcome, DeliveryOutcome::accepted);
  EXPECT_TRUE(site_.receipts().empty());
  site_.switch_on();
  ASSERT_TRUE(wait_until([&] { return site_.receipts().size() >= 2; }));
  expect_buffered_and_delivered(site_.receipts(), "s:1:sms");
}

TEST_F(Kannel, AReceiptThatWeDoNotTakeIsToldAgain) {
  site_.switch_on();
  site_.refuse_receipts(3);
  EXPECT_EQ(deliver("工单", "s:1:sms").outcome, DeliveryOutcome::accepted);
  ASSERT_TRUE(wait_until([&] { return site_.receipts().size() >= 2; }));
  expect_buffered_and_delivered(site_.receipts(), "s:1:sms");
}

TEST_F(Kannel, WithoutItsBearerboxNothingIsAccepted) {
  site_.stop_bearerbox();
  DeliveryReport report = deliver("工单", "s:1:sms");
  EXPECT_NE(report.outcome, DeliveryOutcome::accepted) << report.error.value_or("");
}

}  // namespace
}  // namespace jieban
