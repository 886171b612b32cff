// The generator gives what was asked for, never the same twice, and tokens fit into a URL.
#include "common/crypto/random.h"

#include <gtest/gtest.h>

#include <set>

namespace jieban {
namespace {

TEST(CryptoRandom, TheLibraryStartsAndMayBeStartedAgain) {
  EXPECT_TRUE(initialise_crypto().ok());
  EXPECT_TRUE(initialise_crypto().ok());
}

TEST(CryptoRandom, GivesTheSizeAskedForAndNeverTheSameTwice) {
  EXPECT_EQ(random_bytes(0), "");
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const std::string bytes = random_bytes(16);
    EXPECT_EQ(bytes.size(), 16u);
    EXPECT_TRUE(seen.insert(bytes).second);
  }
}

TEST(CryptoRandom, ATokenHoldsOnlyCharactersOfAUrl) {
  for (int i = 0; i < 200; ++i) {
    const std::string token = random_token();
    EXPECT_EQ(token.size(), 43u);
    EXPECT_EQ(token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                      "0123456789-_"),
              std::string::npos);
  }
  EXPECT_NE(random_token(), random_token());
}

}  // namespace
}  // namespace jieban
