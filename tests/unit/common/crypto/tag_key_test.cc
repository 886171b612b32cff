// Tags: of equal texts equal, and of no use without the key.
#include "common/crypto/tag_key.h"

#include <gtest/gtest.h>

#include "common/base/bytes.h"

namespace jieban {
namespace {

SecretKey counting_key() {
  std::string bytes;
  for (int i = 0; i < 32; ++i) bytes.push_back(char(i));
  return SecretKey::from_bytes(bytes).value();
}

// Computed with a SipHash-2-4 written from its paper, and Python's hashlib.
TEST(TagKey, MatchesAnotherImplementation) {
  EXPECT_EQ(to_hex(TagKey(counting_key(), "order").tag("13800138000")), "21d05b58d44b3faa");
}

TEST(TagKey, DependsOnKeyPurposeAndText) {
  const SecretKey key = counting_key();
  const std::string tag = TagKey(key, "order").tag("a");
  EXPECT_EQ(tag.size(), TagKey::kTagSize);
  EXPECT_EQ(TagKey(key, "order").tag("a"), tag);
  EXPECT_NE(TagKey(key, "order").tag("b"), tag);
  EXPECT_NE(TagKey(key, "other").tag("a"), tag);
  EXPECT_NE(TagKey(SecretKey::generate(), "order").tag("a"), tag);
}

TEST(TagKey, ANumberIsTheSameForTheSameKeyPurposeAndText) {
  const SecretKey key = counting_key();
  EXPECT_EQ(TagKey(key, "x").number("王小明"), TagKey(key, "x").number("王小明"));
}

TEST(TagKey, AnotherKeyPurposeOrTextGivesAnotherNumber) {
  const SecretKey key = counting_key();
  const uint64_t known = TagKey(key, "x").number("王小明");
  EXPECT_NE(TagKey(SecretKey::generate(), "x").number("王小明"), known);
  EXPECT_NE(TagKey(key, "y").number("王小明"), known);
  EXPECT_NE(TagKey(key, "x").number("王小朋"), known);
}

}  // namespace
}  // namespace jieban
