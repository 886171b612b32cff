// A push passes whole frames only, and judges its orders one by one.
#include "daemons/receiver/intake/json_door.h"

#include <gtest/gtest.h>

#include "common/base/limits.h"
#include "daemons/receiver/intake/normalise.h"

namespace jieban {
namespace {

Value order(std::string no) {
  Value value;
  value.set("order_no", Value(std::move(no)));
  value.set("content", Value("路灯不亮"));
  return value;
}

Value push(Value::Array orders) {
  Value body;
  body.set("batch_id", Value("b-1"));
  body.set("sent_at", Value("2026-02-03 04:05:06"));
  body.set("source", Value("district"));
  body.set("orders", Value(std::move(orders)));
  return body;
}

std::string refusal(const Value& item) {
  auto batch = read_push(push({item}));
  EXPECT_TRUE(batch.ok());
  auto& submission = batch->orders.at(0).submission;
  return submission ? "accepted" : submission.error().message;
}

std::string frame_refusal(const Value& body) {
  auto batch = read_push(body);
  return batch ? "accepted" : batch.error().message;
}

TEST(JsonDoor, GoodOrdersPassBesideBadOnes) {
  Value bad = order("YT-2");
  bad.set("content", Value(" "));
  auto batch = read_push(push({order("YT-1"), bad, Value(3), order("YT-4")}));
  ASSERT_TRUE(batch.ok());
  EXPECT_EQ(batch->batch_id, "b-1");
  EXPECT_EQ(batch->source, "district");
  EXPECT_EQ(format_local(*batch->sent_at), "2026-02-03 04:05:06");
  ASSERT_EQ(batch->orders.size(), 4u);
  EXPECT_EQ(batch->orders[0].submission->order_no, "YT-1");
  EXPECT_EQ(batch->orders[0].submission->row_no, 1u);
  EXPECT_EQ(batch->orders[1].order_no, "YT-2");
  EXPECT_EQ(batch->orders[1].submission.error().message, "orders[1].content: 必填，但为空");
  EXPECT_EQ(batch->orders[2].submission.error().message, "orders[2]: 应为 object，实为 integer");
  EXPECT_EQ(batch->orders[3].submission->row_no, 4u);
}

TEST(JsonDoor, AMandatoryFieldOfAWrongTypeIsRefusedWithItsPath) {
  Value item;
  item.set("order_no", Value(Value::Object{}));
  EXPECT_EQ(refusal(item), "orders[0].order_no: 应为 string，实为 object");
  item = Value();
  item.set("order_no", Value("1"));
  item.set("content", Value(true));
  EXPECT_EQ(refusal(item), "orders[0].content: 应为 string，实为 boolean");
}

TEST(JsonDoor, AnyOtherFaultOfAnOrderIsAWarning) {
  Value item = order("1");
  item.set("called_at", Value(1770000000));
  item.set("title", Value(true));
  item.set("tags", Value(Value::Array{Value(1)}));
  item.set("due_at", Value("gestern"));
  auto pushed = read_pushed_order(item, 1, "orders[0]");
  ASSERT_TRUE(pushed.submission.ok());
  EXPECT_EQ(pushed.warnings, (std::vector<FieldWarning>{{"called_at", "应为 string，实为 integer"},
                                                        {"title", "应为 string，实为 boolean"},
                                                        {"tags", "应为 string[]，实为 array"},
                                                        {"due_at", "不是可识别的时间格式"}}));
  EXPECT_EQ(pushed.submission->extra,
            (std::map<std::string, std::string>{{"called_at", "1770000000"},
                                                {"title", "true"},
                                                {"tags[0]", "1"},
                                                {"due_at", "gestern"}}));
  EXPECT_FALSE(pushed.submission->called_at.has_value());
}

TEST(JsonDoor, ScalarsAreReadAsTheyAre) {
  Value item = order("1");
  item.set("confidential", Value(true));
  item.set("lon", Value(116.35));
  item.set("tags", Value(Value::Array{Value("控烟"), Value("每月一题")}));
  item.set("due_at", Value());
  auto pushed = read_pushed_order(item, 1, "orders[0]");
  ASSERT_TRUE(pushed.submission.ok());
  EXPECT_EQ(pushed.submission->confidential, true);
  EXPECT_EQ(pushed.submission->lon, 116.35);
  EXPECT_EQ(pushed.submission->tags.size(), 2u);
  EXPECT_FALSE(pushed.submission->due_at.has_value());
}

TEST(JsonDoor, ANumberAsOrderNumberIsTrustedToFifteenDigits) {
  Value item;
  item.set("order_no", Value(int64_t(123456789012345)));
  item.set("content", Value("x"));
  EXPECT_EQ(read_pushed_order(item, 1, "o").order_no, "123456789012345");
  item = Value();
  item.set("order_no", Value(int64_t(250912101108115409)));
  item.set("content", Value("x"));
  EXPECT_EQ(refusal(item).find("orders[0].order_no: "), 0u);
  item = Value();
  item.set("order_no", Value(2.50912e17));
  item.set("content", Value("x"));
  EXPECT_EQ(refusal(item).find("orders[0].order_no: "), 0u);
}

TEST(JsonDoor, UnknownKeysOfAnOrderAreKept) {
  Value item = order("1");
  item.set("photos", Value(Value::Array{Value("u1"), Value("u2")}));
  Value nested;
  nested.set("deep", Value(7));
  item.set("ext", nested);
  auto pushed = read_pushed_order(item, 1, "o");
  ASSERT_TRUE(pushed.submission.ok());
  EXPECT_EQ(pushed.submission->extra,
            (std::map<std::string, std::string>{
                {"photos[0]", "u1"}, {"photos[1]", "u2"}, {"ext.deep", "7"}}));
}

TEST(JsonDoor, AFloodOfKeysIsCutAndTold) {
  Value item = order("1");
  item.set("photos", Value(Value::Array(100'000, Value("u"))));
  auto pushed = read_pushed_order(item, 1, "orders[0]");
  ASSERT_TRUE(pushed.submission.ok());
  EXPECT_EQ(pushed.submission->extra.size(), kExtraColumnsMax);
  EXPECT_EQ(pushed.warnings,
            (std::vector<FieldWarning>{{"extra", "其他列超过 200 列，其余未保存"}}));
}

TEST(JsonDoor, TheFrameIsStrict) {
  EXPECT_EQ(frame_refusal(push({})), "accepted");
  EXPECT_EQ(frame_refusal(Value(1)), "$: 应为 object，实为 integer");
  Value body = push({});
  body.set("extra", Value(1));
  EXPECT_EQ(frame_refusal(body), "extra: 未知的键");
  body = Value();
  body.set("orders", Value(Value::Array{}));
  EXPECT_EQ(frame_refusal(body), "batch_id: 缺少");
  body.set("batch_id", Value(1));
  EXPECT_EQ(frame_refusal(body), "batch_id: 应为 string，实为 integer");
  body = Value();
  body.set("batch_id", Value("a b"));
  EXPECT_EQ(frame_refusal(body).find("batch_id: "), 0u);
  body = Value();
  body.set("batch_id", Value("b"));
  EXPECT_EQ(frame_refusal(body), "orders: 缺少");
  body.set("orders", Value("x"));
  EXPECT_EQ(frame_refusal(body), "orders: 应为 array，实为 string");
}

TEST(JsonDoor, TooManyOrdersAreRefusedWhole) {
  EXPECT_TRUE(read_push(push(Value::Array(limits::kOrdersPerRequestMax, order("1")))).ok());
  auto batch = read_push(push(Value::Array(limits::kOrdersPerRequestMax + 1, order("1"))));
  EXPECT_EQ(batch.error().code, ErrorCode::limit);
}

}  // namespace
}  // namespace jieban
