// Goal: a login of CMPP 2.0 byte for byte, and only a whole answer is one.
#include "daemons/notifier/channels/cmpp/cmpp_connect.h"

#include <gtest/gtest.h>

#include "common/base/bytes.h"

namespace jieban {
namespace {

CmppConnect connect() { return {1, "901234", "demo1234", 0x20, 101080000}; }

TEST(CmppConnect, ThePacketOfTheTrade) {
  auto packet = encode_cmpp_connect(connect());
  ASSERT_TRUE(packet.ok());
  EXPECT_EQ(to_hex(*packet),
            "000000270000000100000001393031323334fec3ba996e0102906d6f4bf942f025972006065bc0");
}

TEST(CmppConnect, WhatDoesNotFitIsRefused) {
  CmppConnect wrong = connect();
  wrong.source_address = "90123";
  EXPECT_FALSE(encode_cmpp_connect(wrong).ok());
  wrong = connect();
  wrong.timestamp = 1231235960;
  EXPECT_FALSE(encode_cmpp_connect(wrong).ok());
}

TEST(CmppConnect, TheAnswerIsReadWholeOrNotAtAll) {
  const std::string answer =
      *from_hex("0000001e800000010000000103000102030405060708090a0b0c0d0e0f20");
  auto connected = decode_cmpp_connected(answer);
  ASSERT_TRUE(connected.ok());
  EXPECT_EQ(connected->sequence, 1U);
  EXPECT_EQ(connected->status, 3);
  EXPECT_EQ(to_hex(connected->authenticator), "000102030405060708090a0b0c0d0e0f");
  EXPECT_EQ(connected->version, 0x20);
  EXPECT_EQ(cmpp_status_meaning(3), "认证错");
  EXPECT_EQ(cmpp_status_meaning(200), "其他错误");
  for (size_t size = 0; size < answer.size(); ++size) {
    EXPECT_FALSE(decode_cmpp_connected(answer.substr(0, size)).ok());
  }
  EXPECT_FALSE(decode_cmpp_connected(answer + '\0').ok());
  std::string other = answer;
  other[7] = 2;
  EXPECT_FALSE(decode_cmpp_connected(other).ok());
}

}  // namespace
}  // namespace jieban
