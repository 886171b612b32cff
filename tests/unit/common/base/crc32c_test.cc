// The checksum is the published CRC-32C, the same with and without the processor's help.
#include "common/base/crc32c.h"

#include <gtest/gtest.h>

#include "common/base/random.h"

namespace jieban {
namespace {

TEST(Crc32c, MatchesThePublishedVectors) {
  EXPECT_EQ(crc32c("123456789"), 0xe3069283U);
  EXPECT_EQ(crc32c(std::string(32, '\0')), 0x8a9136aaU);  // RFC 3720 appendix B.4
  EXPECT_EQ(crc32c(std::string(32, '\xff')), 0x62a8ab43U);
  EXPECT_EQ(crc32c(""), 0U);
}

TEST(Crc32c, TableAndProcessorAgreeAtEveryLength) {
  SeededRandom random(7);
  std::string bytes;
  for (int length = 0; length < 300; ++length) {
    EXPECT_EQ(crc32c(bytes), detail::crc32c_table(bytes, 0)) << length;
    bytes.push_back(static_cast<char>(random.next()));
  }
}

TEST(Crc32c, PartsSumLikeTheWhole) {
  EXPECT_EQ(crc32c("6789", crc32c("12345")), crc32c("123456789"));
}

}  // namespace
}  // namespace jieban
