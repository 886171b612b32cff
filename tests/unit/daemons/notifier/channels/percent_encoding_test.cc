// Goal: what is encoded is plain ASCII that means the same bytes.
#include "daemons/notifier/channels/percent_encoding.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

TEST(PercentEncoding, OnlyUnreservedCharactersStand) {
  EXPECT_EQ(form_encoded(""), "");
  EXPECT_EQ(form_encoded("AZaz09-._~"), "AZaz09-._~");
  EXPECT_EQ(form_encoded("+/= &?%"), "%2B%2F%3D%20%26%3F%25");
  EXPECT_EQ(form_encoded("月"), "%E6%9C%88");
  EXPECT_EQ(form_encoded(std::string_view("\0\xFF", 2)), "%00%FF");
}

}  // namespace
}  // namespace jieban
