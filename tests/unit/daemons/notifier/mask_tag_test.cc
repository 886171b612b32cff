// Goal: masked texts stay apart, and the tag gives nothing away.
#include "daemons/notifier/mask_tag.h"

#include <gtest/gtest.h>

#include "daemons/notifier/safe_text.h"

namespace jieban {
namespace {

MaskTag tag_of(char key) { return MaskTag(*SecretKey::from_bytes(std::string(32, key))); }

TEST(MaskTag, TheSameTextHasTheSameTagUnderOneKeyAndNoOther) {
  EXPECT_EQ(tag_of('k').of("20260001"), tag_of('k').of("20260001"));
  EXPECT_NE(tag_of('k').of("20260001"), tag_of('k').of("20260002"));
  EXPECT_NE(tag_of('k').of("20260001"), tag_of('q').of("20260001"));
}

TEST(MaskTag, IsNeverTakenForANumberItself) {
  for (int i = 0; i < 1000; ++i) {
    const std::string tagged = "***" + tag_of('k').of(std::to_string(i));
    EXPECT_EQ(tagged.size(), 3U + 7U);
    EXPECT_EQ(safe_text(tagged), tagged);
  }
}

}  // namespace
}  // namespace jieban
