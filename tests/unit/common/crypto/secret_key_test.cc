// A key has 32 bytes, leaves nothing behind, and cannot slip into a copy or a stream.
#include "common/crypto/secret_key.h"

#include <gtest/gtest.h>

#include <cstring>
#include <new>
#include <sstream>
#include <type_traits>

namespace jieban {
namespace {

template <class Key>
concept Printable = requires(std::ostream& out, const Key& key) {
  out << key;
};

static_assert(!std::is_copy_constructible_v<SecretKey>);
static_assert(!std::is_copy_assignable_v<SecretKey>);
static_assert(!Printable<SecretKey>);
static_assert(Printable<std::string>);

bool is_zero(const void* memory, size_t size) {
  const auto* bytes = static_cast<const unsigned char*>(memory);
  for (size_t i = 0; i < size; ++i) {
    if (bytes[i] != 0) return false;
  }
  return true;
}

TEST(SecretKey, TakesThirtyTwoBytesAndNothingElse) {
  const std::string bytes(32, 'k');
  const auto key = SecretKey::from_bytes(bytes);
  ASSERT_TRUE(key.ok());
  EXPECT_EQ(key->bytes(), bytes);
  for (size_t size : {0u, 31u, 33u, 64u}) {
    const auto wrong = SecretKey::from_bytes(std::string(size, 'k'));
    ASSERT_FALSE(wrong.ok());
    EXPECT_EQ(wrong.error().code, ErrorCode::invalid);
    EXPECT_EQ(wrong.error().message.find("kk"), std::string::npos);
  }
}

TEST(SecretKey, TwoGeneratedKeysDiffer) {
  const SecretKey a = SecretKey::generate();
  const SecretKey b = SecretKey::generate();
  EXPECT_FALSE(a == b);
  EXPECT_TRUE(a == a.copy());
}

TEST(SecretKey, DestructionWipesTheMemory) {
  alignas(SecretKey) unsigned char memory[sizeof(SecretKey)];
  auto* key = new (memory) SecretKey(SecretKey::generate());
  EXPECT_FALSE(is_zero(memory, sizeof memory));
  key->~SecretKey();
  // Read through a volatile pointer: the compiler must not assume what a dead object holds.
  const volatile unsigned char* bytes = memory;
  unsigned sum = 0;
  for (size_t i = 0; i < sizeof memory; ++i) sum |= bytes[i];
  EXPECT_EQ(sum, 0u);
}

// What a move leaves behind is the promise here, so the keys are read after it.
// NOLINTBEGIN(bugprone-use-after-move)
TEST(SecretKey, MovingLeavesZeroesBehind) {
  SecretKey a = SecretKey::generate();
  const SecretKey original = a.copy();
  SecretKey b = std::move(a);
  EXPECT_TRUE(b == original);
  EXPECT_TRUE(is_zero(a.bytes().data(), SecretKey::kSize));
  a = std::move(b);
  EXPECT_TRUE(a == original);
  EXPECT_TRUE(is_zero(b.bytes().data(), SecretKey::kSize));
}
// NOLINTEND(bugprone-use-after-move)

TEST(SecretKey, WipeEmptiesAString) {
  std::string secret(100, 's');
  const char* memory = secret.data();
  wipe(secret);
  EXPECT_TRUE(secret.empty());
  EXPECT_TRUE(is_zero(memory, 100));
}

}  // namespace
}  // namespace jieban
