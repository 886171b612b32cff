// Goal: a message is as long as the network counts it, and is cut where no character breaks.
#include "daemons/notifier/channels/sms_text.h"

#include <gtest/gtest.h>

#include "common/base/bytes.h"

namespace jieban {
namespace {

std::string repeated(std::string_view text, size_t count) {
  std::string out;
  for (size_t i = 0; i < count; ++i) out += text;
  return out;
}

TEST(SmsText, EachCharacterCountsAsTheNetworkCountsIt) {
  struct Case {
    std::string text;
    SmsSize size;
  };
  const Case cases[] = {
      {"", {SmsAlphabet::gsm, 0, 1}},
      {"Order 1, please.", {SmsAlphabet::gsm, 16, 1}},
      {"@$_£ÄΩ\n\r", {SmsAlphabet::gsm, 8, 1}},
      {"\f^{}\\[~]|€", {SmsAlphabet::gsm, 20, 1}},
      {"a`", {SmsAlphabet::ucs2, 2, 1}},  // the one printing sign of ASCII that GSM lacks
      {"a\t", {SmsAlphabet::ucs2, 2, 1}},
      {"ç", {SmsAlphabet::ucs2, 1, 1}},  // GSM has the capital only
      {"Ç", {SmsAlphabet::gsm, 1, 1}},
      {"工单催办", {SmsAlphabet::ucs2, 4, 1}},
      {"{工}", {SmsAlphabet::ucs2, 3, 1}},  // no septets here
      {"𠮷", {SmsAlphabet::ucs2, 2, 1}},
  };
  for (const Case& one : cases) EXPECT_EQ(measure_sms(one.text), one.size) << one.text;
}

// A channel that sends all in UCS-2 pays for an English text as for a Chinese one.
TEST(SmsText, IsCountedInTheAlphabetThatAChannelHasSettledOn) {
  const std::string plain = repeated("a", 71);
  EXPECT_EQ(sms_segments(plain, SmsAlphabet::gsm), (SmsSegments{SmsAlphabet::gsm, 1}));
  EXPECT_EQ(sms_segments(plain, SmsAlphabet::ucs2), (SmsSegments{SmsAlphabet::ucs2, 2}));
  EXPECT_EQ(to_string(SmsAlphabet::gsm), "GSM-7");
  EXPECT_EQ(to_string(SmsAlphabet::ucs2), "UCS-2");
}

TEST(SmsText, PartsBeginWhereAMessageIsFull) {
  struct Case {
    std::string sign;
    size_t alone, first_of_two, first_of_three;
  };
  const Case cases[] = {
      {"a", 160, 161, 307}, {"€", 80, 81, 153}, {"工", 70, 71, 135}, {"𠮷", 35, 36, 67}};
  for (const Case& one : cases) {
    EXPECT_EQ(measure_sms(repeated(one.sign, one.alone)).parts, 1U) << one.sign;
    EXPECT_EQ(measure_sms(repeated(one.sign, one.first_of_two)).parts, 2U) << one.sign;
    EXPECT_EQ(measure_sms(repeated(one.sign, one.first_of_three - 1)).parts, 2U) << one.sign;
    EXPECT_EQ(measure_sms(repeated(one.sign, one.first_of_three)).parts, 3U) << one.sign;
  }
}

TEST(SmsText, PartsAreTheWholeTextAndNoCharacterIsCut) {
  // The 67th unit of the first part would be half of a pair; the 153rd septet half of an escape.
  const std::string pair = repeated("工", 66) + "𠮷" + repeated("单", 10);
  auto parts = sms_parts(pair, SmsAlphabet::ucs2);
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_EQ(to_ucs2(parts[0]).size(), 66U * 2);
  EXPECT_EQ(std::string(parts[0]) + std::string(parts[1]), pair);

  const std::string escape = repeated("a", 152) + "€" + repeated("b", 20);
  parts = sms_parts(escape, SmsAlphabet::gsm);
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_EQ(parts[0].size(), 152U);
  EXPECT_EQ(std::string(parts[0]) + std::string(parts[1]), escape);
}

TEST(SmsText, ATextThatIsTooLongIsCutOnACharacter) {
  const std::string pairs = repeated("𠮷", 300);
  std::string_view fitting = fit_sms(pairs, SmsAlphabet::ucs2);
  EXPECT_EQ(fitting.size(), 8U * 33 * 4);  // 33 pairs are 66 of 67 units
  EXPECT_TRUE(is_utf8(fitting));
  EXPECT_EQ(sms_parts(fitting, SmsAlphabet::ucs2).size(), 8U);
  EXPECT_EQ(fit_sms(pairs, SmsAlphabet::ucs2, 1).size(), 35U * 4);
  EXPECT_EQ(fit_sms(repeated("a", 161), SmsAlphabet::gsm, 1).size(), 160U);
  EXPECT_EQ(fit_sms("工单", SmsAlphabet::ucs2, 1), "工单");
}

TEST(SmsText, Ucs2IsBigEndianAndBack) {
  EXPECT_EQ(to_hex(to_ucs2("工单催办")), "5de5535550ac529e");
  EXPECT_EQ(to_hex(to_ucs2("A€𠮷")), "004120acd842dfb7");
  for (const char* text : {"", "A", "é", "工单催办", "A€𠮷工"}) {
    EXPECT_EQ(utf8_of_ucs2(to_ucs2(text)), text);
  }
}

TEST(SmsText, BrokenUcs2IsNoText) {
  for (const char* hex : {"5d", "5de553", "d842", "d8420041", "dfb7", "dfb7d842"}) {
    EXPECT_FALSE(utf8_of_ucs2(*from_hex(hex))) << hex;
  }
}

TEST(SmsText, APartSaysWhichItIs) {
  EXPECT_EQ(to_hex(sms_part_header(0xA7, 3, 1)), "050003a70301");
  EXPECT_EQ(to_hex(sms_part_header(0, 255, 255)), "05000300ffff");
}

TEST(SmsText, AMobileNumberHasOneForm) {
  for (const char* text : {"13800138000", "+8613800138000", "8613800138000"}) {
    EXPECT_EQ(mobile_number(text), "8613800138000") << text;
  }
  for (const char* text : {"", "+", "1380013800", "138001380000", "01066001234", "8601066001234",
                           "85213800138000", "1380013800x", "13800 138000", "８６13800138000"}) {
    EXPECT_FALSE(mobile_number(text)) << text;
  }
}

}  // namespace
}  // namespace jieban
