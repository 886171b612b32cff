// Goal: what SmstoolsSms writes is what smsd sends, and what smsd leaves is understood.
// Method: Debian's smsd, unprivileged, with a modem of the test on loopback. Its folders are set up
// as config/README.md says.
#include <gtest/gtest.h>

#include "daemons/notifier/channels/sms_text.h"
#include "daemons/notifier/channels/smstools_collector.h"
#include "daemons/notifier/channels/smstools_sms.h"
#include "tests/integration/smstools/fake_modem.h"
#include "tests/integration/smstools/smsd.h"
#include "tests/support/wait_until.h"

namespace jieban {
namespace {

constexpr Duration kPatience = std::chrono::seconds(45);

class Smstools : public testing::Test {
 protected:
  void start(std::optional<unsigned> status = 0) {
    modem_ = std::make_unique<FakeModem>(status);
    smsd_ = std::make_unique<Smsd>(modem_->port());
    ASSERT_TRUE(smsd_->start());
  }
  void TearDown() override {
    if (HasFailure() && smsd_) std::cerr << smsd_->logs();
    smsd_.reset();
  }
  DeliveryReport deliver(const std::string& text, const std::string& notice_id = "s:1:sms") {
    ChannelRule rule;
    rule.kind = ChannelKind::smstools_sms;
    rule.target = smsd_->root();
    OutgoingNotice notice;
    notice.notice_id = notice_id;
    notice.text = text;
    notice.address = "13800138000";
    return SmstoolsSms(rule).deliver(notice);
  }
  // Until so many receipts and replies are there.
  bool collect_until(size_t count) {
    SmstoolsCollector collector(
        smsd_->root(),
        [this](const SmsReceipt& receipt) {
          receipts_.push_back(receipt);
          return Result<void>();
        },
        [this](const SmsReply& reply) {
          replies_.push_back(reply);
          return Result<void>();
        });
    return wait_until(
        [&] {
          EXPECT_TRUE(collector.collect(SystemClock().now()).ok());
          return receipts_.size() + replies_.size() >= count;
        },
        kPatience);
  }

  std::unique_ptr<FakeModem> modem_;
  std::unique_ptr<Smsd> smsd_;
  std::vector<SmsReceipt> receipts_;
  std::vector<SmsReply> replies_;
};

TEST_F(Smstools, ANoticeGoesToTheModemAndItsReceiptsComeBack) {
  start();
  const std::string text = "【月坛热线】工单催办\n{A1} €";
  EXPECT_EQ(deliver(text).outcome, DeliveryOutcome::accepted);
  ASSERT_TRUE(collect_until(2));
  auto sent = modem_->sent();
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(sent[0].to, "8613800138000");
  EXPECT_EQ(sent[0].coding & 0x0CU, 8U);
  EXPECT_TRUE(sent[0].report);
  EXPECT_EQ(utf8_of_ucs2(sent[0].content), text);
  EXPECT_EQ(receipts_,
            (std::vector<SmsReceipt>{receipt_of_notice("s:1:sms", SmsState::buffered),
                                     receipt_of_notice("s:1:sms", SmsState::delivered)}));
  for (const char* folder : {"outgoing", "sent", "report", "told", "failed"}) {
    EXPECT_EQ(smsd_->files(folder), 0U) << folder;
  }
}

TEST_F(Smstools, ALongNoticeGoesInTheReckonedParts) {
  start();
  std::string text;
  for (int i = 0; i < 30; ++i) text += "工单催办";
  ASSERT_EQ(measure_sms(text).parts, 2U);
  EXPECT_EQ(deliver(text).outcome, DeliveryOutcome::accepted);
  ASSERT_TRUE(collect_until(2));
  auto sent = modem_->sent();
  ASSERT_EQ(sent.size(), 2U);
  std::string whole;
  for (size_t i = 0; i < sent.size(); ++i) {
    EXPECT_EQ(sent[i].header.size(), 6U);
    EXPECT_EQ(int(sent[i].header.back()), int(i + 1));
    whole += sent[i].content;
  }
  EXPECT_EQ(utf8_of_ucs2(whole), text);
  EXPECT_EQ(receipts_.back(), (receipt_of_notice("s:1:sms", SmsState::delivered)));
  EXPECT_EQ(receipts_.size(), 2U);
  EXPECT_EQ(smsd_->files("report"), 0U);  // that of the first part as well
}

TEST_F(Smstools, ATextOfTheGsmAlphabetGoesInSeptets) {
  start();
  EXPECT_EQ(deliver("Order {A1} @ 50 $").outcome, DeliveryOutcome::accepted);
  ASSERT_TRUE(collect_until(2));
  ASSERT_EQ(modem_->sent().size(), 1U);
  EXPECT_EQ(modem_->sent()[0].coding & 0x0CU, 0U);
  EXPECT_EQ(receipts_.back(), (receipt_of_notice("s:1:sms", SmsState::delivered)));
}

TEST_F(Smstools, ATelephoneThatIsNotReachedIsTold) {
  start(70);  // the validity has passed
  EXPECT_EQ(deliver("工单").outcome, DeliveryOutcome::accepted);
  ASSERT_TRUE(collect_until(2));
  EXPECT_EQ(receipts_.back(), (receipt_of_notice("s:1:sms", SmsState::failed,
                                                 "TP-Status 70: 未送达 (not delivered)")));
}

TEST_F(Smstools, WhatTheModemRefusesIsTold) {
  start(std::nullopt);
  EXPECT_EQ(deliver("工单").outcome, DeliveryOutcome::accepted);
  ASSERT_TRUE(collect_until(1));
  EXPECT_EQ(receipts_, (std::vector<SmsReceipt>{receipt_of_notice("s:1:sms", SmsState::failed,
                                                                  "smsd: 发送失败 (not sent)")}));
  EXPECT_EQ(smsd_->files("failed"), 0U);
}

TEST_F(Smstools, RepliesAreUnderstood) {
  start();
  modem_->receive("8613900139000", "1 已处理");
  ASSERT_TRUE(collect_until(1));
  ASSERT_EQ(replies_.size(), 1U);
  EXPECT_EQ(replies_[0].sender, "8613900139000");
  EXPECT_EQ(replies_[0].text, "1 已处理");
  Duration age = SystemClock().now() - replies_[0].received_at;
  EXPECT_LT(age, std::chrono::minutes(1));
  EXPECT_EQ(smsd_->files("incoming"), 0U);
}

TEST_F(Smstools, TwoNoticesHaveTheirOwnReceipts) {
  start();
  EXPECT_EQ(deliver("甲", "s:1:sms").outcome, DeliveryOutcome::accepted);
  EXPECT_EQ(deliver("乙", "s:2:sms").outcome, DeliveryOutcome::accepted);
  ASSERT_TRUE(collect_until(4));
  for (const char* id : {"s:1:sms", "s:2:sms"}) {
    EXPECT_EQ(
        std::count(receipts_.begin(), receipts_.end(), receipt_of_notice(id, SmsState::delivered)),
        1)
        << id;
  }
}

}  // namespace
}  // namespace jieban
