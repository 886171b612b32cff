// The thorough parser takes what the fast one leaves to it, and refuses the rest with a reason.
#include "common/json/thorough_json.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

TEST(ThoroughJson, TakesWhatTheFastParserLeaves) {
  auto pair = parse_json_thoroughly(R"("\ud83d\ude00")", {});
  ASSERT_TRUE(pair.ok());
  EXPECT_EQ(*pair, Value("\xf0\x9f\x98\x80"));
  auto marked = parse_json_thoroughly("\xef\xbb\xbf{}", {});
  ASSERT_TRUE(marked.ok());
  EXPECT_NE(marked->object(), nullptr);
}

TEST(ThoroughJson, EveryRefusalHasAReasonAndAPlace) {
  for (const char* text : {"[1,", "{\"a\":1,\"a\":2}", "\"\\ud800\"", "1e400", "[nul]"}) {
    auto parsed = parse_json_thoroughly(text, {});
    ASSERT_FALSE(parsed.ok()) << text;
    EXPECT_NE(parsed.error().message.find("at byte"), std::string::npos) << parsed.error().message;
  }
}

}  // namespace
}  // namespace jieban
