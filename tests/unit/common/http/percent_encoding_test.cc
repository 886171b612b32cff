// Goal: what is encoded is plain ASCII that means the same bytes.
#include "common/http/percent_encoding.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

TEST(PercentEncoding, OnlyUnreservedCharactersStand) {
  EXPECT_EQ(percent_encoded(""), "");
  EXPECT_EQ(percent_encoded("AZaz09-._~"), "AZaz09-._~");
  EXPECT_EQ(percent_encoded("+/= &?%"), "%2B%2F%3D%20%26%3F%25");
  EXPECT_EQ(percent_encoded("月"), "%E6%9C%88");
  EXPECT_EQ(percent_encoded("a/1 工?"), "a%2F1%20%E5%B7%A5%3F");
  EXPECT_EQ(percent_encoded("2026-03-10_x.~"), "2026-03-10_x.~");
  EXPECT_EQ(percent_encoded(std::string_view("\0\xFF", 2)), "%00%FF");
}

}  // namespace
}  // namespace jieban
