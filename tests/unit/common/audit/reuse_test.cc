#include "common/audit/reuse.h"

#include <gtest/gtest.h>

#include "common/audit/text_signature.h"
#include "tests/unit/common/audit/materials.h"

namespace jieban {
namespace {

// Equal in so many of the 128 slots.
std::string like(size_t slots) {
  std::string signature(2 * kSignatureSlots, 'a');
  for (size_t i = 2 * slots; i < signature.size(); ++i) signature[i] = 'b';
  return signature;
}

std::optional<ReuseNote> closest_of(const std::vector<EarlierText>& earlier) {
  std::optional<ReuseNote> closest;
  for (const EarlierText& each : earlier) {
    compare(ReusePolicy(), each, "A-9", like(kSignatureSlots), closest);
  }
  return closest;
}

TEST(Reuse, IsToldFromTheMeasureOn) {
  const Timestamp then = at("2026-03-10 08:00");
  EXPECT_EQ(closest_of({{"A-1", then, like(121)}}), std::nullopt);                   // 945
  EXPECT_EQ(closest_of({{"A-1", then, like(122)}}), (ReuseNote{"A-1", then, 953}));  // 953
}

TEST(Reuse, TheClosestIsToldAndOfEquallyCloseOnesTheLaterInAnyOrder) {
  const Timestamp first = at("2026-03-10 08:00");
  const Timestamp second = at("2026-03-11 08:00");
  const std::vector<EarlierText> texts = {
      {"A-1", first, like(128)}, {"A-2", second, like(128)}, {"A-3", second, like(125)}};
  EXPECT_EQ(closest_of(texts)->order_no, "A-2");
  EXPECT_EQ(closest_of({texts[2], texts[1], texts[0]})->order_no, "A-2");
}

TEST(Reuse, AnOrderMayRepeatItself) {
  EXPECT_EQ(closest_of({{"A-9", at("2026-03-10 08:00"), like(128)}}), std::nullopt);
}

TEST(Reuse, ShortTextsAreNotCompared) {
  TextFacts text{39, {}, Bytes{like(1)}};
  EXPECT_FALSE(is_comparable(ReusePolicy(), text));
  text.characters = 40;
  EXPECT_TRUE(is_comparable(ReusePolicy(), text));
  text.signature.reset();
  EXPECT_FALSE(is_comparable(ReusePolicy(), text));
}

TEST(Reuse, AfterNinetyDaysATextIsForgotten) {
  const Timestamp then = at("2026-01-01 08:00");
  EXPECT_FALSE(is_too_old(ReusePolicy(), then, then + std::chrono::days(90)));
  EXPECT_TRUE(is_too_old(ReusePolicy(), then, then + std::chrono::days(90) + Duration(1)));
}

}  // namespace
}  // namespace jieban
