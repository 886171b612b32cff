// The vectors of RFC 4648 §10, the difference of the two alphabets, and strict decoding.
#include "common/crypto/base64.h"

#include <gtest/gtest.h>

#include "common/crypto/random.h"

namespace jieban {
namespace {

TEST(Base64, MatchesTheVectorsOfTheRfc) {
  const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : vectors) {
    EXPECT_EQ(to_base64(bytes), text);
    EXPECT_EQ(from_base64(text), bytes);
  }
}

TEST(Base64, TheUrlAlphabetHasNoPlusNoSlashNoPadding) {
  EXPECT_EQ(to_base64("\xfb\xff\xfe\xff"), "+//+/w==");
  EXPECT_EQ(to_base64_url("\xfb\xff\xfe\xff"), "-__-_w");
  EXPECT_EQ(from_base64_url("-__-_w"), "\xfb\xff\xfe\xff");
}

TEST(Base64, DecodingIsStrict) {
  for (const char* bad :
       {"Zg", "Zg=", "Zg===", "Zh==", "Zm9v\n", "Zm 9v", "Zm9v!", "-__-_w==", "="}) {
    EXPECT_FALSE(from_base64(bad).has_value()) << bad;
  }
  for (const char* bad : {"Zg==", "+//+", "Z", "Zh"}) {
    EXPECT_FALSE(from_base64_url(bad).has_value()) << bad;
  }
}

TEST(Base64, EveryLengthSurvivesTheRoundTrip) {
  for (size_t size = 0; size < 100; ++size) {
    const std::string bytes = random_bytes(size);
    EXPECT_EQ(from_base64(to_base64(bytes)), bytes);
    EXPECT_EQ(from_base64_url(to_base64_url(bytes)), bytes);
  }
}

}  // namespace
}  // namespace jieban
