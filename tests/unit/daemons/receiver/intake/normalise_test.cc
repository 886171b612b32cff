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

struct Reading {
  Submission order;
  std::vector<FieldWarning> warnings;
};

Reading read(const RawOrder& raw) {
  Reading reading;
  auto rejection = read_order(raw, reading.order, reading.warnings);
  EXPECT_FALSE(rejection.has_value()) << rejection->reason;
  return reading;
}

// "column: reason" of the only warning.
std::string warning(const RawOrder& raw) {
  Reading reading = read(raw);
  if (reading.warnings.size() != 1) return std::to_string(reading.warnings.size()) + " warnings";
  return reading.warnings[0].column + ": " + reading.warnings[0].reason;
}

std::string repeated(const std::string& text, size_t count) {
  std::string out;
  for (size_t i = 0; i < count; ++i) out += text;
  return out;
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

TEST(Normalise, ABadDateLeavesTheFieldEmptyAndItsTextInExtra) {
  EXPECT_EQ(warning(row({{"due_at", "2026-02-30", false}})), "due_at: 日期或时间不存在");
  EXPECT_EQ(warning(row({{"due_at", "王五", false}})), "due_at: 不是可识别的时间格式");
  Reading reading = read(row({{"due_at", " 2026-02-30 ", false}}));
  EXPECT_FALSE(reading.order.due_at.has_value());
  EXPECT_EQ(reading.order.extra.at("due_at"), "2026-02-30");
  EXPECT_EQ(warning(row({{"due_at", "—", false}})), "0 warnings");
  EXPECT_EQ(warning(row({{"due_at", " ", false}})), "0 warnings");
}

TEST(Normalise, ATextPastItsLimitIsCutThereAndStandsWholeInExtra) {
  std::string text = repeated("中", 200);
  EXPECT_EQ(warning(row({{"title", text, false}})), "0 warnings");
  EXPECT_EQ(warning(row({{"title", text + "中", false}})), "title: 超过 200 字，已截取");
  Reading reading = read(row({{"title", text + "文", false}}));
  EXPECT_EQ(reading.order.title, text);
  EXPECT_EQ(reading.order.extra.at("title"), text + "文");

  RawOrder raw = row();
  raw.fields[1].text = repeated("中", 8001);
  EXPECT_EQ(warning(raw), "content: 超过 8000 字，已截取");
  EXPECT_EQ(read(raw).order.content, repeated("中", 8000));
  EXPECT_EQ(read(raw).order.extra.at("content"), raw.fields[1].text);
  raw.fields[1].text = repeated("中", kExtraCharactersMax + 1);
  reading = read(raw);
  EXPECT_EQ(reading.order.content, repeated("中", 8000));
  EXPECT_TRUE(reading.order.extra.empty());
  EXPECT_EQ(reading.warnings.size(), 2u) << "that the whole text is nowhere is told too";
}

TEST(Normalise, ACodeOrAPathPastItsLimitIsNotCut) {
  Reading reading = read(row({{"caller_phone", std::string(33, '1'), false}}));
  EXPECT_EQ(reading.order.caller_phone, "");
  EXPECT_EQ(reading.order.extra.at("caller_phone"), std::string(33, '1'));
  EXPECT_EQ(warning(row({{"cat_path", repeated("甲>", 101), false}})), "cat_path: 超过 200 字");
  EXPECT_EQ(warning(row({{"parent_no", "2.5E+17", true}})).find("parent_no: "), 0u);
}

TEST(Normalise, TagsThatDoNotFitAreLeftOutAndTold) {
  Reading reading = read(row({{"tags", "控烟," + std::string(41, 'x'), false}}));
  EXPECT_EQ(reading.order.tags, std::vector<std::string>{"控烟"});
  EXPECT_EQ(reading.warnings, (std::vector<FieldWarning>{{"tags", "超过 40 字"}}));
  std::string many;
  for (size_t i = 0; i <= kTagsMax; ++i) many += std::to_string(i) + ",";
  reading = read(row({{"tags", many, false}}));
  EXPECT_EQ(reading.order.tags.size(), kTagsMax);
  EXPECT_EQ(reading.warnings.size(), 1u);
  EXPECT_EQ(reading.order.extra.at("tags"), many);
}

TEST(Normalise, WhatIsNotUnderstoodIsKeptAndTold) {
  Reading reading = read(row({{"order_type", "市民来信", false},
                              {"urgency", "三级", false},
                              {"true_claim", "也许", false},
                              {"beyond_duty", "-", false},
                              {"lat", "北", false}}));
  EXPECT_EQ(reading.order.order_type, "other");
  EXPECT_EQ(reading.order.urgency, "");
  EXPECT_FALSE(reading.order.true_claim.has_value());
  EXPECT_FALSE(reading.order.lat.has_value());
  EXPECT_EQ(
      reading.order.extra,
      (std::map<std::string, std::string>{
          {"order_type", "市民来信"}, {"urgency", "三级"}, {"true_claim", "也许"}, {"lat", "北"}}));
  EXPECT_EQ(reading.warnings,
            (std::vector<FieldWarning>{
                {"urgency", "不是已知的取值"}, {"true_claim", "应为是或否"}, {"lat", "不是坐标"}}));
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

TEST(Normalise, BrokenUtf8IsLeftOutAndTold) {
  EXPECT_EQ(warning(row({{"title", "\xC3", false}})), "title: 不是合法的 UTF-8 文字");
  EXPECT_TRUE(read(row({{"title", "\xC3", false}})).order.extra.empty());
  RawOrder raw = row();
  raw.extra = {{"a", "\xFF"}, {"b", "注"}};
  EXPECT_EQ(warning(raw), "extra: 不是合法的 UTF-8 文字，未保存");
  EXPECT_EQ(read(raw).order.extra.size(), 1u);
  raw.fields[1].text = "\xC3";
  EXPECT_EQ(refusal(raw), "content: 不是合法的 UTF-8 文字");
}

TEST(Normalise, OtherColumnsThatHaveNoRoomAreToldOnce) {
  RawOrder raw = row();
  for (size_t i = 0; i < kExtraColumnsMax; ++i) raw.extra.emplace_back(std::to_string(i), "x");
  EXPECT_EQ(warning(raw), "0 warnings");
  raw.extra.emplace_back("more", "x");
  raw.extra.emplace_back("still more", "x");
  EXPECT_EQ(warning(raw), "extra: 其他列超过 200 列，其余未保存");
  EXPECT_EQ(read(raw).order.extra.size(), kExtraColumnsMax);
  raw = row();
  raw.extra = {{"a", std::string(kExtraCharactersMax + 1, 'x')}, {"b", "x"}};
  EXPECT_EQ(warning(raw), "extra: 其他列合计超过 16000 字，放不下的未保存");
  EXPECT_EQ(read(raw).order.extra.count("b"), 1u);
  raw.extra = {{std::string(kExtraNameMax + 1, 'x'), "1"}};
  EXPECT_EQ(warning(raw), "extra: 列名超过 100 字，未保存");
}

TEST(Normalise, ANumberIsShownOnlyWhenItIsOne) {
  RawOrder raw = row();
  EXPECT_EQ(shown_order_no(raw), "YT-1");
  raw.fields[0].text = "13900000000 张三";
  EXPECT_EQ(shown_order_no(raw), "");
}

}  // namespace
}  // namespace jieban
