// Goal: the digests of RFC 1321, appendix A.5, and one of each length about a block.
#include "daemons/notifier/channels/cmpp/md5.h"

#include <gtest/gtest.h>

#include "common/base/bytes.h"

namespace jieban {
namespace {

TEST(Md5, DigestsOfTheRfc) {
  const std::pair<std::string, std::string> cases[] = {
      {"", "d41d8cd98f00b204e9800998ecf8427e"},
      {"a", "0cc175b9c0f1b6a831c399e269772661"},
      {"abc", "900150983cd24fb0d6963f7d28e17f72"},
      {"message digest", "f96b697d7cb7938d525a2f31aaf161d0"},
      {"abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b"},
      {"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
       "d174ab98d277d9f5a5611c2c9f419d9f"},
      {"12345678901234567890123456789012345678901234567890123456789012345678901234567890",
       "57edf4a22be3c955ac49da2e2107b67a"},
  };
  for (const auto& [text, digest] : cases) EXPECT_EQ(to_hex(md5(text)), digest) << text;
}

// Made with md5sum of coreutils.
TEST(Md5, LengthsAboutABlock) {
  EXPECT_EQ(to_hex(md5(std::string(55, 'x'))), "04364420e25c512fd958a70738aa8f72");
  EXPECT_EQ(to_hex(md5(std::string(56, 'x'))), "668a72d5ba17f08e62dabcafad6db14b");
  EXPECT_EQ(to_hex(md5(std::string(64, 'x'))), "c1bb4f81d892b2d57947682aeb252456");
}

}  // namespace
}  // namespace jieban
