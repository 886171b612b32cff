// Goal: what smsd leaves is told, once it is kept, and nothing is lost or taken that is not ours.
#include "daemons/notifier/channels/smstools_collector.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "common/base/file.h"
#include "daemons/notifier/channels/sms_text.h"
#include "tests/support/log_lines.h"
#include "tests/support/temp_dir.h"

namespace jieban {
namespace {

namespace fs = std::filesystem;

class SmstoolsCollectorTest : public testing::Test {
 protected:
  SmstoolsCollectorTest() {
    for (const char* folder : {"sent", "failed", "report", "incoming", "told"}) {
      fs::create_directories(dir_.path(folder));
    }
  }
  void put(const std::string& place, const std::string& content) {
    CHECK(write_file(dir_.path(place), content).ok());
  }
  // A message as smsd leaves it.
  void put_sent(const std::string& name, const std::string& notice, int message_id,
                const std::string& folder = "sent", const std::string& body = "\x5d\xe5") {
    put(folder + "/" + name,
        "To: 8613800138000\nAlphabet: UCS2\nReport: yes\nX-Jieban-Notice: " + notice +
            "\nModem: GSM1\nMessage_id: " + std::to_string(message_id) + "\n\n" + body);
  }
  void put_report(const std::string& name, int message_id, const std::string& status = "0,Ok",
                  const std::string& from = "8613800138000") {
    put("report/" + name, "From: " + from + "\nSubject: GSM1\n\nSMS STATUS REPORT\nMessage_id: " +
                              std::to_string(message_id) + "\nStatus: " + status + "\n");
  }
  size_t collect(Duration later = 2 * SmstoolsCollector::kSettled) {
    SmstoolsCollector collector(
        dir_.root(),
        [this](const SmsReceipt& receipt) {
          receipts_.push_back(receipt);
          return taken_;
        },
        [this](const SmsReply& reply) {
          replies_.push_back(reply);
          return taken_;
        });
    auto count = collector.collect(SystemClock().now() + later);
    EXPECT_TRUE(count.ok()) << count.error().message;
    return count.ok() ? *count : 0;
  }
  size_t files(const std::string& folder) const {
    return size_t(std::distance(fs::directory_iterator(dir_.path(folder)), {}));
  }

