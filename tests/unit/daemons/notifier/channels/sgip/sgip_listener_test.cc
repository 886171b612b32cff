// Goal: the gateway's own connection brings what it has, and nobody can hold the port.
// Method: real connections on loopback.
#include "daemons/notifier/channels/sgip/sgip_listener.h"

#include <gtest/gtest.h>

#include <mutex>

#include "common/base/bytes.h"
#include "daemons/notifier/channels/sgip/sgip_sms.h"
#include "daemons/notifier/channels/sms_text.h"
#include "tests/support/sgip_smg.h"
#include "tests/support/wait_until.h"
#include "tests/unit/daemons/notifier/channels/sms_fixture.h"

namespace jieban {
namespace {

class SgipListenerTest : public testing::Test {
 protected:
  SgipListenerTest() {
    options_.account_file = account_.path();
    options_.connections_max = 2;
  }
  void start() {
    listener_ = std::make_unique<SgipListener>(
        options_, clock_,
        [this](const SmsReceipt& receipt) {
          std::lock_guard<std::mutex> guard(mutex_);
          receipts_.push_back(receipt);
          return Result<void>();
        },
        [this](const SmsReply& reply) {
          std::lock_guard<std::mutex> guard(mutex_);
          replies_.push_back(reply);
          return Result<void>();
        });
    ASSERT_TRUE(listener_->start().ok());
  }

  AccountOnDisk account_{kSgipAccountText};
  SystemClock clock_;
  SgipListener::Options options_;
  std::mutex mutex_;
  std::vector<SmsReceipt> receipts_;
  std::vector<SmsReply> replies_;
  std::unique_ptr<SgipListener> listener_;
};

TEST_F(SgipListenerTest, TheReceiptNamesTheMessageAsItsReportDid) {
  start();
  SgipSmg smg;
  SgipSms channel(sms_rule(ChannelKind::sgip_sms, smg.address(), account_.path()), kShortTimeouts,
                  clock_);
  auto report = channel.deliver(sms_notice(std::string(240, 'a')));
  ASSERT_EQ(report.outcome, DeliveryOutcome::accepted);
  SmgCaller caller(listener_->port());
  ASSERT_EQ(caller.bind("demo", "pass"), 0);
  for (const SmgSubmit& submit : smg.submits()) EXPECT_EQ(caller.report(submit.sequence, 0), 0);
  EXPECT_EQ(caller.deliver("8613800138000", to_ucs2("1")), 0);
  EXPECT_TRUE(caller.unbind());
  EXPECT_TRUE(caller.closed());
  ASSERT_EQ(receipts_.size(), 4U);
  for (const SmsReceipt& receipt : receipts_) {
    EXPECT_EQ(receipt.gateway_id, report.gateway_id);
    EXPECT_EQ(receipt.state, SmsState::delivered);
  }
  ASSERT_EQ(replies_.size(), 1U);
  EXPECT_EQ(replies_[0].text, "1");
}

TEST_F(SgipListenerTest, AWrongLoginIsAnsweredAndTheConnectionClosed) {
  start();
  SmgCaller caller(listener_->port());
  EXPECT_EQ(caller.bind("demo", "else"), 1);
  EXPECT_TRUE(caller.closed());
  SmgCaller sp(listener_->port());
  EXPECT_EQ(sp.bind("demo", "pass", 1), 4);
  EXPECT_TRUE(sp.closed());
}

TEST_F(SgipListenerTest, TheAccountIsReadForEachLogin) {
  start();
  account_.write(std::string(kSgipAccountText) + "smg_password: other\n");
  EXPECT_EQ(SmgCaller(listener_->port()).bind("demo", "pass"), 1);
  EXPECT_EQ(SmgCaller(listener_->port()).bind("demo", "other"), 0);
}

TEST_F(SgipListenerTest, ConnectionsAreLimitedAndThosePresentStay) {
  start();
  SmgCaller first(listener_->port());
  SmgCaller second(listener_->port());
  ASSERT_EQ(first.bind("demo", "pass"), 0);
  ASSERT_EQ(second.bind("demo", "pass"), 0);
  SmgCaller third(listener_->port());
  EXPECT_TRUE(third.closed());
  EXPECT_EQ(first.report(std::string(12, '\1'), 0), 0);
  EXPECT_TRUE(first.unbind());
  EXPECT_TRUE(first.closed());
  SmgCaller fourth(listener_->port());
  EXPECT_EQ(fourth.bind("demo", "pass"), 0);
}

TEST_F(SgipListenerTest, WhoDoesNotLogInIsSentAway) {
  options_.login_within = std::chrono::milliseconds(100);
  start();
  SmgCaller silent(listener_->port());
  SmgCaller dripping(listener_->port());
  EXPECT_TRUE(dripping.send(std::string("\0\0\0\x3d", 4)));
  EXPECT_TRUE(silent.closed());
  EXPECT_TRUE(dripping.closed());
}

TEST_F(SgipListenerTest, WhoFallsSilentIsSentAway) {
  options_.silent_at_most = std::chrono::milliseconds(100);
  start();
  SmgCaller caller(listener_->port());
  ASSERT_EQ(caller.bind("demo", "pass"), 0);
  EXPECT_TRUE(caller.closed());
}

TEST_F(SgipListenerTest, GarbageEndsItsConnectionOnly) {
  start();
  SmgCaller good(listener_->port());
  ASSERT_EQ(good.bind("demo", "pass"), 0);
  SmgCaller bad(listener_->port());
  EXPECT_TRUE(bad.send("GET / HTTP/1.1\r\n\r\n"));
  EXPECT_TRUE(bad.closed());
  EXPECT_EQ(good.report(std::string(12, '\1'), 0), 0);
}

TEST_F(SgipListenerTest, APortInUseIsSaid) {
  start();
  SgipListener::Options options = options_;
  options.address = "127.0.0.1:" + std::to_string(listener_->port());
  SgipListener other(options, clock_, nullptr, nullptr);
  EXPECT_EQ(other.start().error().code, ErrorCode::conflict);
}

TEST_F(SgipListenerTest, StopsWithConnectionsOpen) {
  start();
  SmgCaller caller(listener_->port());
  ASSERT_EQ(caller.bind("demo", "pass"), 0);
  listener_->stop();
  EXPECT_TRUE(caller.closed());
}

}  // namespace
}  // namespace jieban
