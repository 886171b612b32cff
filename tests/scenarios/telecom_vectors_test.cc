// Acceptance scenario 12 (DOMAIN §19), the half of the telephone networks: the vectors of DOMAIN
// §15.7 byte for byte. Those of the robots are proved beside their channels.
#include <gtest/gtest.h>

#include "common/base/bytes.h"
#include "daemons/notifier/channels/cmpp/cmpp_connect.h"
#include "daemons/notifier/channels/cmpp/md5.h"
#include "daemons/notifier/channels/sgip/sgip_packet.h"
#include "daemons/notifier/channels/sgip/sgip_sms.h"
#include "daemons/notifier/channels/sms_text.h"

namespace jieban {
namespace {

constexpr SgipSequence kFirst = {3010012345, 101080000, 1};
constexpr SgipSequence kSecond = {3010012345, 101080000, 2};

constexpr char kBindVector[] =
    "0000003d00000001b36924b906065bc0000000010164656d6f0000000000000000000000007061737300000000"
    "00000000000000000000000000000000";

constexpr char kSubmitVector[] =
    "000000ac00000003b36924b906065bc00000000231303635353030300000000000000000000000000030303030"
    "303030303030303030303030303030303001383631333830303133383030300000000000000000313233343500"
    "000000000000000000013000000000003000000000000002000000000000000000000000000000000000000000"
    "0000000000000000000000000100000800000000085de5535550ac529e0000000000000000";

TEST(TelecomVectors, NodesOfServiceProviders) {
  EXPECT_EQ(*sgip_node("010", "12345"), 0xB36924B9U);
  EXPECT_EQ(*sgip_node("010", "12345"), 3010012345U);
  EXPECT_EQ(*sgip_node("010", "92008"), 3010092008U);
  EXPECT_EQ(*sgip_node("0311", "92008"), 3031192008U);
}

TEST(TelecomVectors, SgipBind) {
  const SgipPacket bind{kFirst, SgipBind{1, "demo", "pass"}};
  EXPECT_EQ(to_hex(*encode_sgip(bind)), kBindVector);
  EXPECT_EQ(*decode_sgip(*from_hex(kBindVector)), bind);
}

TEST(TelecomVectors, SgipSubmit) {
  SgipAccount account;
  account.sp_number = "10655000";
  account.corp_id = "12345";
  auto parts = sgip_parts(account, "8613800138000", "工单催办", kSecond);
  ASSERT_EQ(parts.size(), 1U);
  parts[0].sequence = kSecond;  // the channel's own numbers go in steps
  EXPECT_EQ(to_hex(*encode_sgip(parts[0])), kSubmitVector);
  EXPECT_EQ(*decode_sgip(*from_hex(kSubmitVector)), parts[0]);
  EXPECT_EQ(from_hex(kSubmitVector)->size(), 20U + 123 + 21 + 8);
}

TEST(TelecomVectors, CmppConnect) {
  EXPECT_EQ(to_hex(md5("901234" + std::string(9, '\0') + "demo1234" + "0101080000")),
            "fec3ba996e0102906d6f4bf942f02597");
  EXPECT_EQ(to_hex(*encode_cmpp_connect({1, "901234", "demo1234", 0x20, 101080000})),
            "000000270000000100000001393031323334fec3ba996e0102906d6f4bf942f025972006065bc0");
}

TEST(TelecomVectors, LongMessages) {
  EXPECT_EQ(kUcs2Units, 70U);
  EXPECT_EQ(kUcs2UnitsOfPart, 67U);
  EXPECT_EQ(to_hex(sms_part_header(0x2A, 3, 2)), "0500032a0302");
}

}  // namespace
}  // namespace jieban
