// However a phone and an address are typed, their normal forms are the same; of nothing it is
// empty.
#include "daemons/receiver/link_text.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

TEST(LinkText, APhoneIsItsDigits) {
  for (const char* typed :
       {"13800000000", "138 0000 0000", "138-0000-0000", "+8613800000000", "+86 138-0000-0000"}) {
    EXPECT_EQ(normal_phone(typed), "13800000000") << typed;
  }
  EXPECT_EQ(normal_phone("(010)66000000"), "01066000000");
  EXPECT_EQ(normal_phone("8613800000"), "8613800000") << "too short for a country and a mobile";
  EXPECT_EQ(normal_phone("wx_user-7"), "wx_user-7") << "an account";
}

TEST(LinkText, AnAddressIsWithoutBlanksAndWithoutWhatEverybodyShares) {
  for (const char* typed : {"月坛南街1号院2号楼", "月坛南街 1号院 2号楼", "月坛南街１号院２号楼",
                            "西城区月坛南街1号院2号楼", "北京市西城区月坛街道月坛南街1号院2号楼"}) {
    EXPECT_EQ(normal_address(typed, "西城区", "月坛街道"), "月坛南街1号院2号楼") << typed;
  }
  EXPECT_EQ(normal_address("3-2-101", "", ""), "3-2-101") << "dashes tell flats apart";
}

TEST(LinkText, WhatSaysNothingIsEmpty) {
  for (const char* typed : {"", "不详", "保密", "-", "无", "110"}) {
    EXPECT_EQ(normal_phone(typed), "") << typed;
  }
  for (const char* typed : {"", "不详", "北京市西城区", "西城区 不详"}) {
    EXPECT_EQ(normal_address(typed, "西城区", "月坛街道"), "") << typed;
  }
}

}  // namespace
}  // namespace jieban
