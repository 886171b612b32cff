// Goal: a phone is told from a member's id.
#include "daemons/notifier/channels/recipient.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

TEST(Recipient, AMobileNumberHasElevenDigitsAndBeginsWithOne) {
  EXPECT_TRUE(is_mobile("13800138000"));
  for (const char* other : {"", "1380013800", "138001380001", "23800138000", "1380013800x",
                            "+8613800138", "zhangsan", "@all"}) {
    EXPECT_FALSE(is_mobile(other)) << other;
  }
}

}  // namespace
}  // namespace jieban
