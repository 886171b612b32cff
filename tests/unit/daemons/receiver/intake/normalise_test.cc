// A row becomes a typed order or a reason that names the column and never the text.
#include "daemons/receiver/intake/normalise.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

RawOrder row(std::vector<RawField> more = {}) {
  RawOrder raw;
  raw.row_no = 7;
  raw.fields = {{"order_no", "YT-1", false}, {"content", "市民反映：路灯不亮", false}};
  raw.fields.insert(raw.fields.end(), more.begin(), more.end());
  return raw;
}

std::string refusal(const RawOrder& raw) {
  auto order = normalise(raw);
  return order ? "accepted" : order.error().message;
}

TEST(Normalise, AFullRowIsTyped) {
  RawOrder raw = row({{"order_type", " 投诉 ", false},
                      {"caller_phone", "１３９００００００００", false},
                      {"cat_path", "城市管理->市容环境 > 占道经营", false},
                      {"called_at", "2026年2月3日 4时5分", false},
                      {"due_at", "46056.5", true},
                      {"confidential", "是", false},
                      {"tags", "控烟、每月一题，控烟", false},
                      {"visit_satisfied", "基本满意", false},
                      {"lon", "116.35", true}});
  raw.extra = {{"备注", " 注 "}, {"空", " "}};
  auto order = normalise(raw);
  ASSERT_TRUE(order.ok()) << order.error().message;
  EXPECT_EQ(order->row_no, 7u);
  EXPECT_EQ(order->order_no, "YT-1");
  EXPECT_EQ(order->order_type, "complaint");
  EXPECT_EQ(order->caller_phone, "13900000000");
  EXPECT_EQ(order->cat_path, "城市管理>市容环境>占道经营");
  EXPECT_EQ(format_local(*order->called_at), "2026-02-03 04:05:00");
  EXPECT_EQ(format_local(*order->due_at), "2026-02-03 12:00:00");
  EXPECT_EQ(order->confidential, true);
  EXPECT_EQ(order->tags, (std::vector<std::string>{"控烟", "每月一题"}));
  EXPECT_EQ(order->visit_satisfied, "basic");
  EXPECT_EQ(order->lon, 116.35);
  EXPECT_EQ(order->extra, (std::map<std::string, std::string>{{"备注", "注"}}));
}

TEST(Normalise, NumberAndContentAreMandatory) {
  RawOrder raw = row();
  raw.fields[0].text = "　";
  EXPECT_EQ(refusal(raw), "order_no: 必填，但为空");
  raw = row();
  raw.fields.pop_back();
  EXPECT_EQ(refusal(raw), "content: 必填，但为空");
  EXPECT_EQ(refusal(row()), "accepted");
}

TEST(Normalise, ARuinedNumberIsRefused) {
  RawOrder raw = row();
  raw.fields[0] = {"order_no", "2.50912E+17", true};
  EXPECT_EQ(refusal(raw).find("order_no: 编号是科学计数法"), 0u);
}

TEST(Normalise, ABadDateIsRefusedWithoutItsText) {
  EXPECT_EQ(refusal(row({{"due_at", "2026-02-30", false}})), "due_at: 日期或时间不存在");
  EXPECT_EQ(refusal(row({{"due_at", "王五", false}})), "due_at: 不是可识别的时间格式");
  EXPECT_EQ(refusal(row({{"due_at", "—", false}})), "accepted");
  EXPECT_EQ(refusal(row({{"due_at", " ", false}})), "accepted");
}

TEST(Normalise, TextHasALimitInCharacters) {
  std::string text;
  for (int i = 0; i < 200; ++i) text += "中";
  EXPECT_EQ(refusal(row({{"title", text, false}})), "accepted");
  EXPECT_EQ(refusal(row({{"title", text + "中", false}})), "title: 超过 200 字");
  EXPECT_EQ(refusal(row({{"tags", std::string(41, 'x'), false}})), "tags: 超过 40 字");
}

TEST(Normalise, WhatIsNotUnderstoodIsKept) {
  auto order = normalise(row({{"order_type", "控烟", false},
                              {"urgency", "三级", false},
                              {"true_claim", "也许", false},
                              {"lat", "北", false}}));
  ASSERT_TRUE(order.ok());
  EXPECT_EQ(order->order_type, "other");
  EXPECT_EQ(order->urgency, "");
  EXPECT_FALSE(order->true_claim.has_value());
  EXPECT_FALSE(order->lat.has_value());
  EXPECT_EQ(
      order->extra,
      (std::map<std::string, std::string>{
          {"order_type", "控烟"}, {"urgency", "三级"}, {"true_claim", "也许"}, {"lat", "北"}}));
}

TEST(Normalise, AbsentStaysAbsent) {
  auto order = normalise(row({{"order_type", "", false}, {"confidential", "", false}}));
  EXPECT_EQ(order->order_type, "") << "a later file must not blank or overwrite the kind";
  EXPECT_FALSE(order->confidential.has_value());
}

TEST(Normalise, AWithdrawnOrderIsAnOrder) {
  EXPECT_EQ(normalise(row({{"order_type", "撤单", false}}))->order_type, "withdraw");
  EXPECT_EQ(normalise(row({{"order_type", "无效", false}}))->order_type, "invalid");
}

TEST(Normalise, BrokenUtf8IsRefused) {
  EXPECT_EQ(refusal(row({{"title", "\xC3", false}})), "title: 不是合法的 UTF-8 文字");
  RawOrder raw = row();
  raw.extra = {{"a", "\xFF"}};
  EXPECT_EQ(refusal(raw), "extra: 不是合法的 UTF-8 文字");
}

TEST(Normalise, OtherColumnsHaveLimits) {
  RawOrder raw = row();
  for (size_t i = 0; i < kExtraColumnsMax; ++i) raw.extra.emplace_back(std::to_string(i), "x");
  EXPECT_EQ(refusal(raw), "accepted");
  raw.extra.emplace_back("more", "x");
  EXPECT_EQ(refusal(raw).find("extra: "), 0u);
  raw = row();
  raw.extra.emplace_back("a", std::string(kExtraCharactersMax + 1, 'x'));
  EXPECT_EQ(refusal(raw).find("extra: "), 0u);
  raw.extra = {{std::string(kExtraNameMax + 1, 'x'), "1"}};
  EXPECT_EQ(refusal(raw).find("extra: "), 0u);
}

TEST(Normalise, ANumberIsShownOnlyWhenItIsOne) {
  RawOrder raw = row();
  EXPECT_EQ(shown_order_no(raw), "YT-1");
  raw.fields[0].text = "13900000000 张三";
  EXPECT_EQ(shown_order_no(raw), "");
}

}  // namespace
}  // namespace jieban
