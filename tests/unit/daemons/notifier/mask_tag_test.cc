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

TEST(MaskTag, ALabelIsTaggedWhereSomethingWasMaskedAndNowhereElse) {
  const auto tag = [](std::string_view text) { return tag_of('k').of(text); };
  EXPECT_EQ(masked_label("router", tag), "router");
  EXPECT_EQ(masked_label("router 13800138011", tag),
            "router ***" + tag_of('k').of("router 13800138011"));
  const std::string once = masked_label("13800138011", tag);
  EXPECT_EQ(masked_label(once, tag), once) << "what is shown can be asked for";
  EXPECT_EQ(masked_label("13800138011", {}), "***");
}

}  // namespace
}  // namespace jieban
