// Goal: a link is good for one notice, one person, until its time, and under our key only.
#include "daemons/notifier/ack_link.h"

#include <gtest/gtest.h>

#include "common/crypto/base64.h"
#include "tests/unit/daemons/notifier/door_harness.h"

namespace jieban {
namespace {

AckLinks links_of(char byte, const std::string& base = "https://desk.example") {
  return {*SecretKey::from_bytes(std::string(32, byte)), base, std::chrono::hours(1)};
}
AckClaim claim() { return {"110102007.router:7:sms", "p-li", noon() + std::chrono::hours(1)}; }

ErrorCode refusal_of(const AckLinks& links, const std::string& token, Timestamp now = noon()) {
  auto read = links.read(token, now);
  EXPECT_FALSE(read.ok());
  return read.ok() ? ErrorCode::internal : read.error().code;
}

TEST(AckLink, WhatWasSignedIsReadAgain) {
  const AckLinks links = links_of('k');
  auto read = links.read(links.token(claim()), noon());
  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_EQ(*read, claim());
}

TEST(AckLink, ATokenFitsIntoATextMessageAndAnAddress) {
  const std::string token = links_of('k').token(claim());
  EXPECT_LT(token.size(), 100u);
  EXPECT_EQ(
      token.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"),
      std::string::npos);
}

TEST(AckLink, AnyChangedBitIsAForgery) {
  const AckLinks links = links_of('k');
  const std::string bytes = *from_base64_url(links.token(claim()));
  for (size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
    std::string changed = bytes;
    changed[bit / 8] = char(changed[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_EQ(refusal_of(links, to_base64_url(changed)), ErrorCode::unauthenticated) << bit;
  }
}

TEST(AckLink, AnythingElseIsAForgery) {
  const AckLinks links = links_of('k');
  const std::string token = links.token(claim());
  for (const std::string& other :
       {std::string(), std::string("x"), token.substr(0, token.size() - 1), token + "AAAA",
        token + "=", std::string(26, 'A'), std::string(5000, 'A'), links_of('l').token(claim())}) {
    EXPECT_EQ(refusal_of(links, other), ErrorCode::unauthenticated) << other.substr(0, 99);
  }
}

TEST(AckLink, EndsAtItsTime) {
  const AckLinks links = links_of('k');
  const std::string token = links.token(claim());
  EXPECT_TRUE(links.read(token, claim().expires_at - Duration(1)).ok());
  EXPECT_EQ(refusal_of(links, token, claim().expires_at), ErrorCode::refused);
}

TEST(AckLink, TheAddressShowsNoPerson) {
  const AckLinks links = links_of('k');
  const std::string url = links.url(claim().notice_id, "p-li", noon());
  EXPECT_TRUE(url.starts_with("https://desk.example/a/")) << url;
  EXPECT_EQ(url.find("p-li"), std::string::npos);
  auto read = links.read(url.substr(url.rfind('/') + 1), noon());
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(*read, claim());
  EXPECT_EQ(links_of('k', "").url("n", "p-li", noon()), "") << "no address, no link";
}

TEST(AckLink, IsMadeByTheKeyOfTheKeysDirectory) {
  DoorHarness harness("links: {base: \"https://desk.example//\", valid_for: 2h}\n");
  auto links = AckLinks::load(harness.settings());
  ASSERT_TRUE(links.ok()) << links.error().message;
  const std::string url = links->url("n", "p-li", noon());
  EXPECT_TRUE(url.starts_with("https://desk.example/a/")) << url;
  const std::string token = url.substr(url.rfind('/') + 1);
  EXPECT_TRUE(links->read(token, noon() + std::chrono::minutes(119)).ok());
  EXPECT_EQ(refusal_of(*links, token, noon() + std::chrono::hours(2)), ErrorCode::refused);
  harness.put("keys/link.key", "short\n");
  auto broken = AckLinks::load(harness.settings());
  ASSERT_FALSE(broken.ok());
  EXPECT_EQ(broken.error().message.find("short"), std::string::npos);
}

TEST(AckLink, ABaseThatIsNoAddressIsRefused) {
  DoorHarness harness("links: {base: \"desk.example\"}\n");
  EXPECT_FALSE(AckLinks::load(harness.settings()).ok());
}

}  // namespace
}  // namespace jieban
