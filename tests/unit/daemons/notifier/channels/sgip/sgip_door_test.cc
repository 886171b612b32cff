// Goal: what the SMG says is heard only after a login, and is answered only when it is kept.
#include "daemons/notifier/channels/sgip/sgip_door.h"

#include <gtest/gtest.h>

#include "common/base/bytes.h"
#include "daemons/notifier/channels/sgip/sgip_result.h"
#include "daemons/notifier/channels/sgip/sgip_sms.h"
#include "daemons/notifier/channels/sms_text.h"
#include "tests/support/log_lines.h"
#include "tests/unit/daemons/notifier/channels/sms_fixture.h"

namespace jieban {
namespace {

constexpr SgipSequence kTheirs = {4000000001, 203040506, 5};

class SgipDoorTest : public testing::Test {
 protected:
  SgipDoorTest() {
    rules_.account_file = account_.path();
    rules_.clock = &clock_;
    rules_.take_receipt = [this](const SmsReceipt& receipt) {
      receipts_.push_back(receipt);
      return taken_;
    };
    rules_.take_reply = [this](const SmsReply& reply) {
      replies_.push_back(reply);
      return taken_;
    };
    rules_.unread = [this](std::string_view what) { unread_.emplace_back(what); };
  }
  // -1: no answer, or one that is not to this.
  int ask(SgipDoor& door, SgipBody body) {
    auto bytes = door.take(*encode_sgip({kTheirs, std::move(body)}));
    auto packet = decode_sgip(bytes);
    if (!packet.ok() || !(packet->sequence == kTheirs)) return -1;
    const auto* response = std::get_if<SgipResponse>(&packet->body);
    return response == nullptr ? -1 : response->result;
  }
  SgipDoor bound_door() {
    SgipDoor door(rules_);
    EXPECT_EQ(ask(door, SgipBind{2, "demo", "pass"}), 0);
    return door;
  }

