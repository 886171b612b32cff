// Goal: each packet is what lies on the wire, byte for byte; nothing else is a packet.
#include "daemons/notifier/channels/sgip/sgip_packet.h"

#include <gtest/gtest.h>

#include "common/base/bytes.h"

namespace jieban {
namespace {

constexpr SgipSequence kSequence = {3010012345, 101080000, 7};

SgipSubmit submit() {
  SgipSubmit body;
  body.sp_number = "10655000";
  body.users = {"8613800138000", "8613900139000"};
  body.corp_id = "12345";
  body.content = "\x5d\xe5";
  return body;
}

// Everything that the protocol has.
std::vector<SgipPacket> all_packets() {
  return {{kSequence, SgipBind{2, "demo", "sixteen-letters!"}},
          {kSequence, SgipUnbind{}},
          {kSequence, submit()},
          {kSequence, SgipDeliver{"8613800138000", "10655000", 0, 1, 15, std::string("1\0x", 3)}},
          {kSequence, SgipReport{{1, 2, 3}, 0, "8613800138000", 2, 29}},
          {kSequence, SgipResponse{SgipCommand::bind, 1}},
          {kSequence, SgipResponse{SgipCommand::unbind, 0}},
          {kSequence, SgipResponse{SgipCommand::submit, 33}},
          {kSequence, SgipResponse{SgipCommand::deliver, 0}},
          {kSequence, SgipResponse{SgipCommand::report, 0}}};
}

TEST(SgipPacket, EachPacketComesBackAsItWas) {
  for (const SgipPacket& packet : all_packets()) {
    auto bytes = encode_sgip(packet);
    ASSERT_TRUE(bytes.ok());
    auto again = decode_sgip(*bytes);
    ASSERT_TRUE(again.ok()) << again.error().message;
    EXPECT_TRUE(*again == packet);
    EXPECT_EQ(*encode_sgip(*again), *bytes);
  }
}

TEST(SgipPacket, LengthsAndCommandsAreThoseOfTheTable) {
  const std::vector<std::pair<size_t, uint32_t>> expected = {
      {61, 1},          {20, 2},          {20 + 123 + 42 + 2, 3}, {20 + 57 + 3, 4},
      {20 + 44, 5},     {29, 0x80000001}, {20, 0x80000002},       {29, 0x80000003},
      {29, 0x80000004}, {29, 0x80000005}};
  auto packets = all_packets();
  ASSERT_EQ(packets.size(), expected.size());
  for (size_t i = 0; i < packets.size(); ++i) {
    std::string bytes = *encode_sgip(packets[i]);
    EXPECT_EQ(bytes.size(), expected[i].first) << i;
    EXPECT_EQ(read_u32(bytes), expected[i].first) << i;
    EXPECT_EQ(read_u32(bytes.substr(4)), expected[i].second) << i;
    EXPECT_EQ(to_hex(bytes.substr(8, 12)), "b36924b906065bc000000007");
  }
}

TEST(SgipPacket, APartOfAPacketIsNone) {
  for (const SgipPacket& packet : all_packets()) {
    std::string bytes = *encode_sgip(packet);
    for (size_t size = 0; size < bytes.size(); ++size) {
      // Cut off, and cut off with a length that fits.
      EXPECT_FALSE(decode_sgip(bytes.substr(0, size)).ok());
      bool still_one = std::holds_alternative<SgipResponse>(packet.body) && size == kSgipHeaderSize;
      if (size < 4 || still_one) continue;
      std::string shorter;
      append_u32(shorter, uint32_t(size));
      EXPECT_FALSE(decode_sgip(shorter + bytes.substr(4, size - 4)).ok()) << size;
    }
    EXPECT_FALSE(decode_sgip(bytes + '\0').ok());
  }
}

TEST(SgipPacket, SomeGatewaysGiveUnbindABody) {
  std::string bytes = *encode_sgip({kSequence, SgipResponse{SgipCommand::unbind, 0}});
  bytes[3] = 29;
  auto packet = decode_sgip(bytes + "\x7f" + std::string(8, '\0'));
  ASSERT_TRUE(packet.ok());
  EXPECT_TRUE(std::get<SgipResponse>(packet->body) == (SgipResponse{SgipCommand::unbind, 0}));
}

TEST(SgipPacket, OtherResponsesHaveTheirBody) {
  std::string bytes = *encode_sgip({kSequence, SgipResponse{SgipCommand::submit, 0}});
  bytes[3] = 20;
  EXPECT_FALSE(decode_sgip(bytes.substr(0, 20)).ok());
}

TEST(SgipPacket, TheSizeIsKnownFromFourBytesAndLimited) {
  EXPECT_FALSE(*sgip_packet_size(std::string("\0\0\0", 3)));
  EXPECT_EQ(*sgip_packet_size(std::string("\0\0\0\x14", 4)), 20U);
  EXPECT_EQ(*sgip_packet_size(std::string("\0\0\x08\0", 4)), 2048U);
  for (const char* hex : {"00000013", "00000801", "ffffffff", "48545450"}) {
    EXPECT_FALSE(sgip_packet_size(*from_hex(hex)).ok()) << hex;
  }
}

TEST(SgipPacket, ForgedLengthsAndCommandsAreRefused) {
  auto with = [](size_t packet, size_t at, const char* hex) {
    std::string bytes = *encode_sgip(all_packets()[packet]);
    std::string change = *from_hex(hex);
    bytes.replace(at, change.size(), change);
    return decode_sgip(bytes);
  };
  EXPECT_TRUE(with(2, 20, "31").ok());
  EXPECT_FALSE(with(2, 4, "00000006").ok());    // no command
  EXPECT_FALSE(with(2, 4, "00000000").ok());    // nor this
  EXPECT_FALSE(with(2, 4, "80000006").ok());    // nor its answer
  EXPECT_FALSE(with(2, 62, "00").ok());         // nobody
  EXPECT_FALSE(with(2, 62, "65").ok());         // 101 users
  EXPECT_FALSE(with(2, 62, "01").ok());         // one, where two are
  EXPECT_FALSE(with(2, 174, "ffffffff").ok());  // the text's length
  EXPECT_FALSE(with(2, 174, "00000003").ok());
  EXPECT_FALSE(with(4, 20 + 12 + 1 + 21, "03").ok());  // no state of a receipt
}

TEST(SgipPacket, ASubmitToNobodyIsNoneHoweverWellItIsMeasured) {
  std::string bytes = *encode_sgip({kSequence, submit()});
  bytes.erase(63, 42);
  bytes[62] = 0;
  std::string size;
  append_u32(size, uint32_t(bytes.size()));
  EXPECT_FALSE(decode_sgip(size + bytes.substr(4)).ok());
}

TEST(SgipPacket, WhatDoesNotFitIsNotSent) {
  auto code = [](SgipBody body) {
    auto bytes = encode_sgip({kSequence, std::move(body)});
    return bytes.ok() ? std::string("ok") : std::string(to_string(bytes.error().code));
  };
  EXPECT_EQ(code(SgipBind{1, "sixteen-letters!", "x"}), "ok");
  EXPECT_EQ(code(SgipBind{1, "seventeen-letters", "x"}), "invalid");
  EXPECT_EQ(code(SgipBind{1, std::string("a\0b", 3), "x"}), "invalid");
  SgipSubmit body = submit();
  body.users.clear();
  EXPECT_EQ(code(body), "invalid");
  body.users.assign(101, "1");
  EXPECT_EQ(code(body), "invalid");
  body.users.assign(2, "1");
  body.content.assign(2048 - 20 - 123 - 42, 'x');
  EXPECT_EQ(code(body), "ok");
  body.content += 'x';
  EXPECT_EQ(code(body), "limit");
}

TEST(SgipPacket, ErrorsNeverQuoteThePacket) {
  SgipBind bind{1, "secret-login-name", "x"};
  EXPECT_EQ(encode_sgip({kSequence, bind}).error().message, "SGIP: LoginName does not fit");
  auto decoded = decode_sgip("13800138000 secret");
  EXPECT_EQ(decoded.error().message, "SGIP: no length of a packet");
}

TEST(SgipPacket, NodesOfServiceProviders) {
  EXPECT_EQ(*sgip_node("010", "12345"), 3010012345U);
  EXPECT_EQ(*sgip_node("010", "12345"), 0xB36924B9U);
  EXPECT_EQ(*sgip_node("010", "92008"), 3010092008U);
  EXPECT_EQ(*sgip_node("0311", "92008"), 3031192008U);
  for (auto [area, corp] : {std::pair<const char*, const char*>{"10", "12345"},
                            {"110", "12345"},
                            {"01000", "12345"},
                            {"01a", "12345"},
                            {"010", "1234"},
                            {"010", "123456"},
                            {"010", "1234x"},
                            {"", ""}}) {
    EXPECT_FALSE(sgip_node(area, corp).ok()) << area << " " << corp;
  }
}

TEST(SgipPacket, TimesAreThoseOfBeijing) {
  EXPECT_EQ(sgip_time(*parse_local("2026-01-01 08:00:00")), 101080000U);
  EXPECT_EQ(sgip_time(*parse_local("2026-12-31 23:59:59")), 1231235959U);
}

}  // namespace
}  // namespace jieban
