// A box opens with its key and its association, and with nothing else; boxes of years ago open.
#include "common/crypto/sealing.h"

#include <gtest/gtest.h>

#include <set>

#include "common/base/bytes.h"
#include "common/crypto/random.h"

namespace jieban {
namespace {

SecretKey fixed_key(char fill) { return SecretKey::from_bytes(std::string(32, fill)).value(); }

TEST(Sealing, WhatWasSealedOpens) {
  const SecretKey key = SecretKey::generate();
  for (const std::string& text : {std::string(), std::string("王女士 13800138000"),
                                  std::string("\0\1\2", 3), std::string(100'000, 'x')}) {
    const std::string box = seal(key, text, "order-1");
    EXPECT_EQ(box.size(), text.size() + kSealOverhead);
    const auto opened = open(key, box, "order-1");
    ASSERT_TRUE(opened.ok());
    EXPECT_EQ(*opened, text);
  }
}

TEST(Sealing, TheTextDoesNotShowAndNoTwoBoxesAreAlike) {
  const SecretKey key = SecretKey::generate();
  std::set<std::string> nonces;
  for (int i = 0; i < 1000; ++i) {
    const std::string box = seal(key, "北京市朝阳区", "order-1");
    EXPECT_EQ(box.find("北京"), std::string::npos);
    EXPECT_TRUE(nonces.insert(box.substr(1, 24)).second);
  }
}

TEST(Sealing, AnyChangedBitIsSeen) {
  const SecretKey key = SecretKey::generate();
  const std::string box = seal(key, "text", "order-1");
  for (size_t bit = 0; bit < box.size() * 8; ++bit) {
    std::string changed = box;
    changed[bit / 8] = char(changed[bit / 8] ^ (1 << (bit % 8)));
    const auto opened = open(key, changed, "order-1");
    ASSERT_FALSE(opened.ok()) << bit;
    EXPECT_EQ(opened.error().code, ErrorCode::corrupt);
  }
  for (size_t size = 0; size < box.size(); ++size) {
    EXPECT_FALSE(open(key, box.substr(0, size), "order-1").ok()) << size;
  }
  EXPECT_FALSE(open(key, box + "x", "order-1").ok());
}

TEST(Sealing, AnotherKeyOrAnotherOrderDoesNotOpenIt) {
  const SecretKey key = SecretKey::generate();
  const std::string box = seal(key, "text", "order-1");
  EXPECT_FALSE(open(SecretKey::generate(), box, "order-1").ok());
  EXPECT_FALSE(open(key, box, "order-2").ok());
  EXPECT_FALSE(open(key, box, "").ok());
}

TEST(Sealing, ABoxOfTheFirstFormatStillOpens) {
  const auto box = from_hex(
      "017f47e3f097fed18b979854609d01abdf748be61b60fb16d61bc086ffae8b790d"
      "17dc8874a764da14e51180263ebcef0592735c2c0611381dae55d6f20e993d1b6314");
  const auto opened = open(fixed_key('k'), box.value(), "order-1");
  ASSERT_TRUE(opened.ok());
  EXPECT_EQ(*opened, "sealed in the first format");
}

TEST(WrapKey, OnlyTheMasterUnwrapsAndOnlyForTheSameOrder) {
  const SecretKey master = SecretKey::generate();
  const SecretKey key = SecretKey::generate();
  const std::string wrapped = wrap_key(master, key, "order-1");
  EXPECT_EQ(wrapped.find(key.bytes()), std::string::npos);
  const auto unwrapped = unwrap_key(master, wrapped, "order-1");
  ASSERT_TRUE(unwrapped.ok());
  EXPECT_TRUE(*unwrapped == key);
  EXPECT_FALSE(unwrap_key(SecretKey::generate(), wrapped, "order-1").ok());
  EXPECT_FALSE(unwrap_key(master, wrapped, "order-2").ok());
}

TEST(WrapKey, ASealedTextIsNotAWrappedKeyNorTheReverse) {
  const SecretKey master = SecretKey::generate();
  std::string box = seal(master, std::string(32, 'k'), "order-1");
  EXPECT_FALSE(unwrap_key(master, box, "order-1").ok());
  box[0] = 2;
  EXPECT_FALSE(unwrap_key(master, box, "order-1").ok());
  EXPECT_FALSE(open(master, wrap_key(master, fixed_key('k'), "order-1"), "order-1").ok());
}

}  // namespace
}  // namespace jieban