  AccountOnDisk account_{kSgipAccountText};
  SystemClock clock_;
  SgipDoorRules rules_;
  std::vector<SmsReceipt> receipts_;
  std::vector<SmsReply> replies_;
  std::vector<std::string> unread_;
  Result<void> taken_;
};

const SgipReport kReport{{3010012345, 203040506, 33}, 0, "8613800138000", 0, 0};
const SgipDeliver kReply{"8613800138000", "10655000", 0, 0, 8, to_ucs2("1 已处理")};

TEST_F(SgipDoorTest, OnlyTheGatewayOfTheAccountMaySpeak) {
  struct Case {
    SgipBind bind;
    int result = 0;
  };
  const Case cases[] = {{{2, "demo", "pass"}, 0}, {{1, "demo", "pass"}, 4}, {{2, "dem", "pass"}, 1},
                        {{2, "demo", "pas"}, 1},  {{2, "demo", ""}, 1},     {{2, "", ""}, 1},
                        {{0, "demo", "pass"}, 4}};
  for (const Case& one : cases) {
    SgipDoor door(rules_);
    EXPECT_EQ(ask(door, one.bind), one.result);
    EXPECT_EQ(door.bound(), one.result == 0);
    EXPECT_EQ(door.closing(), one.result != 0);
  }
}

TEST_F(SgipDoorTest, TheGatewaysOwnLoginIsTheOneThatCountsIfThereIsOne) {
  account_.write(std::string(kSgipAccountText) + "smg_login_name: smg\nsmg_password: other\n");
  SgipDoor ours(rules_);
  EXPECT_EQ(ask(ours, SgipBind{2, "demo", "pass"}), 1);
  SgipDoor theirs(rules_);
  EXPECT_EQ(ask(theirs, SgipBind{2, "smg", "other"}), 0);
}

TEST_F(SgipDoorTest, WithoutAnAccountNobodyComesIn) {
  rules_.account_file = "/nowhere";
  SgipDoor door(rules_);
  EXPECT_EQ(ask(door, SgipBind{2, "demo", "pass"}), 32);
  EXPECT_TRUE(door.closing());
}

TEST_F(SgipDoorTest, NothingIsTakenBeforeTheLogin) {
  for (const SgipBody& body : {SgipBody(kReport), SgipBody(kReply)}) {
    SgipDoor door(rules_);
    EXPECT_EQ(ask(door, body), 1);
    EXPECT_TRUE(door.closing());
    EXPECT_EQ(door.take(*encode_sgip({kTheirs, SgipBind{2, "demo", "pass"}})), "");
  }
  EXPECT_TRUE(receipts_.empty());
  EXPECT_TRUE(replies_.empty());
}

TEST_F(SgipDoorTest, ASecondLoginIsRefusedAndTheFirstStays) {
  SgipDoor door = bound_door();
  EXPECT_EQ(ask(door, SgipBind{2, "demo", "pass"}), 2);
  EXPECT_EQ(ask(door, kReport), 0);
}

TEST_F(SgipDoorTest, ReceiptsAreTold) {
  struct Case {
    uint8_t state, code;
    SmsState told;
  };
  for (const Case& one : {Case{0, 0, SmsState::delivered}, Case{1, 0, SmsState::buffered},
                          Case{2, 29, SmsState::failed}}) {
    SgipDoor door = bound_door();
    SgipReport report = kReport;
    report.state = one.state;
    report.error_code = one.code;
    EXPECT_EQ(ask(door, report), 0);
    SmsReceipt expected{"3010012345.203040506.32", one.told};
    if (one.code != 0) expected.error = describe_sgip(one.code);
    expected.part = kReport.submitted.counter % kSgipPartsOfId + 1;
    EXPECT_EQ(receipts_.back(), expected);
  }
}

TEST_F(SgipDoorTest, EachPartOfAMessageHasAReceiptOfItsOwn) {
  SgipDoor door = bound_door();
  SgipReport report = kReport;
  for (uint32_t part : {3U, 1U, 2U}) {
    report.submitted.counter = 32 + part - 1;
    EXPECT_EQ(ask(door, report), 0);
    EXPECT_EQ(receipts_.back().gateway_id, "3010012345.203040506.32");
    EXPECT_EQ(receipts_.back().part, part);
  }
}

TEST_F(SgipDoorTest, RepliesAreToldInUtf8) {
  struct Case {
    uint8_t coding, udhi;
    std::string content, text;
  };
  const Case cases[] = {
      {8, 0, to_ucs2("1 已处理"), "1 已处理"},
      {0, 0, "1", "1"},
      {15, 0, *from_hex("b9a4b5a5"), "工单"},
      {8, 1, sms_part_header(7, 2, 1) + to_ucs2("前半"), "前半"},
      {8, 1, "\x20", ""},  // a header that is not there
      // Filled up with zeros, to a field of some length.
      {0, 0, std::string("1\0\0\0", 4), "1"},
      {15, 0, *from_hex("b9a4b5a50000"), "工单"},
      {8, 0, to_ucs2("收到") + std::string(4, '\0'), "收到"},
      {8, 0, to_ucs2("收到") + std::string(1, '\0'), "收到"},
      // GBK or UTF-8 that calls itself ASCII.
      {0, 0, *from_hex("cad5b5bd"), "收到"},
      {0, 0, "收到", "收到"},
      {3, 0, "1", "1"},  // of a gateway that means Latin-1 by it; ASCII is the same in both
      {0, 0, "", ""},
  };
  for (const Case& one : cases) {
    SgipDoor door = bound_door();
    SgipDeliver deliver = kReply;
    deliver.coding = one.coding;
    deliver.tp_udhi = one.udhi;
    deliver.content = one.content;
    Timestamp before = clock_.now();
    EXPECT_EQ(ask(door, deliver), 0);
    EXPECT_EQ(replies_.back().sender, "8613800138000");
    EXPECT_EQ(replies_.back().text, one.text);
    EXPECT_EQ(replies_.back().gateway_id, "4000000001.203040506.5");
    EXPECT_GE(replies_.back().received_at, before);
  }
}

TEST_F(SgipDoorTest, WhatIsNoTextIsRefusedAndTheConnectionStays) {
  SgipDoor door = bound_door();
  for (auto [coding, hex] : {std::pair<uint8_t, const char*>{4, "00"},
                             {4, "31"},
                             {3, "ff"},
                             {3, "0131"},
                             {9, "31"},
                             {8, "5d"},
                             {8, "d842"},
                             {0, "ff"},
                             {15, "ff"}}) {
    unread_.clear();
    SgipDeliver deliver = kReply;
    deliver.coding = coding;
    deliver.content = *from_hex(hex);
    EXPECT_EQ(ask(door, deliver), 5) << int(coding) << hex;
    EXPECT_EQ(unread_, std::vector<std::string>{"reply"});
  }
  EXPECT_TRUE(replies_.empty());
  EXPECT_EQ(ask(door, kReply), 0);
}

// A receipt of another version of SGIP must not come, close, and come again for ever.
TEST_F(SgipDoorTest, AStateThatSgipDoesNotHaveIsAnsweredAndCounted) {
  LogLines lines;
  SgipDoor door = bound_door();
  for (int state : {3, 4, 255}) {
    SgipReport report = kReport;
    report.state = uint8_t(state);
    EXPECT_EQ(ask(door, report), 5) << state;
  }
  EXPECT_FALSE(door.closing());
  EXPECT_TRUE(receipts_.empty());
  EXPECT_EQ(unread_, (std::vector<std::string>{"receipt", "receipt", "receipt"}));
  EXPECT_EQ(lines.count("sgip_packet_unread"), 3U);
  EXPECT_EQ(lines.count("13800138000"), 0U);
  EXPECT_EQ(ask(door, kReport), 0) << "the connection goes on";
}

TEST_F(SgipDoorTest, AReceiptOfAnotherTypeIsTakenByItsNumber) {
  SgipDoor door = bound_door();
  SgipReport report = kReport;
  report.type = 1;
  EXPECT_EQ(ask(door, report), 0);
  EXPECT_EQ(receipts_.size(), 1U);
}

// length, command, the twelve bytes of kTheirs, body
std::string raw_packet(uint32_t command, const std::string& body) {
  std::string bytes;
  append_u32(bytes, uint32_t(20 + body.size()));
  append_u32(bytes, command);
  for (uint32_t number : {kTheirs.node, kTheirs.time, kTheirs.counter}) append_u32(bytes, number);
  return bytes + body;
}

// USERRPT, TRACE and what is nobody's; and what is shorter than its command.
TEST_F(SgipDoorTest, ACommandThatWeDoNotKnowIsAnsweredAndTheConnectionStays) {
  SgipDoor door = bound_door();
  for (uint32_t command : {0x11U, 0x1000U, 0x6U, 0x7fffffffU, 0x0U}) {
    const std::string answer = door.take(raw_packet(command, std::string(51, 'x')));
    std::string expected = raw_packet(command | 0x80000000U, std::string(9, '\0'));
    expected[20] = 7;
    EXPECT_EQ(to_hex(answer), to_hex(expected)) << command;
  }
  EXPECT_EQ(unread_, std::vector<std::string>(5, "command"));
  EXPECT_EQ(to_hex(door.take(raw_packet(4, "x"))).substr(0, 16), "0000001d80000004");
  EXPECT_EQ(to_hex(door.take(raw_packet(5, "x"))).substr(0, 16), "0000001d80000005");
  EXPECT_EQ(unread_.size(), 7U);
  EXPECT_EQ(door.take(raw_packet(0x80000011U, std::string(9, '\0'))), "") << "an answer has none";
  EXPECT_TRUE(door.closing()) << "we have asked nothing";
  SgipDoor stranger(rules_);
  EXPECT_EQ(stranger.take(raw_packet(0x11U, "")), "");
  EXPECT_TRUE(stranger.closing());
}

TEST_F(SgipDoorTest, WhatIsNotKeptIsToComeAgain) {
  taken_ = Error{ErrorCode::unavailable, "the store is busy"};
  SgipDoor door = bound_door();
  EXPECT_EQ(ask(door, kReport), 11);
  EXPECT_EQ(ask(door, kReply), 11);
  EXPECT_FALSE(door.closing());
}

TEST_F(SgipDoorTest, PacketsComeInAnyPieces) {
  std::string bytes = *encode_sgip({kTheirs, SgipBind{2, "demo", "pass"}}) +
                      *encode_sgip({kTheirs, kReport}) + *encode_sgip({kTheirs, kReply}) +
                      *encode_sgip({kTheirs, SgipUnbind{}});
  SgipDoor at_once(rules_);
  std::string answers = at_once.take(bytes);
  EXPECT_EQ(answers.size(), 29U * 3 + 20);
  SgipDoor by_byte(rules_);
  std::string dribbled;
  for (char byte : bytes) dribbled += by_byte.take({&byte, 1});
  EXPECT_EQ(dribbled, answers);
  EXPECT_TRUE(by_byte.closing());
  EXPECT_EQ(receipts_.size(), 2U);
  EXPECT_EQ(replies_.size(), 2U);
}

TEST_F(SgipDoorTest, WhatIsNoPacketOfAGatewayCloses) {
  SgipSubmit submit;
  submit.users = {"8613800138000"};
  for (const std::string& bytes : {std::string("GET / HTTP/1.1\r\n"),
                                   std::string("\0\0\0\x13xxx", 7), *encode_sgip({kTheirs, submit}),
                                   *encode_sgip({kTheirs, SgipResponse{SgipCommand::bind, 0}})}) {
    SgipDoor door = bound_door();
    EXPECT_EQ(door.take(bytes), "");
    EXPECT_TRUE(door.closing());
    EXPECT_EQ(door.take(*encode_sgip({kTheirs, kReport})), "");
  }
  EXPECT_TRUE(receipts_.empty());
}

TEST_F(SgipDoorTest, NothingOfItIsLogged) {
  LogLines lines;
  taken_ = Error{ErrorCode::unavailable, "the store is busy"};
  SgipDoor door = bound_door();
  ask(door, kReport);
  ask(door, kReply);
  door.take("13800138000");
  SgipDoor other(rules_);
  ask(other, SgipBind{2, "demo", "passt"});
  EXPECT_EQ(lines.count("_not_taken"), 2U);
  EXPECT_EQ(lines.count("sgip_login_refused"), 1U);
  EXPECT_EQ(lines.count("sgip_packet_refused"), 1U);
  for (const char* word : {"13800138000", "pass", "demo", "已处理"}) {
    EXPECT_EQ(lines.count(word), 0U) << word;
  }
}

}  // namespace
}  // namespace jieban
