// Published vectors, and vectors of another implementation (Python's hashlib and hmac).
#include "common/crypto/hashes.h"

#include <gtest/gtest.h>

#include "common/base/bytes.h"
#include "common/crypto/base64.h"

namespace jieban {
namespace {

SecretKey counting_key() {
  std::string bytes;
  for (int i = 0; i < 32; ++i) bytes.push_back(char(i));
  return SecretKey::from_bytes(bytes).value();
}

TEST(Blake2b, MatchesAnotherImplementation) {
  EXPECT_EQ(to_hex(blake2b("abc")),
            "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}

TEST(KeyedHash, MatchesAnotherImplementation) {
  EXPECT_EQ(to_hex(keyed_hash(counting_key(), "13800138000", 16)),
            "5aae3a8c1f762d3e7c28726090a956f5");
}

TEST(KeyedHash, DependsOnKeyTextAndSize) {
  const SecretKey key = counting_key();
  EXPECT_EQ(keyed_hash(key, "a"), keyed_hash(key, "a"));
  EXPECT_EQ(keyed_hash(key, "a").size(), kDigestSize);
  EXPECT_NE(keyed_hash(key, "a"), keyed_hash(key, "b"));
  EXPECT_NE(keyed_hash(key, "a"), keyed_hash(SecretKey::generate(), "a"));
  EXPECT_NE(keyed_hash(key, "a"), blake2b("a"));
  EXPECT_NE(keyed_hash(key, "a", 32).substr(0, 16), keyed_hash(key, "a", 16));
}

TEST(KeyedHashDeathTest, ASizeOutOfRangeIsAnErrorOfOurs) {
  EXPECT_DEATH(keyed_hash(counting_key(), "a", 15), "size >=");
  EXPECT_DEATH(keyed_hash(counting_key(), "a", 65), "size >=");
}

TEST(ChainHash, MatchesAnotherImplementation) {
  EXPECT_EQ(to_hex(chain_hash(blake2b("archive"), "first")),
            "93e23e64cdc03d1e87b474e9ee9be80f0d9cf4405cf9c492d6a3f628a5232b2f");
}

TEST(ChainHash, OrderContentAndBoundariesAllCount) {
  const std::string start = blake2b("archive");
  const std::string ab = chain_hash(chain_hash(start, "a"), "b");
  EXPECT_NE(ab, chain_hash(chain_hash(start, "b"), "a"));
  EXPECT_NE(ab, chain_hash(start, "ab"));
  EXPECT_NE(ab, chain_hash(chain_hash(start, "ab"), ""));
  EXPECT_NE(ab, chain_hash(chain_hash(blake2b("other"), "a"), "b"));
}

TEST(ChainHashDeathTest, ALinkWithoutAPredecessorIsAnErrorOfOurs) {
  EXPECT_DEATH(chain_hash("", "first"), "kDigestSize");
}

TEST(Sha256, MatchesTheVectorsOfFips180) {
  EXPECT_EQ(to_hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(to_hex(sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(HmacSha256, MatchesTheVectorsOfRfc4231) {
  EXPECT_EQ(to_hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  // A key longer than a block is hashed first.
  EXPECT_EQ(to_hex(hmac_sha256(std::string(131, '\xaa'),
                               "Test Using Larger Than Block-Size Key - Hash Key First")),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(HmacSha256, SignsAsTheGroupRobotsExpect) {
  const std::string dingtalk = "SECdemo0123456789";
  EXPECT_EQ(to_base64(hmac_sha256(dingtalk, "1767225600000\n" + dingtalk)),
            "yaZjXcetNSuXyCF9+ei8g/8KzwtsTDBPCvCtYrY0m1M=");
  EXPECT_EQ(to_base64(hmac_sha256("1767225600\ndemo-secret-0001", "")),
            "39MeR8lS7LKqKJLLsPNag/FD+wLt9/hpYWgP4UVKtYU=");
}

TEST(EqualConstantTime, IsEquality) {
  EXPECT_TRUE(equal_constant_time("", ""));
  EXPECT_TRUE(equal_constant_time("token", "token"));
  EXPECT_FALSE(equal_constant_time("token", "tokeN"));
  EXPECT_FALSE(equal_constant_time("token", "toke"));
  EXPECT_FALSE(equal_constant_time("", "t"));
}

}  // namespace
}  // namespace jieban