  TempDir dir_{"/dev/shm"};
  std::vector<SmsReceipt> receipts_;
  std::vector<SmsReply> replies_;
  Result<void> taken_;
};

TEST_F(SmstoolsCollectorTest, SentThenReportedIsBufferedThenDelivered) {
  put_sent("jieban-1", "s:1:sms", 117);
  EXPECT_EQ(collect(), 1U);
  EXPECT_EQ(collect(), 0U);
  put_report("GSM1.a", 117);
  EXPECT_EQ(collect(), 1U);
  EXPECT_EQ(receipts_,
            (std::vector<SmsReceipt>{receipt_of_notice("s:1:sms", SmsState::buffered),
                                     receipt_of_notice("s:1:sms", SmsState::delivered)}));
  for (const char* folder : {"sent", "told", "report"}) EXPECT_EQ(files(folder), 0U) << folder;
}

TEST_F(SmstoolsCollectorTest, BothInOneTurnAreToldInTheirOrder) {
  put_sent("jieban-1", "s:1:sms", 117);
  put_report("GSM1.a", 117, "70,Error,validity period expired");
  EXPECT_EQ(collect(), 2U);
  ASSERT_EQ(receipts_.size(), 2U);
  EXPECT_EQ(receipts_[1].state, SmsState::failed);
  EXPECT_EQ(receipts_[1].error, "TP-Status 70: 未送达 (not delivered)");
}

TEST_F(SmstoolsCollectorTest, AMessageThatIsStillOnItsWayWaitsForItsLastReport) {
  put_sent("jieban-1", "s:1:sms", 117);
  put_report("GSM1.a", 117, "32,Still trying");
  EXPECT_EQ(collect(), 2U);
  EXPECT_EQ(files("told"), 1U);
  put_report("GSM1.b", 117);
  EXPECT_EQ(collect(), 1U);
  EXPECT_EQ(receipts_.back().state, SmsState::delivered);
  EXPECT_EQ(files("told"), 0U);
}

TEST_F(SmstoolsCollectorTest, AReportIsOfItsNumberAndTelephoneAndOfTheYoungestMessage) {
  put_sent("jieban-1", "s:old:sms", 117, "told");
  fs::last_write_time(dir_.path("told/jieban-1"),
                      fs::file_time_type::clock::now() - std::chrono::hours(2));
  put_sent("jieban-2", "s:new:sms", 117, "sent");
  put_sent("jieban-3", "s:other:sms", 118, "sent");
  put_report("GSM1.a", 117);
  put_report("GSM1.b", 117, "0,Ok", "8613900139000");
  put_report("GSM1.c", 11);
  collect();
  ASSERT_EQ(receipts_.size(), 3U);
  EXPECT_EQ(receipts_[2], (receipt_of_notice("s:new:sms", SmsState::delivered)));
  EXPECT_EQ(files("report"), 2U);
}

TEST_F(SmstoolsCollectorTest, OfAMessageInPartsTheLastTellsThatItIsThere) {
  std::string body;
  for (int i = 0; i < 150; ++i) body += "\x5d\xe5";  // three parts: 255, 0 and 1
  put_sent("jieban-1", "s:1:sms", 1, "sent", body);
  put_report("GSM1.a", 255);
  put_report("GSM1.b", 254);  // of something else
  put_report("GSM1.c", 0);
  EXPECT_EQ(collect(), 3U);
  EXPECT_EQ(receipts_.size(), 1U);
  EXPECT_EQ(files("report"), 1U);
  put_report("GSM1.d", 1);
  collect();
  EXPECT_EQ(receipts_.back(), receipt_of_notice("s:1:sms", SmsState::delivered));
  EXPECT_EQ(receipts_.size(), 2U);
  EXPECT_EQ(files("told"), 0U);
}

TEST_F(SmstoolsCollectorTest, OfAMessageInPartsAnyTellsThatItIsNotThere) {
  std::string body;
  for (int i = 0; i < 80; ++i) body += "\x5d\xe5";
  put_sent("jieban-1", "s:1:sms", 9, "sent", body);
  put_report("GSM1.a", 8, "70,Error,validity period expired");
  EXPECT_EQ(collect(), 2U);
  EXPECT_EQ(receipts_.back().state, SmsState::failed);
  EXPECT_EQ(files("told"), 0U);
}

TEST_F(SmstoolsCollectorTest, AReportIsOfNoMessageThatWasSentAfterIt) {
  put_report("GSM1.a", 117);
  fs::last_write_time(dir_.path("report/GSM1.a"),
                      fs::file_time_type::clock::now() - std::chrono::hours(1));
  put_sent("jieban-1", "s:1:sms", 117);
  EXPECT_EQ(collect(), 1U);
  EXPECT_EQ(receipts_.back().state, SmsState::buffered);
  EXPECT_EQ(files("report"), 1U);
}

TEST_F(SmstoolsCollectorTest, WhatFailedIsTold) {
  put_sent("jieban-1", "s:1:sms", 0, "failed");
  EXPECT_EQ(collect(), 1U);
  ASSERT_EQ(receipts_.size(), 1U);
  EXPECT_EQ(receipts_[0].gateway_id, "s:1:sms");
  EXPECT_EQ(receipts_[0].state, SmsState::failed);
  EXPECT_EQ(files("failed"), 0U);
}

TEST_F(SmstoolsCollectorTest, RepliesAreTold) {
  put("incoming/GSM1.x",
      "From: 8613900139000\nReceived: 26-11-22 19:25:36\nAlphabet: UCS2\n\n" + to_ucs2("1 已处理"));
  put("incoming/GSM1.y", "From: 10086\nAlphabet: UTF-8\n\nok");
  Timestamp before = SystemClock().now() - std::chrono::seconds(1);
  EXPECT_EQ(collect(), 2U);
  ASSERT_EQ(replies_.size(), 2U);
  EXPECT_EQ(replies_[0].gateway_id, "GSM1.x");
  EXPECT_EQ(replies_[0].sender, "8613900139000");
  EXPECT_EQ(replies_[0].text, "1 已处理");
  EXPECT_GE(replies_[0].received_at, before);
  EXPECT_EQ(replies_[1].sender, "10086");
  EXPECT_EQ(files("incoming"), 0U);
}

TEST_F(SmstoolsCollectorTest, WhatIsNotKeptComesAgain) {
  taken_ = Error{ErrorCode::unavailable, "the store is busy"};
  put_sent("jieban-1", "s:1:sms", 117);
  put_sent("jieban-2", "s:2:sms", 0, "failed");
  put("incoming/GSM1.x", "From: 8613900139000\n\n1");
  EXPECT_EQ(collect(), 0U);
  EXPECT_EQ(collect(), 0U);
  EXPECT_EQ(receipts_.size(), 4U);
  EXPECT_EQ(replies_.size(), 2U);
  EXPECT_EQ(replies_[0], replies_[1]);
  taken_ = {};
  EXPECT_EQ(collect(), 3U);
  taken_ = Error{ErrorCode::unavailable, "the store is busy"};
  put_report("GSM1.a", 117);
  EXPECT_EQ(collect(), 0U);
  EXPECT_EQ(files("report") + files("told"), 2U);
  taken_ = {};
  EXPECT_EQ(collect(), 1U);
  EXPECT_EQ(files("report") + files("told"), 0U);
}

TEST_F(SmstoolsCollectorTest, WhatIsNotOursOrNotWholeStays) {
  LogLines lines;
  put("sent/other", "To: 8613800138000\n\nnot ours");
  put("failed/other", "To: 8613800138000\n\nnot ours");
  put("sent/jieban-1.LOCK", "To: 8613800138000\nX-Jieban-Notice: s:1:sms\n\n");
  put("incoming/.hidden", "From: 1\n\n1");
  put("incoming/broken", "13800138000 no header\n\n");
  put("incoming/binary", "From: 1\nAlphabet: binary\n\nx");
  put("report/odd", "From: 1\n\nhello");
  EXPECT_EQ(collect(), 0U);
  EXPECT_EQ(files("sent"), 2U);
  EXPECT_EQ(files("failed"), 1U);
  EXPECT_EQ(files("incoming"), 3U);
  EXPECT_EQ(files("report"), 1U);
  EXPECT_EQ(lines.count("smstools_file_unreadable"), 3U);
  EXPECT_EQ(lines.count("13800138000"), 0U);
}

TEST_F(SmstoolsCollectorTest, WhatSmsdMayStillWriteIsLeftAlone) {
  put_sent("jieban-1", "s:1:sms", 0, "failed");
  EXPECT_EQ(collect(Duration::zero()), 0U);
  EXPECT_EQ(collect(), 1U);
}

TEST_F(SmstoolsCollectorTest, WhatStaysIsLoggedOnce) {
  LogLines lines;
  put("incoming/broken", "no header\n\n");
  put("incoming/smsd_script.a", "#!/bin/sh\n");
  SmstoolsCollector collector(dir_.root(), nullptr, nullptr);
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(collector.collect(SystemClock().now() + std::chrono::seconds(2)).ok());
  }
  EXPECT_EQ(lines.count("smstools_file_unreadable"), 1U);
}

TEST_F(SmstoolsCollectorTest, WhatWaitsInVainGoesInTheEnd) {
  put_sent("jieban-1", "s:1:sms", 117);
  put_report("GSM1.a", 9);
  collect();
  collect(SmstoolsCollector::kPatience - std::chrono::minutes(1));
  EXPECT_EQ(files("told") + files("report"), 2U);
  collect(SmstoolsCollector::kPatience + std::chrono::minutes(1));
  EXPECT_EQ(files("told") + files("report"), 0U);
}

TEST_F(SmstoolsCollectorTest, OneTurnIsBounded) {
  for (size_t i = 0; i < SmstoolsCollector::kFilesMax + 5; ++i) {
    put("incoming/GSM1." + std::to_string(i), "From: 8613900139000\n\n1");
  }
  EXPECT_EQ(collect(), SmstoolsCollector::kFilesMax);
  EXPECT_EQ(collect(), 5U);
}

TEST(SmstoolsCollector, FoldersThatAreMissingAreSaid) {
  TempDir dir("/dev/shm");
  SmstoolsCollector collector(dir.root(), nullptr, nullptr);
  auto count = collector.collect(SystemClock().now());
  ASSERT_FALSE(count.ok());
  EXPECT_NE(count.error().message.find("/sent"), std::string::npos);
}

}  // namespace
}  // namespace jieban
