// Goal: each result code of DOMAIN §15.7 means for a notice what it says, and no other is accepted.
#include "daemons/notifier/channels/sgip/sgip_result.h"

#include <gtest/gtest.h>

#include <map>

namespace jieban {
namespace {

TEST(SgipResult, EachCodeOfTheTable) {
  using enum DeliveryOutcome;
  const std::map<int, DeliveryOutcome> expected = {
      {0, accepted},  {1, denied},    {2, failed},    {3, failed},    {4, denied},
      {5, rejected},  {6, rejected},  {7, rejected},  {8, rejected},  {9, failed},
      {10, denied},   {11, failed},   {21, failed},   {22, denied},   {23, denied},
      {24, denied},   {25, failed},   {26, failed},   {27, rejected}, {28, failed},
      {29, rejected}, {30, rejected}, {31, rejected}, {32, failed},   {33, failed}};
  ASSERT_EQ(sgip_meanings().size(), expected.size());
  for (int code = 0; code < 256; ++code) {
    auto row = expected.find(code);
    EXPECT_EQ(outcome_of_sgip(uint8_t(code)), row == expected.end() ? failed : row->second) << code;
    EXPECT_EQ(find_sgip_meaning(uint8_t(code)) != nullptr, row != expected.end()) << code;
  }
}

TEST(SgipResult, AFullGatewayIsLeftAloneForAWhile) {
  for (const SgipMeaning& row : sgip_meanings()) {
    bool full = row.code == 2 || row.code == 3 || row.code == 11 || row.code == 33;
    EXPECT_EQ(row.hold > Duration::zero(), full) << int(row.code);
  }
}

TEST(SgipResult, CodesAreToldInBothLanguages) {
  EXPECT_EQ(describe_sgip(11), "SGIP 11: 节点忙 (node busy)");
  EXPECT_EQ(describe_sgip(6), "SGIP 6: 非法手机号码 (illegal mobile number)");
  EXPECT_EQ(describe_sgip(99), "SGIP 99: 未列出的结果码 (not in the table)");
  for (const SgipMeaning& row : sgip_meanings()) {
    EXPECT_FALSE(row.chinese.empty());
    EXPECT_FALSE(row.english.empty());
  }
}

}  // namespace
}  // namespace jieban
