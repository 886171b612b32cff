// Strict JSON: everything doubtful is refused while it is read, and the error says where.
#include "common/json/json.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

std::string error_of(std::string_view text, const JsonLimits& json_limits = {}) {
  auto parsed = parse_json(text, json_limits);
  return parsed.ok() ? "accepted" : parsed.error().message;
}

void expect_refused(std::string_view text, std::string_view reason) {
  EXPECT_NE(error_of(text).find(reason), std::string::npos) << text << " gave: " << error_of(text);
}

TEST(Json, EveryKindIsReadInOrder) {
  auto parsed =
      parse_json(R"( {"z": [1, -2, 18446744073709551615, 1.5, true, null], "a": "接办"} )");
  ASSERT_TRUE(parsed.ok()) << parsed.error().message;
  Value expected;
  expected.set("z", Value::Array{1, -2, UINT64_MAX, 1.5, true, Value()}).set("a", "接办");
  EXPECT_EQ(*parsed, expected);
}

TEST(Json, ScalarsStandAlone) {
  EXPECT_EQ(*parse_json("9223372036854775807"), Value(INT64_MAX));
  EXPECT_EQ(*parse_json("-9223372036854775808"), Value(INT64_MIN));
  EXPECT_EQ(*parse_json("9223372036854775808"), Value(uint64_t{1} << 63U));
  EXPECT_EQ(*parse_json("\"\\u63a5\\n\""), Value("接\n"));
}

TEST(Json, DuplicateKeysAreRefusedAtAnyDepthAndSize) {
  expect_refused(R"({"a":1,"b":{"c":1,"c":2}})", "duplicate key \"c\" at byte 21, line 1, in b.c");
  EXPECT_TRUE(parse_json(R"({"a":{"c":1},"b":{"c":1}})").ok());
  std::string many = "{";
  for (int i = 0; i < 1000; ++i) many += "\"k" + std::to_string(i) + "\":0,";
  EXPECT_TRUE(parse_json(many + "\"k1000\":0}").ok());
  expect_refused(many + "\"k3\":0}", "duplicate key \"k3\"");
  expect_refused(many + "\"k999\":0}", "duplicate key \"k999\"");
}

TEST(Json, LimitsHoldDuringTheParse) {
  JsonLimits small{.bytes_max = 40, .depth_max = 2, .nodes_max = 4};
  EXPECT_TRUE(parse_json("[[1,2]]", small).ok());
  EXPECT_EQ(parse_json("[[[]]]", small).error().code, ErrorCode::limit);
  EXPECT_TRUE(parse_json("[1,2,3]", small).ok());
  EXPECT_EQ(error_of("[1,2,3,4]", small), "more than 4 values at byte 9, line 1, in [3]");
  EXPECT_TRUE(parse_json(std::string(39, ' ') + "1", small).ok());
  EXPECT_EQ(parse_json(std::string(40, ' ') + "1", small).error().code, ErrorCode::limit);
  // Refused at the limit, not at the end: the rest is not even JSON.
  EXPECT_EQ(parse_json("[[[ nonsense", small).error().code, ErrorCode::limit);
}

TEST(Json, DefaultDepthIsTheHouseLimit) {
  std::string open(limits::kJsonDepthMax, '[');
  std::string close(limits::kJsonDepthMax, ']');
  EXPECT_TRUE(parse_json(open + close).ok());
  EXPECT_EQ(parse_json("[" + open + close + "]").error().code, ErrorCode::limit);
  EXPECT_EQ(parse_json(std::string(1'000'000, '[')).error().code, ErrorCode::limit);
}

TEST(Json, IllFormedUtf8IsRefused) {
  EXPECT_TRUE(parse_json("\"\xe6\x8e\xa5\"").ok());
  expect_refused("\"\xe6\x8e\"", "UTF-8");
  expect_refused("{\"\xff\":1}", "UTF-8");
  expect_refused(R"("\ud800")", "surrogate");
}

TEST(Json, NumbersThatDoNotFitAreRefused) {
  for (const char* text : {"NaN", "Infinity", "-Infinity", "01", "+1", ".5", "0x10"}) {
    expect_refused(text, "not JSON");
  }
  expect_refused("1e999", "the number is out of range");
  expect_refused("18446744073709551616", "the integer is out of range");
  expect_refused("-9223372036854775809", "the integer is out of range");
}

TEST(Json, NothingMayFollowTheValue) {
  EXPECT_TRUE(parse_json("{} \n\t").ok());
  for (const char* text : {"{} x", "{}{}", "1,", "[1,]", "{\"a\":1,}", "// c\n1", "", "  "}) {
    expect_refused(text, "not JSON");
  }
  expect_refused(std::string_view("1\0", 2), "not JSON");
}

TEST(Json, ErrorsSayWhereAndNeverQuoteAValue) {
  std::string message = error_of("{\"orders\": [\n  {\"phone\": 13800001111x}]}");
  EXPECT_NE(message.find("line 2"), std::string::npos) << message;
  EXPECT_NE(message.find("orders[0].phone"), std::string::npos) << message;
  EXPECT_EQ(message.find("1380000"), std::string::npos) << message;
  message = error_of("{\"name\": \"张三\x01 李四\"}");
  EXPECT_EQ(message.find("张三"), std::string::npos) << message;
  EXPECT_NE(message.find("in name"), std::string::npos) << message;
}

TEST(Json, LongKeysAreCutInErrors) {
  std::string key;
  for (int i = 0; i < 100; ++i) key += "键";
  std::string message = error_of("{\"" + key + "\": x}");
  EXPECT_LT(message.size(), 200U);
  EXPECT_NE(message.find("键..."), std::string::npos);
}

}  // namespace
}  // namespace jieban
