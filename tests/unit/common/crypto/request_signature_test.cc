// A request is taken once, from who holds the secret, within the window; vectors by Python's hmac.
#include "common/crypto/request_signature.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace jieban {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

constexpr std::string_view kSecret = "demo-secret-0001";
constexpr Timestamp kNow = from_micros(1'767'225'600'000'000);

SignedRequest request() {
  SignedRequest request;
  request.app_id = "street-01";
  request.timestamp_ms = 1'767'225'600'000;
  request.nonce = "nonce-0001";
  request.body = R"({"batch_id":"b1","orders":[]})";
  request.signature = "8f449490dfa19a1e6211c893e46120674a09a84fab1818083f8bce14f5256834";
  return request;
}

TEST(RequestSignature, MatchesAnotherImplementation) {
  EXPECT_TRUE(verify_request(request(), kSecret, kNow).ok());
  SignedRequest chinese = request();
  chinese.body = R"({"内容":"路灯不亮"})";
  EXPECT_EQ(sign_request(chinese, kSecret),
            "7bc4b30a045fe6c27c8f385d1a2fd8631bd1c88a80b913c21896f82898b1b638");
}

TEST(RequestSignature, EveryFieldIsSigned) {
  const auto refused = [](auto change) {
    SignedRequest changed = request();
    change(changed);
    const auto result = verify_request(changed, kSecret, kNow);
    return !result.ok() && result.error().code == ErrorCode::unauthenticated;
  };
  EXPECT_TRUE(refused([](SignedRequest& r) { r.app_id = "street-02"; }));
  EXPECT_TRUE(refused([](SignedRequest& r) { r.timestamp_ms += 1; }));
  EXPECT_TRUE(refused([](SignedRequest& r) { r.nonce = "nonce-0002"; }));
  EXPECT_TRUE(refused([](SignedRequest& r) { r.body = "{}"; }));
  EXPECT_FALSE(verify_request(request(), "another-secret", kNow).ok());
  EXPECT_FALSE(verify_request(request(), "", kNow).ok());
}

TEST(RequestSignature, OnlyLowerCaseHexOfFullLengthCounts) {
  const std::string good(request().signature);
  std::string upper = good;
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](unsigned char c) { return char(toupper(c)); });
  for (const std::string& bad : {upper, good.substr(1), good + "0", std::string()}) {
    SignedRequest changed = request();
    changed.signature = bad;
    EXPECT_FALSE(verify_request(changed, kSecret, kNow).ok()) << bad;
  }
}

TEST(RequestSignature, TheWindowIsFiveMinutesEitherWay) {
  EXPECT_TRUE(verify_request(request(), kSecret, kNow + minutes(5)).ok());
  EXPECT_TRUE(verify_request(request(), kSecret, kNow - minutes(5)).ok());
  EXPECT_FALSE(verify_request(request(), kSecret, kNow + minutes(5) + milliseconds(1)).ok());
  EXPECT_FALSE(verify_request(request(), kSecret, kNow - minutes(5) - milliseconds(1)).ok());
}

TEST(RequestSignature, AForeignTimestampCannotOverflow) {
  for (int64_t at : {INT64_MIN, int64_t{-1}, int64_t{0}, INT64_MAX}) {
    SignedRequest changed = request();
    changed.timestamp_ms = at;
    const std::string signature = sign_request(changed, kSecret);
    changed.signature = signature;
    EXPECT_FALSE(verify_request(changed, kSecret, kNow).ok()) << at;
  }
}

TEST(RequestSignature, FieldsThatCouldShiftIntoEachOtherAreRefused) {
  const std::string nonce_long(65, 'n');
  const std::pair<std::string_view, std::string_view> fields[] = {
      {"", "nonce-0001"},     {"street\n01", "nonce-0001"}, {"street-01", "nonce\n0001"},
      {"street-01", "short"}, {"street-01", nonce_long},    {"street-01", "nonce 0001"},
      {"街道", "nonce-0001"}};
  for (const auto& [app_id, nonce] : fields) {
    SignedRequest changed = request();
    changed.app_id = app_id;
    changed.nonce = nonce;
    const std::string signature = sign_request(changed, kSecret);
    changed.signature = signature;
    EXPECT_FALSE(verify_request(changed, kSecret, kNow).ok()) << app_id << "|" << nonce;
  }
}

TEST(NonceMemory, ANonceIsTakenOncePerApplication) {
  NonceMemory memory;
  EXPECT_TRUE(memory.remember(request(), kNow).ok());
  const auto again = memory.remember(request(), kNow);
  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.error().code, ErrorCode::unauthenticated);
  SignedRequest other = request();
  other.app_id = "street-02";
  EXPECT_TRUE(memory.remember(other, kNow).ok());
}

TEST(NonceMemory, ANonceIsRememberedForAsLongAsItsRequestWouldBeAccepted) {
  NonceMemory memory;
  // Signed by a clock five minutes fast: accepted from now until ten minutes from now.
  const Timestamp early = kNow - minutes(5);
  ASSERT_TRUE(verify_request(request(), kSecret, early).ok());
  ASSERT_TRUE(memory.remember(request(), early).ok());
  ASSERT_TRUE(verify_request(request(), kSecret, kNow + minutes(5)).ok());
  EXPECT_FALSE(memory.remember(request(), kNow + minutes(5)).ok());
  const Timestamp late = kNow + minutes(5) + milliseconds(1);
  EXPECT_FALSE(verify_request(request(), kSecret, late).ok());
  EXPECT_TRUE(memory.remember(request(), late).ok());
  EXPECT_EQ(memory.count(), 1u);
}

TEST(NonceMemory, AFullMemoryRefusesAndNeverForgetsEarly) {
  NonceMemory memory(kSignatureWindow, 2);
  SignedRequest other = request();
  EXPECT_TRUE(memory.remember(request(), kNow).ok());
  other.nonce = "nonce-0002";
  EXPECT_TRUE(memory.remember(other, kNow).ok());
  other.nonce = "nonce-0003";
  const auto full = memory.remember(other, kNow);
  ASSERT_FALSE(full.ok());
  EXPECT_EQ(full.error().code, ErrorCode::unavailable);
  EXPECT_EQ(memory.remember(request(), kNow).error().code, ErrorCode::unauthenticated);
  EXPECT_TRUE(memory.remember(other, kNow + minutes(11)).ok());
  EXPECT_EQ(memory.count(), 1u);
}

}  // namespace
}  // namespace jieban
