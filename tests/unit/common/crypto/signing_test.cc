// RFC 8032 §7.1 test 2, and every way in which a signature may not fit.
#include "common/crypto/signing.h"

#include <gtest/gtest.h>

#include "common/base/bytes.h"

namespace jieban {
namespace {

SigningKey rfc_key() {
  const auto seed =
      from_hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb").value();
  return SigningKey(SecretKey::from_bytes(seed).value());
}

TEST(Signing, MatchesTheVectorOfTheRfc) {
  const SigningKey key = rfc_key();
  EXPECT_EQ(to_hex(key.public_key()),
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  EXPECT_EQ(to_hex(key.sign("\x72")),
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
}

TEST(Signing, ASignatureFitsItsKeyAndItsMessageOnly) {
  const SigningKey key = SigningKey::generate();
  const std::string signature = key.sign("head of 2026-02-03");
  EXPECT_TRUE(verify_signature(key.public_key(), "head of 2026-02-03", signature));
  EXPECT_FALSE(verify_signature(key.public_key(), "head of 2026-02-04", signature));
  EXPECT_FALSE(
      verify_signature(SigningKey::generate().public_key(), "head of 2026-02-03", signature));
}

TEST(Signing, AnyChangedByteOrLengthIsSeen) {
  const SigningKey key = rfc_key();
  const std::string signature = key.sign("m");
  for (size_t i = 0; i < signature.size(); ++i) {
    std::string changed = signature;
    changed[i] = char(changed[i] ^ 1);
    EXPECT_FALSE(verify_signature(key.public_key(), "m", changed)) << i;
  }
  EXPECT_FALSE(verify_signature(key.public_key(), "m", signature.substr(1)));
  EXPECT_FALSE(verify_signature(key.public_key(), "m", ""));
  EXPECT_FALSE(verify_signature("", "m", signature));
}

TEST(Signing, TheSeedIsTheWholeKey) {
  const SigningKey key = SigningKey::generate();
  const SigningKey again(key.seed().copy());
  EXPECT_EQ(again.public_key(), key.public_key());
  EXPECT_EQ(again.sign("m"), key.sign("m"));
}

}  // namespace
}  // namespace jieban
