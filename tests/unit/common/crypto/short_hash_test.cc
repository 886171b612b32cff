#include "common/crypto/short_hash.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

SecretKey key(char fill) { return *SecretKey::from_bytes(std::string(SecretKey::kSize, fill)); }

TEST(ShortHash, IsTheSameForTheSameKeyPurposeAndText) {
  EXPECT_EQ(ShortHash(key('a'), "x")("王小明"), ShortHash(key('a'), "x")("王小明"));
}

TEST(ShortHash, AnotherKeyPurposeOrTextGivesAnother) {
  const uint64_t known = ShortHash(key('a'), "x")("王小明");
  EXPECT_NE(ShortHash(key('b'), "x")("王小明"), known);
  EXPECT_NE(ShortHash(key('a'), "y")("王小明"), known);
  EXPECT_NE(ShortHash(key('a'), "x")("王小朋"), known);
}

}  // namespace
}  // namespace jieban
