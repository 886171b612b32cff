// Order numbers are opaque; what Excel has ruined is refused, never guessed.
#include "daemons/receiver/intake/order_number.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

TEST(OrderNumber, OpaqueNumbersPass) {
  for (std::string_view text :
       {"热线-260203-000001", "250912101108115409", "GS20260203000001", "YT_1-2", "1E10", "12E5"}) {
    auto number = parse_order_number(text, false);
    ASSERT_TRUE(number.ok()) << text;
    EXPECT_EQ(*number, text);
  }
  EXPECT_EQ(*parse_order_number(" ＹＴ－１２３　", false), "YT-123");
  EXPECT_EQ(*parse_order_number("=\"0012\"", false), "0012");
  EXPECT_EQ(*parse_order_number(" ", false), "");
}

TEST(OrderNumber, ScientificNotationIsRefusedWithAdvice) {
  for (std::string_view text : {"2.50912E+17", "2.50912101108115E+17", "2.5e17", "3E+17", "1E-5"}) {
    auto number = parse_order_number(text, false);
    ASSERT_FALSE(number.ok()) << text;
    EXPECT_NE(number.error().message.find("设为文本"), std::string::npos);
    EXPECT_EQ(number.error().message.find(text), std::string::npos);
  }
  EXPECT_FALSE(parse_order_number("3E17", true).ok());
}

TEST(OrderNumber, ANumberCellKeepsFifteenDigitsOnly) {
  EXPECT_TRUE(parse_order_number("123456789012345", true).ok());
  EXPECT_FALSE(parse_order_number("1234567890123456", true).ok());
  EXPECT_TRUE(parse_order_number("1234567890123456", false).ok());
}

TEST(OrderNumber, OtherCharactersAndLengthAreRefused) {
  for (std::string_view text : {"a b", "a/b", "1.5", "a\nb", "é", "、", "あ", "\U00020000"}) {
    EXPECT_FALSE(parse_order_number(text, false).ok()) << text;
  }
  EXPECT_TRUE(parse_order_number(std::string(40, '1'), false).ok());
  EXPECT_EQ(parse_order_number(std::string(41, '1'), false).error().code, ErrorCode::limit);
}

}  // namespace
}  // namespace jieban
